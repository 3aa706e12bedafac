"""The rounds: wait for a change, let it settle, show the edited page, build, tell.

Two threads share the work. This one listens, shows proofs and tells; it never waits for a build, so
that a save is on screen at once even while all the rest is being built. A build runs on a thread of
its own, one at a time, and comes back as one more piece of news.
"""

from __future__ import annotations

import queue
import threading
import time
import traceback
from collections.abc import Callable, Collection, Sequence

from msgspec import Struct

from generator.serve.bulletin import Bulletin
from generator.serve.memory import Memory
from generator.serve.pen import Pen
from generator.serve.state import Board
from generator.serve.voice import Voice
from generator.serve.watch import News
from generator.serve.workshop import Outcome, Workshop

QUIET = 0.03
"""Seconds without an event after which a change is complete."""
LONGEST = 0.25
"""Seconds after which a change that does not end is taken as it is, to be taken again."""
REST = 0.25
"""Seconds without a change, after an edited page was shown, until all is built; fewer where a build
is faster."""
LATEST = 2.0
"""Seconds after which all is built though the pen does not rest."""
STOP = ""
"""What ends the rounds, among the touched paths."""


class Round(Struct, frozen=True):
    """A build after some changes, for the terminal."""

    changed: tuple[str, ...]
    outcome: Outcome
    mended: bool
    """Whether the build before had failed."""


class Waiting(Struct, frozen=True):
    """What is not built yet."""

    changed: dict[str, bool]
    """Paths that changed, and whether the page of each is shown already."""
    since: float
    """When the first of them changed; by `time.monotonic`, as the next."""
    until: float
    """When they are built."""


class Rounds:
    """Runs on a thread of its own, for as long as the preview lives."""

    def __init__(
        self,
        workshop: Workshop,
        memory: Memory,
        keep_up: Callable[[Collection[str]], None],
        news: News,
        board: Board,
        voices: Callable[[Workshop], Voice],
        tell: Callable[[Round], None],
    ) -> None:
        self._workshop = workshop
        self._memory = memory
        self._keep_up = keep_up
        self._news = news
        self._tell = tell
        self._pen = Pen(workshop)
        self._bulletin = Bulletin(workshop, board, voices)
        self._waiting: Waiting | None = None
        self._building: dict[str, bool] | None = None

    def first(self) -> Outcome:
        """Build for the first time and hang the state."""
        outcome = self._workshop.build(())
        self._bulletin.built(outcome, None)
        return outcome

    def run(self) -> None:
        """Show and build every change, until STOP is among the news."""
        self._pen.learn()
        while STOP not in (heard := self._listen()):
            try:
                self._round(heard)
            except Exception:  # a bug of ours must not leave the writer before a dead page
                traceback.print_exc()

    def _listen(self) -> Sequence[str | Outcome]:
        """What was touched, once it is quiet, or how a build went; nothing when one is due."""
        try:
            heard = [self._news.get(timeout=self._patience())]
        except queue.Empty:
            return ()
        end = time.monotonic() + LONGEST
        while isinstance(heard[-1], str) and STOP not in heard and time.monotonic() < end:
            try:
                heard.append(self._news.get(timeout=QUIET))
            except queue.Empty:
                break
        return heard

    def _patience(self) -> float | None:
        """Seconds until it is time to build; None when nothing is due."""
        if self._building is not None:
            return None
        moments = []
        if self._waiting:
            moments.append(self._waiting.until - time.monotonic())
        if self._bulletin.due is not None:
            moments.append(min(self._bulletin.due - time.time(), 3600.0))
        return max(0.0, min(moments)) if moments else None

    def _round(self, heard: Sequence[str | Outcome]) -> None:
        for outcome in heard:
            if isinstance(outcome, Outcome):
                self._end_build(outcome)
        touched = {path for path in heard if isinstance(path, str)}
        self._keep_up(touched)  # before the memory looks, so that nothing can change unseen
        changed = self._memory.changed(touched)
        if changed:
            self._take(changed)
        if self._building is None and self._patience() == 0:
            self._begin_build()

    def _take(self, changed: tuple[str, ...]) -> None:
        """Show the page that is being written, if nothing is wrong; all else waits to be built."""
        self._pen.note(changed)
        page = "" if self._bulletin.last.failed else self._workshop.proof(changed)
        self._wait(dict.fromkeys(changed, bool(page)))
        if page:
            number = self._bulletin.number + 1
            self._bulletin.proofed(page, self._pen.target(changed, (page,), number))

    def _wait(self, changed: dict[str, bool]) -> None:
        now = time.monotonic()
        since = self._waiting.since if self._waiting else now
        waiting = {**(self._waiting.changed if self._waiting else {}), **changed}
        rest = min(REST, self._bulletin.last.seconds) if all(waiting.values()) else 0.0
        self._waiting = Waiting(waiting, since, min(now + rest, since + LATEST))

    def _begin_build(self) -> None:
        self._building = self._waiting.changed if self._waiting else {}
        self._waiting, self._bulletin.due = None, None
        changed = tuple(self._building)
        threading.Thread(target=self._build, args=(changed,), name="press", daemon=True).start()

    def _build(self, changed: tuple[str, ...]) -> None:
        self._news.put(self._workshop.build(changed))

    def _end_build(self, outcome: Outcome) -> None:
        changed, self._building = self._building or {}, None
        later = self._waiting.changed if self._waiting else {}
        mended = self._bulletin.last.failed and not outcome.failed
        target = self._bulletin.target
        if not outcome.failed:
            self._pen.learn()
            self._workshop.keep_proofs(later)
        if not all(changed.values()) or not changed:
            number = self._bulletin.number + 1
            shown = () if outcome.failed else outcome.written
            target = self._pen.target(changed, shown, number)
        self._pen.forget(path for path in changed if path not in later)
        number = self._bulletin.number
        self._bulletin.built(outcome, target, is_news=bool(changed))
        if self._bulletin.number > number:
            self._tell(Round(tuple(changed), outcome, mended))
