"""A progress bar for those who wait: only on a terminal, only when it takes long."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from generator.cli.console import Console

if TYPE_CHECKING:
    import rich.progress

PATIENCE = 0.5
"""Seconds after which a bar is worth the 0.1 s that importing rich takes."""
PACE = 0.1
"""Seconds between two drawings."""


class ProgressBar:
    """Shows the verbs of the pipeline as they go, and notes when the site begins to change."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self.console = console
        self.visible = not quiet and sys.stderr.isatty()
        self.drawn = self.begun = time.monotonic()
        self.bar: rich.progress.Progress | None = None
        self.tasks: dict[str, rich.progress.TaskID] = {}

    def __call__(self, verb: str, done: int, total: int) -> None:
        """Note how far a verb is; a `Progress` of the pipeline."""
        if verb == "write":
            self.console.site = "partial"
        if not self.visible:
            return
        now = time.monotonic()
        if self.bar is None and (now - self.begun < PATIENCE or done > total * 0.8):
            return
        if now - self.drawn >= PACE or done == total:
            self.drawn = now
            self._draw(verb, done, total)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def _draw(self, verb: str, done: int, total: int) -> None:
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        if self.bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            # No thread of its own: workers are forked while it stands.
            self.bar = Progress(
                *columns, console=Terminal(stderr=True), transient=True, auto_refresh=False
            )
            self.bar.start()
        if verb not in self.tasks:
            name = f"verb.{verb}"
            words = self.console.words
            text = words.say(name) if words.has(name) else verb
            self.tasks[verb] = self.bar.add_task(text, total=total)
        self.bar.update(self.tasks[verb], completed=done, total=total)
        self.bar.refresh()
