"""How the preview speaks: the texts live with the command, which hands them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from generator.model.diagnostic import Diagnostic, Severity


class Told(Protocol):
    """A diagnostic put into words."""

    @property
    def code(self) -> str:
        """Stable code."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""

    @property
    def label(self) -> str:
        """The severity in words."""

    @property
    def path(self) -> str:
        """File, relative to the newsletter's folder; empty when none is concerned."""

    @property
    def line(self) -> int:
        """From 1; 0 is the file as a whole."""

    @property
    def column(self) -> int:
        """From 1; 0 is the whole line."""

    @property
    def message(self) -> str:
        """What is wrong, in a phrase."""

    @property
    def hint(self) -> str:
        """What to do, or empty."""

    @property
    def line_text(self) -> str:
        """The author's line, or the part of it that is meant."""

    @property
    def caret(self) -> str:
        """Spaces and a `^` under the column, or empty."""

    @property
    def place(self) -> str:
        """`content/a.md:4:7`."""


class Voice(Protocol):
    """The texts of the command in one language."""

    @property
    def lang(self) -> str:
        """The language that is really spoken."""

    def say(self, key: str, /, **values: object) -> str:
        """A text of the console table."""

    def number(self, number: float, digits: int = 0) -> str:
        """A number as the language writes it."""

    def moment(self, when: datetime) -> str:
        """A moment in words, in the newsletter's time zone."""

    def told(self, diagnostics: Iterable[Diagnostic]) -> Sequence[Told]:
        """Diagnostics in words, in the order of the files."""
