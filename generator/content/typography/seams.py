"""A text that markup cuts into pieces, looked at as the one text that readers see."""

from __future__ import annotations

from collections.abc import Iterator

SEAM = "\0"
"""Stands between the pieces of a text that markup cuts; it is in no text of an author."""
OPAQUE = "x"
"""What code, images and addresses look like from outside: a word."""
NBSP = "\u00a0"
NARROW = "\u202f"

Edit = tuple[int, int, str]
"""What takes the place of a span: its start, its end, the new text."""


def before(text: str, at: int) -> int:
    """Index of the character before a place, over seams; -1 at the beginning."""
    at -= 1
    while at >= 0 and text[at] == SEAM:
        at -= 1
    return at


def after(text: str, at: int) -> int:
    """Index of the character at or after a place, over seams; the length at the end."""
    while at < len(text) and text[at] == SEAM:
        at += 1
    return at


def neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters around a span, as readers see them; empty at the ends."""
    left, right = before(text, start), after(text, end)
    return text[left] if left >= 0 else "", text[right] if right < len(text) else ""


def occurrences(text: str, sign: str) -> Iterator[tuple[int, str, str]]:
    """Each place of a sign, with the characters around it."""
    at = text.find(sign)
    while at >= 0:
        yield at, *neighbours(text, at, at + 1)
        at = text.find(sign, at + 1)


def edited(text: str, edits: dict[int, Edit]) -> str:
    """A text with the edits of some places made, none of which overlap."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(edits.values()):
        parts += (text[done:start], new)
        done = end
    return "".join((*parts, text[done:]))
