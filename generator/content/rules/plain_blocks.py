"""Short cuts to blocks: plain paragraphs are read directly, others by the rules that may apply."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

from generator.content.rules.blocks import paragraph

ANY = ""
BLOCK_SIGNS = {
    "plain_paragraph": ANY,
    "plain_item": ANY,
    "table": ANY,
    "code": ANY,
    "attr": "{",
    "container_box": ":",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "lheading": ANY,
    "deflist": ANY,
    "paragraph": ANY,
}
"""The signs with which each kind of block may begin."""
_NOT_PLAIN = frozenset("#>-*+_=|<[{:~`0123456789")
_NEXT_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]")


def plain_blocks(md: MarkdownIt) -> None:
    """Read plain paragraphs directly, and ask only the rules that may apply to a line.

    The law: the same tokens as the parser's own rules give.
    """
    md.block.ruler.before("table", "plain_item", _item)
    md.block.ruler.before("plain_item", "plain_paragraph", _paragraph)
    md.block.ruler = _BySign(md.block.ruler)


class _BySign(Ruler[RuleFuncBlockType]):
    """The rules of another ruler, each asked only about lines that begin with one of its signs."""

    def __init__(self, rules: Ruler[RuleFuncBlockType]) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        self._asked: dict[str, list[RuleFuncBlockType]] = {}

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803
        """One rule that asks all those of a chain."""
        if chainName not in self._asked:
            self._asked[chainName] = [_asking(self._chain(chainName))]
        return self._asked[chainName]

    def _chain(self, name: str) -> list[tuple[str, RuleFuncBlockType]]:
        return [
            (BLOCK_SIGNS[rule.name], rule.fn)
            for rule in self.__rules__
            if rule.enabled and (not name or name in rule.alt)
        ]


def _asking(chain: Sequence[tuple[str, RuleFuncBlockType]]) -> RuleFuncBlockType:
    usual = [rule for signs, rule in chain if not signs]
    by_sign = {
        sign: [rule for own, rule in chain if not own or sign in own]
        for sign in "".join(signs for signs, _ in chain)
    }

    def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        sign = state.src[at] if at < state.eMarks[start] else ""
        for rule in by_sign.get(sign, usual):  # noqa: SIM110 - any() is slower, and this is asked often
            if rule(state, start, end, silent):
                return True
        return False

    return ask


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph at the top level in which every line begins with a sign that begins no block."""
    if silent or state.level or state.sCount[start] > 3:
        return False
    line = start
    while line < state.lineMax and not state.isEmpty(line):
        if _sign(state, line) in _NOT_PLAIN:
            return False
        line += 1
    if _is_defined(state, line):
        return False
    _push(state, start, line)
    return True


def _item(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line in a list that is all of its paragraph, since no line or the next item follows."""
    if silent or state.parentType != "list" or state.sCount[start] - state.blkIndent > 3:
        return False
    line = start + 1
    if _sign(state, start) in _NOT_PLAIN:
        return False
    if line < state.lineMax and not state.isEmpty(line):
        if not 0 <= state.sCount[line] < min(state.blkIndent, state.listIndent + 4):
            return False
        if not _NEXT_ITEM.match(state.src, state.bMarks[line] + state.tShift[line]):
            return False
    elif _is_defined(state, line):
        return False
    _push(state, start, line)
    return True


def _is_defined(state: StateBlock, blank: int) -> bool:
    """Whether what stands above a blank line may be a term, with its definition below."""
    below = blank + 1
    return below < state.lineMax and not state.isEmpty(below) and _sign(state, below) in ":~"


def _sign(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line]]


def _push(state: StateBlock, start: int, end: int) -> None:
    content = mdTrim(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[end - 1]])
    state.tokens += paragraph(content, (start, end), state.level)
    state.line = end
