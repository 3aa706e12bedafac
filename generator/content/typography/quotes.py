"""Straight quotes and apostrophes to those of the language; what has no partner stays."""

from __future__ import annotations

import re

from generator.content.typography.seams import occurrences

_LOOSE_APOSTROPHE = re.compile(r"'(?:(?<![^\W\d_]')|(?![^\W\d_]))")
_OPENING = frozenset("([{«“„‚‘‹¿¡–—-/…'’\"")
_CLOSING = frozenset(".,;:!?)]}»”“’›…–—-/%'\"")


def double_quotes(text: str, marks: tuple[tuple[str, str], ...]) -> str:
    """Turn pairs of straight quotes into the language's, by depth."""
    pairs = _pairs(text, '"')
    if not pairs:
        return text
    signs = list(text)
    depth = 0
    partner = dict(pairs)
    ends = set(partner.values())
    first, last = marks[0]
    for at, sign in enumerate(text):
        if sign == first or at in partner:
            if at in partner:
                opening, closing = marks[min(depth, len(marks) - 1)]
                signs[at], signs[partner[at]] = opening, closing
            depth += 1
        elif sign == last or at in ends:
            depth = max(0, depth - 1)
    return "".join(signs)


def apostrophes(text: str, single: tuple[str, str] = ("‘", "’")) -> str:
    """Turn straight single quotes into apostrophes, and pairs of them into quotes."""
    if not _LOOSE_APOSTROPHE.search(text):
        return text.replace("'", "’")  # every one of them between two letters
    pairs = dict(_pairs(text, "'"))
    ends = set(pairs.values())
    signs = list(text)
    for at, before, after in occurrences(text, "'"):
        if at in pairs:
            signs[at] = single[0]
        elif at in ends:
            signs[at] = single[1]
        elif not _is_literal_prime(before, after):
            signs[at] = "’"
    return "".join(signs)


def _pairs(text: str, quote: str) -> list[tuple[int, int]]:
    """Find which straight quotes belong together, by what stands around them."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, before, after in occurrences(text, quote):
        closes = bool(before) and not before.isspace() and _ends_word(after)
        opens = bool(after) and not after.isspace() and _starts_word(before)
        if closes and open_at and open_at[-1] + 1 < at:
            pairs.append((open_at.pop(), at))
        elif opens:
            open_at.append(at)
    return pairs


def _starts_word(before: str) -> bool:
    return not before or before.isspace() or before in _OPENING


def _ends_word(after: str) -> bool:
    return not after or after.isspace() or after in _CLOSING


def _is_literal_prime(before: str, after: str) -> bool:
    """Whether a straight quote is no apostrophe: minutes and feet (5'30), paths, code."""
    return (before.isdigit() and not after.isalpha()) or (before != "" and before in "/\\=")
