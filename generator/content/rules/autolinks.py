"""Bare addresses as links, ended where a French reader would end them."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

_END = re.compile(r"[\s«»“”’…]")


def autolinks(md: MarkdownIt) -> None:
    """Enable GitHub's autolinks. They end at ASCII spaces; ours end at any space or quote too."""
    md.use(gfm_autolink_plugin)
    md.core.ruler.after("inline", "autolink_ends", _shorten)


def _shorten(state: StateCore) -> None:
    for token in state.tokens:
        if token.children and len(token.children) > 2:
            for i in range(len(token.children) - 3, -1, -1):
                opening = token.children[i]
                if opening.type == "link_open" and opening.markup == "autolink":
                    _shorten_at(token.children, i, state.md)


def _shorten_at(children: list[Token], at: int, md: MarkdownIt) -> None:
    opening, text = children[at : at + 2]
    end = _END.search(text.content)
    if not end:
        return
    url, rest = text.content[: end.start()].rstrip(".,;:!?"), text.content[end.start() :]
    rest = text.content[len(url) : end.start()] + rest
    scheme = "" if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url) else "http://"
    if "@" in url and scheme:
        scheme = "mailto:"
    opening.attrs["href"] = md.normalizeLink(scheme + url)
    text.content = url
    children.insert(at + 3, Token("text", "", 0, content=rest, level=opening.level))
