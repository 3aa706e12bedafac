"""Bold and italics beside East Asian signs.

CommonMark (0.31, 6.2) tells where stars open and close by the spaces around them, which Chinese and
Japanese do not have: `**重要（大事）**です` stays stars. Here East Asian characters count as neither
letters nor punctuation, as the amendment proposed in commonmark-spec issue 650 has it.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import isPunctChar
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize
from markdown_it.rules_inline.state_inline import Delimiter

from generator.content.rules.east_asian import is_east_asian


def emphasis(md: MarkdownIt) -> None:
    """Enable stars beside East Asian characters; all others are read as ever."""
    md.inline.ruler.at("emphasis", _stars)


def _stars(state: StateInline, silent: bool) -> bool:
    src, start = state.src, state.pos
    if silent or src[start] != "*":
        return tokenize(state, silent)
    end = start
    while end < state.posMax and src[end] == "*":
        end += 1
    before, after = src[start - 1 : start], src[end : state.posMax][:1]
    if not (is_east_asian(before) or is_east_asian(after)):
        return tokenize(state, silent)
    opens, closes = _may_begin(before, after), _may_begin(after, before)
    for _ in range(end - start):
        token = state.push("text", "", 0)
        token.content = "*"
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord("*"), end - start, place, -1, opens, closes))
    state.pos = end
    return True


def _may_begin(outside: str, inside: str) -> bool:
    """Whether stars between two characters may begin, or end, what lies on the inner side."""
    if not inside or inside.isspace():
        return False
    if is_east_asian(inside) or not isPunctChar(inside):
        return True
    return not outside or outside.isspace() or is_east_asian(outside) or isPunctChar(outside)
