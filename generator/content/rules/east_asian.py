"""Line ends within Chinese and Japanese, which put no space between words.

Browsers show a line end as a space. Between two East Asian characters there must be none (CSS Text
Level 3, 4.1.3, which few browsers follow), whatever bold or links begin or end there. Korean has
spaces, so Hangul is no part of this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_LETTERS = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30fa\u30fc-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003fffd"
)
_SIGNS = "\u3000-\u3004\u3008-\u3020\u3030\u303d\u30fb\uff01-\uff65"
_EITHER = "“”‘’…—·"
"""Signs that Chinese shares with other languages."""
_LETTER = re.compile(f"[{_LETTERS}]")
_EAST_ASIAN = re.compile(f"[{_LETTERS}{_SIGNS}]")
_WRAPPED = re.compile(f"(?<=[{_LETTERS}{_SIGNS}])\n(?=[{_LETTERS}{_SIGNS}])")
_TRANSPARENT = frozenset(("", "strong", "em", "s", "a", "span"))
"""Tags of tokens that show nothing themselves."""


def east_asian(md: MarkdownIt) -> None:
    """Drop soft line breaks between East Asian characters."""
    md.core.ruler.after("inline", "east_asian", _unwrap)


def on_one_line(text: str) -> str:
    """The lines of a plain text as one."""
    return (_WRAPPED.sub("", text) if "\n" in text else text).replace("\n", " ")


def count_characters(text: str) -> int:
    """How many characters a reader reads, a word of another script counting as one."""
    bare = _EAST_ASIAN.sub(" ", text)
    words = sum(any(map(str.isalnum, word)) for word in bare.split())
    return len(_LETTER.findall(text)) + words


def is_east_asian(character: str) -> bool:
    """Whether a character is Chinese or Japanese, a sign of theirs included; the empty one is not.
    """
    return character > "\u2e7f" and _EAST_ASIAN.fullmatch(character) is not None


def _unwrap(state: StateCore) -> None:
    for token in state.tokens:
        if token.children and "\n" in token.content:
            token.children = _unwrapped(token.children)


def _unwrapped(children: list[Token]) -> list[Token]:
    """The tokens of a line without the soft breaks that stand between East Asian characters."""
    return [
        child
        for at, child in enumerate(children)
        if child.type != "softbreak"
        or not _is_within(_neighbour(children, at, -1), _neighbour(children, at, 1))
    ]


def _neighbour(children: Sequence[Token], at: int, step: int) -> str:
    """The character that a reader sees beside a token; empty beside an image or a line's end."""
    at += step
    while 0 <= at < len(children):
        child = children[at]
        if child.content and child.type in ("text", "text_special", "code_inline"):
            return child.content[-1 if step < 0 else 0]
        if child.content or child.tag not in _TRANSPARENT:
            return ""
        at += step
    return ""


def _is_within(left: str, right: str) -> bool:
    either = is_east_asian(left), is_east_asian(right)
    if all(either):
        return True
    return any(either) and (left if either[1] else right) in tuple(_EITHER)
