"""Short cuts through text, which most of any article is; they give what markdown-it gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, normalize
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.content.rules.blocks import paragraph

SIGNS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "linkify": "",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "span": "[",
    "attr": "{",
    "gfm_autolink_www": "w",
    "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
}
"""The signs at which each inline rule may begin; at any other it says no."""
_STOP = re.compile(r"[\n\\`*_~\[\]<&@^{!:]")
_STOP_OR_W = re.compile(r"[\n\\`*_~\[\]<&@^{!:w]")
_SCHEMES = ("http", "https", "mailto", "xmpp")
_BLOCK_SIGNS = frozenset("#>-*+_=|<[{:~`0123456789")
_SCHEMES = ("http", "https", "mailto", "xmpp")
_MARKUP = re.compile(r"[\\`*_~\[<&@^]|www\.|https?:|mailto:|xmpp:")
"""Where any of our inline rules may begin, line ends apart."""


def plain_text(md: MarkdownIt) -> None:
    """Read paragraphs and text without markup directly, and other text with fewer stops.

    The law: the same tokens as the parser's own rules give.
    """
    md.core.ruler.at("normalize", _normalize)
    md.block.ruler.before("table", "plain_paragraph", _paragraph)
    md.inline.ruler.at("text", _text)
    _ask_by_sign(md)
    md.core.ruler.at("inline", _inline)
    md.add_render_rule("paragraph_open", _open)
    md.add_render_rule("paragraph_close", _close)


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph at the top level in which every line begins with a sign that begins no block."""
    if silent or state.level or state.sCount[start] > 3:
        return False
    line = start
    while line < state.lineMax and not state.isEmpty(line):
        sign = state.src[state.bMarks[line] + state.tShift[line]]
        if sign in _BLOCK_SIGNS:
            return False
        line += 1
    if (
        line + 1 < state.lineMax
        and not state.isEmpty(line + 1)
        and state.src[state.bMarks[line + 1] + state.tShift[line + 1]] in ":~"
    ):
        return False  # a term, and its definition below the blank line
    content = mdTrim(state.src[state.bMarks[start] : state.eMarks[line - 1]])
    state.tokens += paragraph(content, (start, line))
    state.line = line
    return True


def _ask_by_sign(md: MarkdownIt) -> None:
    """Ask only the rules that may begin at a sign, instead of each of them at every one."""
    rules = zip(md.inline.ruler.get_active_rules(), md.inline.ruler.getRules(""), strict=True)
    by_sign: dict[str, list[RuleFuncInlineType]] = {}
    for name, rule in rules:
        for sign in SIGNS.get(name, ""):
            by_sign.setdefault(sign, []).append(rule)

    def ask(state: StateInline, silent: bool) -> bool:
        return any(rule(state, silent) for rule in by_sign.get(state.src[state.pos], ()))

    md.inline.ruler.push("by_sign", ask)
    md.inline.ruler.enableOnly(["text", "by_sign"])


def _text(state: StateInline, silent: bool) -> bool:
    """Go on to where another rule may begin; markdown-it's own stops at every hyphen."""
    src, start = state.src, state.pos
    stop = _STOP_OR_W if "www." in src else _STOP
    found = stop.search(src, start)
    while found and not _may_begin(src, found.start()):
        found = stop.search(src, found.end())
    end = found.start() if found else state.posMax
    if end == start:
        return False
    if not silent:
        state.append_pending(src[start:end])
    state.pos = end
    return True


def _may_begin(src: str, at: int) -> bool:
    sign = src[at]
    if sign == "w":
        return src.startswith("www.", at)
    if sign == ":":
        return src.endswith(_SCHEMES, 0, at)
    return sign != "!" or src.startswith("![", at)


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type != "inline":
            continue
        if _MARKUP.search(token.content):
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children = read_plain(token.content)


def read_plain(text: str) -> list[Token]:
    """The tokens of a text in which line ends are the only markup."""
    if "\n" not in text:
        return [Token("text", "", 0, content=text)]
    tokens: list[Token] = []
    lines = text.split("\n")
    for i, line in enumerate(lines):
        shown = line.lstrip(" \t") if i else line
        if i == len(lines) - 1:
            if shown:
                tokens.append(Token("text", "", 0, content=shown))
            break
        hard = shown.endswith("  ")
        shown = shown.rstrip(" ") if hard else shown.removesuffix(" ")
        if shown:
            tokens.append(Token("text", "", 0, content=shown))
        tokens.append(Token("hardbreak" if hard else "softbreak", "br", 0))
    return tokens


def _open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    if token.attrs or token.hidden or (idx and tokens[idx - 1].hidden):
        return self.renderToken(tokens, idx, options, env)
    return "<p>"


def _close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return "" if tokens[idx].hidden else "</p>\n"
