"""The voice that the preview speaks with: the command's own texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.cli.dates import say_moment
from generator.cli.present import Notice, notices
from generator.cli.words import Words
from generator.model.diagnostic import Diagnostic


class Speaker(Struct, frozen=True):
    """Texts in a language, moments in a time zone (the Voice of `serve`)."""

    words: Words
    zone: ZoneInfo

    @property
    def lang(self) -> str:
        """The language that is really spoken."""
        return self.words.spoken

    def say(self, key: str, /, **values: object) -> str:
        """A text of the console table."""
        return self.words.say(key, **values)

    def number(self, number: float, digits: int = 0) -> str:
        """A number as the language writes it."""
        return self.words.number(number, digits)

    def moment(self, when: datetime) -> str:
        """A moment in words."""
        return say_moment(when, self.zone, self.words)

    def told(self, diagnostics: Iterable[Diagnostic]) -> tuple[Notice, ...]:
        """Diagnostics in words, in the order of the files."""
        return notices(diagnostics, self.words)
