"""The only printer: what goes to standard output, what to standard error, and in which colours."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

import click

from generator.cli.words import Words, user_language

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "cyan", "bold": True},
    "place": {"bold": True},
    "code": {"dim": True},
    "caret": {"fg": "green", "bold": True},
    "hint": {"fg": "cyan"},
    "good": {"fg": "green"},
    "title": {"bold": True},
    "dim": {"dim": True},
}


@dataclass
class Console:
    """Where this run of the command talks to, and in which language."""

    json: bool = False
    """Standard output is for one JSON document; people read standard error."""
    words: Words = field(default_factory=lambda: Words(user_language(os.environ)))
    site: Literal["", "unwritten", "untouched", "partial", "offline", "half-online"] = ""
    """What a failure right now would leave online; empty when the command does not touch it."""
    output: Path | None = None
    """Where the site is written, once it is known."""
    said: list[tuple[str, str]] = field(default_factory=list)
    """Everything printed for people, as (`out` or `err`, line)."""

    def speak(self, lang: str) -> None:
        """Go on in another language: the newsletter's, once it is known."""
        self.words = Words(lang)

    def say(self, *lines: str) -> None:
        """Print for people; silent when standard output is for a machine."""
        if not self.json:
            for line in lines:
                self.said.append(("out", line))
                click.echo(line)

    def tell(self, *lines: str) -> None:
        """Print beside the result, on standard error."""
        for line in lines:
            self.said.append(("err", line))
            click.echo(line, err=True)

    def ask(self, question: str) -> bool:
        """Ask a person on the terminal; anything but a yes, in their language, is a no."""
        answer: str = click.prompt(question, default="", show_default=False, prompt_suffix=" ")
        return answer.strip().casefold() in self.words.say("yes").split()

    def document(self, value: Mapping[str, object]) -> None:
        """Print the one JSON document."""
        click.echo(pretty(value))

    def complain(self, diagnostics: Iterable[Any], *, tail: str = "") -> None:
        """Print diagnostics on standard error, with their count and perhaps what follows."""
        from generator.cli.present import count_line, lines, notices

        found = notices(diagnostics, self.words)
        for notice in found:
            self.tell(*lines(notice, self.words, self.paint_error))
        if found:
            self.tell(count_line(found, self.words) + (f". {tail}" if tail else ""))

    def machine(self, diagnostics: Iterable[Any]) -> list[object]:
        """Diagnostics for a JSON document."""
        from msgspec import to_builtins

        from generator.cli.present import notices

        return [to_builtins(notice) for notice in notices(diagnostics, self.words)]

    def fail(self, diagnostics: Iterable[Any], *, tail: str = "") -> None:
        """Say why it did not work, to people and, where asked, to the machine."""
        known = tuple(diagnostics)
        self.complain(known, tail=tail)
        if self.json:
            self.document({"ok": False, "diagnostics": self.machine(known)})

    def paint(self, style: str, text: str) -> str:
        """Colour a text for standard output, when that is a terminal that wants colour."""
        return click.style(text, **_STYLES[style]) if wants_colour(sys.stdout) else text

    def paint_error(self, style: str, text: str) -> str:
        """Colour a text for standard error, when that is a terminal that wants colour."""
        return click.style(text, **_STYLES[style]) if wants_colour(sys.stderr) else text


def wants_colour(stream: IO[str]) -> bool:
    """Whether a stream is a terminal whose user has not asked for plain text."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


def pretty(value: Mapping[str, object]) -> str:
    """A JSON document for machines that a person may read too."""
    from msgspec import json

    return json.format(json.encode(value), indent=2).decode()
