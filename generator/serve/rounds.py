"""The builder's rounds: wait for a change, let it settle, build, tell pages and terminal."""

from __future__ import annotations

import queue
import time
import traceback
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from generator.content.load import MARKDOWN
from generator.model.diagnostic import Diagnostic, Stop
from generator.model.urls import output_path
from generator.serve.blocks import first_change
from generator.serve.memory import Memory
from generator.serve.state import Board, Target, files_after, make_state
from generator.serve.voice import Voice
from generator.serve.watch import Touched
from generator.serve.workshop import Outcome, Workshop

QUIET = 0.03
"""Seconds without an event after which a change is complete."""
LONGEST = 0.25
"""Seconds after which a change that does not end is built as it is, to be built again."""
AGAIN = 1.0
"""Seconds until a build is tried again that another build had locked out."""
FEW = 4
"""Edited articles of which the place of the change is looked for."""
STOP = ""
"""What ends the rounds, in the queue of touched paths."""


class Round(Struct, frozen=True):
    """One change and what came of it, for the terminal."""

    changed: tuple[str, ...]
    outcome: Outcome
    seconds: float
    """From the moment when the change was complete."""
    mended: bool
    """Whether the build before had failed."""


class Rounds:
    """Runs on a thread of its own, for as long as the preview lives."""

    def __init__(
        self,
        workshop: Workshop,
        memory: Memory,
        touched: Touched,
        board: Board,
        voices: Callable[[Workshop], Voice],
        tell: Callable[[Round], None],
    ) -> None:
        self._workshop = workshop
        self._memory = memory
        self._touched = touched
        self._board = board
        self._voices = voices
        self._tell = tell
        self._number = 0
        self._builds = 0
        self._failed = False
        self._problems: tuple[Diagnostic, ...] = ()
        self._articles = 0
        self._due: float | None = None
        self._addresses: dict[str, str] = {}
        self._files: dict[str, int] = {}

    def first(self) -> Outcome:
        """Build for the first time and hang the state."""
        outcome = self._workshop.build(())
        self._conclude(outcome, None)
        return outcome

    def run(self) -> None:
        """Build after every change, until STOP is put into the queue."""
        self._look_up_addresses()
        while (touched := self._gather()) is not None:
            changed = self._memory.changed(touched)
            if changed or not touched:  # nothing touched: it is time for something due
                try:
                    self._round(changed)
                except Exception:  # a bug of ours must not leave the writer before a dead page
                    traceback.print_exc()

    def _round(self, changed: tuple[str, ...]) -> None:
        started = time.perf_counter()
        before = self._pages_of(changed)
        failed = self._failed
        shown = self._show_at_once(changed, before)
        outcome = self._workshop.build(changed)
        self._builds += 1
        told = replace(outcome, written=tuple(dict.fromkeys((*shown, *outcome.written))))
        target = None if outcome.failed else self._target(changed, told.written, before)
        self._conclude(outcome, target)
        seconds = time.perf_counter() - started
        self._tell(Round(changed, told, seconds, failed and not outcome.failed))

    def _show_at_once(self, changed: tuple[str, ...], before: dict[str, bytes]) -> tuple[str, ...]:
        """Show the page that is being written, if nothing is wrong, before the site is built."""
        page = "" if self._failed else self._workshop.proof(changed)
        if not page:
            return ()
        early = Outcome(self._problems, written=(page,), articles=self._articles, due=self._due)
        self._conclude(early, self._target(changed, early.written, before))
        return (page,)

    def _conclude(self, outcome: Outcome, target: Target | None) -> None:
        self._number += 1
        self._failed = outcome.failed
        self._problems, self._articles = outcome.problems, outcome.articles
        self._due = outcome.due
        if any(problem.code == "locked" for problem in outcome.problems):
            self._due = time.time() + AGAIN
        base = self._workshop.base_path
        if self._number > 1:  # what the first build wrote is new to nobody
            self._files = files_after(self._files, self._number, outcome, base)
        state = make_state(
            self._number,
            outcome,
            builds=self._builds,
            session=self._board.session,
            base=base,
            config=self._workshop.config,
            folder=self._workshop.folder,
            voice=self._voices(self._workshop),
            files=self._files,
            target=target,
        )
        self._board.post(state)

    def _gather(self) -> set[str] | None:
        """What was touched, once it is quiet; nothing when something is due; None to end."""
        try:
            first = self._touched.get(timeout=self._patience())
        except queue.Empty:
            return set()
        touched = {first}
        end = time.monotonic() + LONGEST
        while STOP not in touched and time.monotonic() < end:
            try:
                touched.add(self._touched.get(timeout=QUIET))
            except queue.Empty:
                break
        return None if STOP in touched else touched

    def _patience(self) -> float | None:
        if self._due is None:
            return None
        return min(max(0.0, self._due - time.time()), 3600.0)

    def _pages_of(self, changed: Iterable[str]) -> dict[str, bytes]:
        """The pages of edited articles as they are before the build."""
        articles = [path for path in changed if path.lower().endswith(MARKDOWN)]
        known = [path for path in articles if path in self._addresses]
        return {path: self._page(self._addresses[path]) for path in known[:FEW]}

    def _target(
        self, changed: Iterable[str], written: Collection[str], before: dict[str, bytes]
    ) -> Target | None:
        """The page of the article that was edited last, when its page changed."""
        articles = [path for path in changed if path.lower().endswith(MARKDOWN)]
        if not articles:
            return None
        newest = max(articles, key=lambda path: _mtime(self._workshop.folder / path))
        if output_path(self._addresses.get(newest, "/?")) not in written:
            self._look_up_addresses()
        address = self._addresses.get(newest)
        if address is None or output_path(address) not in written:
            return None
        url = self._workshop.base_path + quote(address.removeprefix("/"), safe="/~-._")
        old = before.get(newest, b"")
        return Target(url, first_change(old, self._page(address)) if old else None)

    def _page(self, address: str) -> bytes:
        try:
            return (self._workshop.output / output_path(address)).read_bytes()
        except OSError:
            return b""

    def _look_up_addresses(self) -> None:
        try:
            self._addresses = dict(self._workshop.survey().addresses)
        except (OSError, Stop):
            self._addresses = {}


def _mtime(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
