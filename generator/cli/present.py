"""A diagnostic as people and machines read it: values in, values out, nothing printed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from msgspec import Struct

from generator.cli.terms import TERMS
from generator.cli.words import Words, fill
from generator.model.diagnostic import Diagnostic, Severity

WIDTH = 96
"""Columns of an author's line that are shown; a longer one is cut around the column meant."""

Paint = Callable[[str, str], str]
"""Colours a text: (style, text) → text. Styles: a severity, `place`, `code`, `caret`, `hint`."""


class Notice(Struct, frozen=True):
    """A diagnostic put into words."""

    code: str
    severity: Severity
    label: str
    """The severity in the reader's language."""
    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    line_text: str = ""
    """The author's line, or the part of it around the column, safe to print."""
    caret: str = ""
    """Spaces and a `^` that stands under the column meant, or empty."""

    @property
    def place(self) -> str:
        """`content/a.md:4:7`, or empty."""
        numbers = (str(n) for n in (self.line, self.column) if n)
        return ":".join((self.path, *numbers)) if self.path else ""


def notice(diagnostic: Diagnostic, words: Words) -> Notice:
    """Put a diagnostic into words; a code that no table knows shows itself and its values."""
    texts = words.diagnostic(diagnostic.code)
    facts = {name: visible(value) for name, value in diagnostic.values}
    named = {
        name: TERMS[diagnostic.code, name] for name in facts if (diagnostic.code, name) in TERMS
    }
    facts |= {name: say(facts[name], words) for name, say in named.items()}
    unknown = ", ".join(f"{name}: {value}" for name, value in facts.items())
    line_text, caret = excerpt(diagnostic.line_text, diagnostic.place.column)
    return Notice(
        code=diagnostic.code,
        severity=diagnostic.severity,
        label=words.say(f"severity.{diagnostic.severity}"),
        path=diagnostic.place.path,
        line=diagnostic.place.line,
        column=diagnostic.place.column,
        message=fill(texts["message"], facts) if "message" in texts else unknown,
        hint=fill(texts.get("hint", ""), facts),
        line_text=line_text,
        caret=caret,
    )


def notices(diagnostics: Iterable[Diagnostic], words: Words) -> tuple[Notice, ...]:
    """Put all into words, in the order of the files, each once."""
    once = dict.fromkeys(diagnostics)
    return tuple(notice(d, words) for d in sorted(once, key=lambda d: (d.place, d.code)))


def lines(notice: Notice, words: Words, paint: Paint = lambda _style, text: text) -> list[str]:
    """The lines that a terminal shows: what and where, the author's line, the hint."""
    place = paint("place", visible(notice.place) + ":") + " " if notice.place else ""
    label = paint(notice.severity, notice.label) + paint("code", f"[{notice.code}]")
    shown = [f"{place}{label} {notice.message}".rstrip()]
    if notice.line_text:
        shown.append(f"    {notice.line_text}")
        if notice.caret:
            shown.append("    " + paint("caret", notice.caret))
    if notice.hint:
        shown.append(
            f"  {paint('hint', words.say('severity.hint'))}{words.say('colon')} {notice.hint}"
        )
    return shown


def count_line(notices: Iterable[Notice], words: Words) -> str:
    """`3 erreurs, 1 avertissement`."""
    found = Counter(n.severity for n in notices)
    kinds: tuple[Severity, ...] = ("error", "warning", "note")
    return ", ".join(words.say(f"count.{kind}", n=found[kind]) for kind in kinds if found[kind])


def excerpt(line: str, column: int) -> tuple[str, str]:
    """The part of a line around a column, and the caret line that points at it.

    Wide characters take two columns of a terminal, combining ones none; tabs become spaces.
    """
    if not line.strip():
        return "", ""
    line = line.rstrip()
    start = max(0, column - 1 - WIDTH // 2) if len(line) > WIDTH else 0
    end = start + WIDTH
    before, after = "…" if start else "", "…" if end < len(line) else ""
    shown = before + visible(line[start:end]) + after
    lead = before + visible(line[start : column - 1]) if column else ""
    if not start:  # an indented line says nothing by its indent
        indent = len(shown) - len(shown.lstrip())
        shown, lead = shown[indent:], lead[indent:]
    return shown, " " * columns(lead) + "^" if column else ""


def columns(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(_columns(c) for c in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def visible(text: str) -> str:
    """Replace what would steer a terminal: an article may hold any character."""
    return "".join(_picture(c) if unicodedata.category(c) == "Cc" else c for c in text)


def _picture(control: str) -> str:
    if control in "\t\n":
        return " "
    return chr(0x2400 + ord(control)) if ord(control) < 0x20 else "\ufffd"
