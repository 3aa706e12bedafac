"""The spaces around `;`, `:`, `!`, `?` and inside guillemets, as French has them."""

from __future__ import annotations

import re

from generator.content.typography.languages import Style
from generator.content.typography.seams import (
    SEAM,
    Edit,
    after,
    before,
    edited,
    neighbours,
)

_SIGN = re.compile("[;:!?«»‹›]")
_PAUSES = frozenset(";:!?")
_AFTER_QUESTION = frozenset(".,…)]}»›”’'\"–—")
_AFTER_COLON = frozenset("»›”’'\"")
_NO_SPACE_AFTER = frozenset("([{«“‘‹¿¡\"'/\\=&<>|@#*_^~+`–—-;:!?")


def pauses(text: str, style: Style) -> str:
    """Put the spaces of a style before its signs, where they are punctuation."""
    if not _has_sign(text):
        return text
    edits: dict[int, Edit] = {}
    end = 0
    for found in _SIGN.finditer(text):
        at = found.start()
        if at < end:
            continue  # the rest of `?!`
        sign = text[at]
        end = at + 1
        if sign in "«‹":
            edit = _after_opening(text, end, style)
        elif sign in "»›":
            edit = _before_closing(text, at, style)
        else:
            while text[end : end + 1] in _PAUSES:
                end += 1
            edit = _before_sign(text, at, end, style)
        if edit is not None:
            edits.setdefault(edit[0], edit)
    return edited(text, edits) if edits else text


def _has_sign(text: str) -> bool:
    """Whether a text holds one of `_SIGN`; some looks take a tenth of the time of the pattern."""
    return (
        "«" in text
        or "»" in text
        or ":" in text
        or ";" in text
        or "!" in text
        or "?" in text
        or "‹" in text
        or "›" in text
    )


def _after_opening(text: str, at: int, style: Style) -> Edit | None:
    at = after(text, at) if text[at : at + 1] == SEAM and _sees_space(text, at) else at
    end = at
    while text[end : end + 1] == " ":
        end += 1
    following = after(text, end)
    if following == len(text) or text[following].isspace() or text[following] in "»›":
        return None
    return at, end, style.inside


def _sees_space(text: str, at: int) -> bool:
    at = after(text, at)
    return text[at : at + 1] == " "


def _before_closing(text: str, at: int, style: Style) -> Edit | None:
    start, end = _space_before(text, at)
    left = before(text, start)
    if left < 0 or text[left].isspace() or text[left] in "«‹":
        return None
    return start, end, style.inside


def _before_sign(text: str, start: int, end: int, style: Style) -> Edit | None:
    """Where the space before `;`, `:`, `!` or `?` goes, if this one is punctuation at all."""
    space = style.pauses[text[start]]
    if (
        text[start - 1 : start] == " "
        and text[start - 2 : start - 1].isalnum()
        and (end == len(text) or text[end].isspace())
    ):
        return start - 1, start, space  # by far the most frequent
    following = neighbours(text, start, end)[1]
    ends = _AFTER_COLON if text[start] in ";:" else _AFTER_QUESTION
    if following and not following.isspace() and following not in ends:
        return None  # 12:30, a?b=c, :smile:, ;)
    first, last = _space_before(text, start)
    if first == last and text[start] in style.given:
        return None
    left = before(text, first)
    if left < 0 or text[left].isspace():
        return None
    if text[start] == ":" and first == last and _is_shortcode(text, start):
        return None
    if text[left] in _NO_SPACE_AFTER and (first == last or text[left] in "([{"):
        return None
    return first, last, space


def _is_shortcode(text: str, colon: int) -> bool:
    """Whether a colon ends `:smile:`."""
    opening = text.rfind(":", 0, colon)
    name = text[opening + 1 : colon].replace("_", "").replace("-", "")
    return opening >= 0 and name.isalnum() and name.isascii()


def _space_before(text: str, at: int) -> tuple[int, int]:
    """The ordinary spaces before a sign, even if markup stands between; else the place itself."""
    end = before(text, at) + 1
    if text[end - 1 : end] != " ":
        return at, at
    start = end
    while start > 0 and text[start - 1] == " ":
        start -= 1
    return start, end
