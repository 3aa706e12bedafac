"""Pasted text as an article: paragraphs apart, key points as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.cli.draft import Draft
from generator.content.rules.emoji import leads
from generator.content.rules.pasted import is_pasted
from generator.content.rules.reading import fold

_BULLET = re.compile(r"\s*(?:[-*+•–]|\d{1,2}[.)])\s+")
_DRESS = re.compile(r"^[\s#*_]+|[\s*_]*[:：]?[\s*_#]*$")
"""What may stand around a label: heading marks, stars, a colon with its French space."""


def draft_of(title: str, text: str, labels: Iterable[str]) -> Draft:
    """Make a draft of a text that was copied from a wire or a chat."""
    lines = _without_title(text.strip("\n").split("\n"), title)
    before, points, after = _part(lines, frozenset(fold(label) for label in labels))
    body = "\n\n".join(filter(None, (_paragraphs(before), _paragraphs(after))))
    return Draft(title, points, body)


def _without_title(lines: Sequence[str], title: str) -> Sequence[str]:
    """Drop a first line that only repeats the title."""
    return lines[1:] if fold(lines[0].strip(" #*_")) == fold(title) else lines


def _part(
    lines: Sequence[str], labels: frozenset[str]
) -> tuple[Sequence[str], tuple[str, ...], Sequence[str]]:
    """What stands before the key points, the key points, what stands after them."""
    for at, line in enumerate(lines):
        if fold(_DRESS.sub("", line)) in labels:
            end = _end(lines, at + 1)
            points = [_BULLET.sub("", text, count=1).strip() for text in lines[at + 1 : end]]
            if any(points):
                return lines[:at], tuple(filter(None, points)), lines[end:]
    return lines, (), ()


def _end(lines: Sequence[str], start: int) -> int:
    """Where the key points that begin at a line end; blank lines may stand between them."""
    end = start
    for at in range(start, len(lines)):
        if leads(lines[at]) or _BULLET.match(lines[at]):
            end = at + 1
        elif lines[at].strip():
            break
    return end


def _paragraphs(lines: Sequence[str]) -> str:
    """The text, with a blank line between its lines when each of them is a paragraph."""
    text = "\n".join(lines).strip()
    parts = text.split("\n")
    pasted = all(part.strip() for part in parts) and is_pasted(parts)
    return "\n\n".join(part.strip() for part in parts) if pasted else text
