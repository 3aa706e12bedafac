"""Short cuts through text, which most of any article is; they give what markdown-it gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_core import StateCore, normalize, text_join
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.content.rules.plain_lines import read_directly

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


def plain_text(md: MarkdownIt) -> None:
    """Read paragraphs and text without markup directly, and other text with fewer stops.

    The law: the same tokens as the parser's own rules give.
    """
    md.core.ruler.at("normalize", _normalize)
    md.inline.ruler.at("text", _text)
    _ask_by_sign(md)
    md.core.ruler.at("inline", _inline)
    md.core.ruler.at("text_join", _join)


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


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
    stop = _stop(src)
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


@lru_cache(maxsize=4)  # asked at every sign: a long paragraph must not be looked through each time
def _stop(src: str) -> re.Pattern[str]:
    return _STOP_OR_W if "www." in src else _STOP


def _may_begin(src: str, at: int) -> bool:
    sign = src[at]
    if sign == "w":
        return src.startswith("www.", at)
    if sign == ":":
        return src.endswith(_SCHEMES, 0, at)
    return sign != "!" or src.startswith("![", at)


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.content:
            children = read_directly(token.content, state.md)
            if children is None:
                children = token.children or []
                state.md.inline.parse(token.content, state.md, state.env, children)
            token.children = children


def _join(state: StateCore) -> None:
    """Join texts that stand side by side, where a line is more than one text."""
    several = [t for t in state.tokens if t.children and not _is_text(t.children)]
    if several:
        text_join(StateCore("", state.md, state.env, several))


def _is_text(children: Sequence[Token]) -> bool:
    return len(children) == 1 and children[0].type == "text"
