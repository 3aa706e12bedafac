"""What every page on screen is told: the state of the newsletter, whole, each time.

It says how things are, not what happened; so a page that was asleep, or a connection that came
back, needs no history.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.config.schema import Config
from generator.serve.blocks import Block
from generator.serve.editor import editor_link
from generator.serve.voice import Told, Voice
from generator.serve.workshop import Outcome

BEAT = 5.0
"""Seconds between two signs of life on a connection where nothing happens."""
MANY = 200
"""Changed files that are remembered for pages which were asleep."""
_UNSEEN = (".html", ".xml", ".json", ".txt", ".opml")
"""Endings of files that no page shows."""


class Target(Struct, frozen=True):
    """The page of the article that is being edited."""

    url: str
    """Root-relative."""
    number: int
    """Of the state in which it was new: who has seen that one is not led there again."""
    block: Block | None = None
    """Where it changed."""


class Problem(Struct, frozen=True):
    """A diagnostic as the overlay shows it."""

    code: str
    severity: str
    label: str
    place: str
    message: str
    hint: str
    text: str
    """The author's line."""
    caret: str
    link: str
    """Opens the editor there, or empty."""


class State(Struct, frozen=True):
    """The newsletter as of a build."""

    number: int
    """Counts states, from 1; 0 is before the first build."""
    builds: int
    """How many changes were built: a page that was edited is shown first, then all is built."""
    session: str
    """Of this server: another one may have forgotten everything."""
    ok: bool
    base: str
    """Root-relative URL of the front page."""
    files: dict[str, int]
    """Of files that pages show and that changed last: in which build, by URL."""
    target: Target | None
    problems: tuple[Problem, ...]
    """What stops the build; empty when all is well."""
    warnings: int
    words: dict[str, str]


WORDS = (
    "title-one",
    "title-many",
    "kept",
    "dismiss",
    "lost",
    "desk",
    "follow",
    "follow-hint",
    "warnings-one",
    "warnings-many",
    "hint",
    "open",
)


def make_state(
    number: int,
    outcome: Outcome,
    *,
    builds: int,
    session: str,
    base: str,
    config: Config,
    folder: Path,
    voice: Voice,
    files: dict[str, int],
    target: Target | None = None,
) -> State:
    """Put the outcome of a build into the words that pages show."""
    told = voice.told(outcome.problems)
    return State(
        number=number,
        builds=builds,
        session=session,
        ok=not outcome.failed,
        base=base,
        files=files,
        target=target,
        problems=problems(told, config, folder) if outcome.failed else (),
        warnings=sum(1 for one in told if one.severity == "warning"),
        words={name: voice.say(f"preview.{name}") for name in WORDS},
    )


def files_after(
    before: Mapping[str, int], number: int, outcome: Outcome, base: str
) -> dict[str, int]:
    """The changed files that pages may show; those under `assets/` never change, they move."""
    paths = (*outcome.written, *outcome.removed)
    shown = [p for p in paths if not p.endswith(_UNSEEN) and not p.startswith("assets/")]
    after = {**before, **{base + path: number for path in shown}}
    return dict(sorted(after.items(), key=lambda pair: -pair[1])[:MANY])


def problems(told: Sequence[Told], config: Config, folder: Path) -> tuple[Problem, ...]:
    """Diagnostics with links into the editor, errors first."""
    ordered = sorted(told, key=lambda one: one.severity != "error")
    return tuple(
        Problem(
            code=one.code,
            severity=one.severity,
            label=one.label,
            place=one.place,
            message=one.message,
            hint=one.hint,
            text=one.line_text,
            caret=one.caret,
            link=_link(one, config, folder),
        )
        for one in ordered
    )


def _link(one: Told, config: Config, folder: Path) -> str:
    file = folder / one.path
    if not one.path or not file.is_file():
        return ""
    return editor_link(config.editor, file, one.line, one.column)


class Board:
    """Where the latest state hangs: written by the builder's thread, read by every connection."""

    def __init__(self) -> None:
        self.session = f"{time.time_ns():x}"
        self.state: State | None = None
        self.closed = False
        self.listeners = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()

    def open(self) -> None:
        """Belong to the running event loop from now on."""
        self._loop = asyncio.get_running_loop()

    def post(self, state: State) -> None:
        """Hang a new state, from any thread."""
        self.state = state
        self._wake()

    def close(self) -> None:
        """End all connections, from any thread or signal."""
        self.closed = True
        self._wake()

    async def follow(self) -> AsyncIterator[bytes]:
        """Server-sent events: the state now and whenever it changes, and signs of life."""
        self.listeners += 1
        try:
            seen: State | None = None
            while not self.closed:
                changed = self._changed
                if self.state is not seen and self.state is not None:
                    seen = self.state
                    yield b"event: state\ndata: " + msgspec.json.encode(seen) + b"\n\n"
                    continue
                try:
                    await asyncio.wait_for(changed.wait(), BEAT)
                except TimeoutError:
                    yield b"event: beat\ndata: 1\n\n"
        finally:
            self.listeners -= 1

    def _wake(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ring)

    def _ring(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
