"""One reading of one article: what the rules may know of it, and where they note what they find."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import unquote

from generator.model.article import Heading, Ref
from generator.model.diagnostic import Diagnostic, Place, warning
from generator.model.urls import is_external

Kind = Literal["href", "src", "poster", "data", "srcset"]
_LEADS = ("(", "<", '="', "='", "=", ": ", "")
"""What stands before an address in Markdown and HTML, so that `a` is not found in the prose."""
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LINE_ENDS = re.compile(r"[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(slots=True)
class Reading:
    """What is known before the text is read (the first fields), and what reading it brings."""

    path: str
    lines: Sequence[str]
    """The whole file, as the author wrote it."""
    body_line: int
    """Line of the file, from 1, on which the body begins."""
    lang: str
    """Language of the article, by which headings get their anchors."""
    typography: str
    """Language whose typography is applied; empty for none."""
    words: Mapping[str, str]
    labels: frozenset[str]
    """Folded texts that announce key points."""
    title: str
    prefix: str
    """Makes ids that the author did not choose unique among articles."""
    refs: list[Ref] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    anchors: dict[str, None] = field(default_factory=dict)
    """Every id, in order."""
    fragments: list[tuple[str, Place, str]] = field(default_factory=list)
    """Links inside the article: fragment, place, line."""
    muted: set[tuple[int, int]] = field(default_factory=set)
    """Calls of footnotes that are not shown: number of the note, number of the call."""
    found: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where each text was last found, so that the next search goes on from there."""

    def file_line(self, body_line: int) -> int:
        """The line of the file (from 1) that a line of the body (from 0) is."""
        return self.body_line + body_line

    def line_text(self, line: int) -> str:
        """A line of the file as the author wrote it; empty when there is none."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def warn(self, code: str, line: int, column: int = 0, **values: object) -> None:
        """Note what the author will want to know about a line of the file."""
        place = Place(self.path, line, column)
        self.problems.append(warning(code, place, line_text=self.line_text(line), **values))

    def locate(self, texts: Sequence[str], start: int, end: int) -> tuple[Place, str]:
        """Find where the author wrote an address, between two lines of the file or else anywhere.

        The first text that is found counts; when none is, the place is the line `start`.
        """
        for first, last in ((start, end), (self.body_line, len(self.lines) + 1)):
            for lead in _LEADS:
                for text in texts:
                    if spot := self._search(lead, text, first, last):
                        return Place(self.path, *spot), self.line_text(spot[0])
        return Place(self.path, start), self.line_text(start)

    def _search(self, lead: str, text: str, first: int, last: int) -> tuple[int, int] | None:
        needle = lead + text
        seen_line, seen_column = self.found.get(needle, (0, 0))
        for line in range(max(first, seen_line), min(last, len(self.lines) + 1)):
            begin = seen_column if line == seen_line else 0
            column = self.lines[line - 1].find(needle, begin) + 1
            if column:
                self.found[needle] = (line, column)
                return line, column + len(lead)
        return None

    def slot(self, kind: Kind, url: str, lines: tuple[int, int], *, raw: bool = False) -> str:
        """Make an address of the author a reference, if it has to wait for the whole site.

        Gives the slot that stands for its attribute, or nothing for addresses that are final:
        those with a scheme or a host, fragments of this article, and empty ones.
        """
        if not url or is_external(url):
            return ""
        target, _, fragment = url.partition("#")
        target, fragment = _decoded(target), _decoded(fragment)
        place, line_text = self.locate(_written(url), *lines)
        if not target:
            self.fragments.append((fragment, place, line_text))
            return ""
        ref = Ref(kind, target, fragment, place, line_text, raw)
        self.refs.append(ref)
        return f"\0{len(self.refs) - 1}\0"


def reading_of(env: MutableMapping[str, Any]) -> Reading:
    """The reading that a rule takes part in."""
    reading: Reading = env["reading"]
    return reading


def fold(text: str) -> str:
    """What two ways of writing a label have in common: no case, accents or apostrophe style."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join(_ACCENTS.sub("", decomposed).split())


def _decoded(text: str) -> str:
    """Percent-decoded NFC, without the line ends that browsers ignore; controls cannot do harm."""
    unbroken = _LINE_ENDS.sub("", unquote(text))
    return _CONTROL.sub("\ufffd", unicodedata.normalize("NFC", unbroken))


def _written(url: str) -> tuple[str, ...]:
    """The ways in which the author may have typed an address that the parser has normalised."""
    decoded = unquote(url)
    return (decoded, url) if decoded != url else (url,)
