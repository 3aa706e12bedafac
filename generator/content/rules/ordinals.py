"""`1er`, `2e`, `XXe siècle`: the ending of an ordinal as a superscript (LRTIN, *abréviations*).

Only where nothing else can be meant: a Roman number of one letter needs a word for what is counted
(`Ve République`), because `Ce` and `De` are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it.token import Token

_COUNTED = (
    "siècles?|millénaires?|arrondissements?|Républiques?|Empires?|Reich|dynasties?|régiments?"
    "|armées?|corps|congrès|conciles?|édition|éditions|Internationale|législature"
)
_ROMAN = r"(?=[IVXLCM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ORDINAL = re.compile(
    rf"\b(?:(?:1|I)(?=(?:ers?|res?)\b)|(?:\d{{1,3}}|{_ROMAN})(?=es?\b)"
    rf"|[IVX](?=e[ \u00a0\u202f](?:{_COUNTED})\b))(ers?|res?|es?)(?![\w’'.°-])"
)
_ENDING = re.compile(r"\d[er]|[IVXLCM]{2}e|I[er]|[VX]e[ \u00a0\u202f]")
"""What every ordinal has; `Le` and `Me`, which most lines have, are none."""


def may_have_ordinals(text: str) -> bool:
    """Whether it is worth looking at the lines of a text."""
    return _ENDING.search(text) is not None


def with_ordinals(children: list[Token]) -> list[Token]:
    """The tokens of a line, the endings of ordinals apart; the same list when there are none."""
    if not any(child.type == "text" and may_have_ordinals(child.content) for child in children):
        return children
    out: list[Token] = []
    for child in children:
        out += _cut(child) if child.type == "text" else (child,)
    return out


def _cut(text: Token) -> Iterable[Token]:
    done = 0
    for found in _ORDINAL.finditer(text.content):
        yield Token("text", "", 0, content=text.content[done : found.start(1)], level=text.level)
        yield Token("sup_open", "sup", 1, level=text.level)
        yield Token("text", "", 0, content=found[1], level=text.level + 1)
        yield Token("sup_close", "sup", -1, level=text.level)
        done = found.end()
    if done < len(text.content):
        yield Token("text", "", 0, content=text.content[done:], level=text.level) if done else text
