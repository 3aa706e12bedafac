"""Tells the pages on screen how things are, state after state."""

from __future__ import annotations

import time
from collections.abc import Callable

from generator.serve.state import Board, Target, files_after, make_state
from generator.serve.voice import Voice
from generator.serve.workshop import Outcome, Workshop

AGAIN = 1.0
"""Seconds until a build is tried again that failed: another build may have locked it out, or it saw
files on their way from one place to another, which nobody else did."""


class Bulletin:
    """The last outcome, and the states that were made of all of them."""

    def __init__(
        self, workshop: Workshop, board: Board, voices: Callable[[Workshop], Voice]
    ) -> None:
        self._workshop = workshop
        self._board = board
        self._voices = voices
        self._files: dict[str, int] = {}
        self._builds = 0
        self.number = 0
        """Of the last state; states count from 1."""
        self.last = Outcome(())
        """Of the last build."""
        self.target: Target | None = None
        self.due: float | None = None
        """When the next build is due though nothing changes, in seconds since 1970."""

    def built(self, outcome: Outcome, target: Target | None, *, is_news: bool = True) -> None:
        """Tell of a build, when there is anything new in it."""
        is_first = not self._failed_alike(outcome)
        self.last, self.due = outcome, outcome.due
        self._builds += 1 if self.number else 0  # the first is of no change
        if outcome.failed and (is_first or _is_locked(outcome)):
            self.due = time.time() + AGAIN
        if is_news or is_first:
            self._tell(outcome, target)

    def _failed_alike(self, outcome: Outcome) -> bool:
        return outcome.failed and self.last.failed and outcome.problems == self.last.problems

    def proofed(self, page: str, target: Target | None) -> None:
        """Tell of a page that is shown before it is built; all else stays as it was told."""
        self._tell(Outcome(self.last.problems, written=(page,)), target)

    def _tell(self, outcome: Outcome, target: Target | None) -> None:
        self.number += 1
        self.target = target
        base = self._workshop.base_path
        if self.number > 1:  # what the first build wrote is new to nobody
            self._files = files_after(self._files, self.number, outcome, base)
        state = make_state(
            self.number,
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


def _is_locked(outcome: Outcome) -> bool:
    return any(problem.code == "locked" for problem in outcome.problems)
