"""Dashes: typed as hyphens, and what must not stand at the end or the beginning of a line."""

from __future__ import annotations

import re

from generator.content.typography.seams import NBSP, neighbours

_TYPED = re.compile(r"(?<![-!<])-{2,3}(?![->])")
_LONE = re.compile(r"(?<= )-(?= )")
_SPACED = re.compile(r"(?:(?<=[ \u00a0\u202f])|(?<=[ \u00a0\u202f]\0))([–—])(?=\0?[ \u00a0\u202f])")
_SENTENCE_ENDS = re.compile(r"[.!?…][\0»”\u00a0\u202f]*\s")
_DIALOGUE = re.compile(r"(^|\n)(\0*[–—]) (?=\S)")


def dashes(text: str) -> str:
    """Turn `--` and a lone hyphen between two words into an en dash, `---` into an em dash."""
    if "--" in text:
        text = _TYPED.sub(_typed, text)
    return _LONE.sub(_lone, text) if " - " in text else text


def held_together(text: str, *, incises: bool) -> str:
    """Put the spaces that do not break beside dashes.

    With `incises`, dashes hold on to what they enclose (LRTIN, *tiret*), and the first one of a
    line to what somebody says; else each holds on to the word before it.
    """
    if "–" not in text and "—" not in text:
        return text
    signs = list(text)
    sentence, count = 0, 0
    for found in _SPACED.finditer(text):
        at = found.start()
        if _SENTENCE_ENDS.search(text, sentence, at):
            count = 0
        sentence = at
        opens = incises and count % 2 == 0
        count += 1
        place = _space(text, at, 1 if opens else -1)
        if text[place] == " ":
            signs[place] = NBSP
    done = "".join(signs)
    return _DIALOGUE.sub(rf"\1\2{NBSP}", done) if incises else done


def _space(text: str, dash: int, step: int) -> int:
    at = dash + step
    return at + step if text[at] == "\0" else at


def _typed(found: re.Match[str]) -> str:
    before, after = neighbours(found.string, found.start(), found.end())
    apart = (not before or before.isspace()) and after.isspace()
    within = before.isalnum() and after.isalnum()
    if not apart and not within:
        return found[0]  # an option (--draft), a rule, an arrow
    return "–" if len(found[0]) == 2 else "—"


def _lone(found: re.Match[str]) -> str:
    left, _ = neighbours(found.string, found.start() - 1, found.end())
    _, right = neighbours(found.string, found.start(), found.end() + 1)
    is_sum = left.isdigit() and right.isdigit()
    between = bool(left) and not left.isspace() and bool(right) and not right.isspace()
    return "–" if between and not is_sum and left not in "+-*/=<>|" else "-"
