"""Headings: their levels under the article's title, their anchors, and the table of contents."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.attrs.parse import ParseError, parse

from generator.content.rules.blocks import plain
from generator.content.rules.reading import reading_of
from generator.model.article import Heading
from generator.model.urls import slug

_TRAILING = re.compile(r"(?:^|\s)(\{[^{}]*\})$")
_TOC = frozenset(("[toc]", "[[toc]]"))
_MAY_BE_TOC = re.compile(r"\[(?i:toc)\]")


def headings(md: MarkdownIt) -> None:
    """Enable anchors, `## Title {#id .class}` and `[TOC]`."""
    md.core.ruler.before("attr", "heading_attributes", _attributes)
    md.core.ruler.before("inline", "heading_levels", _levels)
    md.core.ruler.before("inline", "toc", _toc)
    md.core.ruler.push("anchors", _anchors)
    md.add_render_rule("toc", _render_toc)


def _attributes(state: StateCore) -> None:
    """Take attributes at the end of a heading as if they stood on a line above it."""
    tokens = state.tokens
    if "{" not in state.src:
        return
    for i in range(len(tokens) - 1, -1, -1):
        if tokens[i].type != "heading_open":
            continue
        found = _TRAILING.search(tokens[i + 1].content)
        if not found:
            continue
        try:
            _, attrs = parse(found[1])
        except ParseError:
            continue
        if attrs:
            tokens[i + 1].content = tokens[i + 1].content[: found.start()].rstrip()
            tokens.insert(i, Token("attrs_block", "", 0, attrs=dict(attrs), map=tokens[i].map))


def _levels(state: StateCore) -> None:
    """Drop a first heading that repeats the title; let no other heading stand beside the title."""
    tokens = state.tokens
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        name = slug(tokens[1].content)
        if name and name == slug(reading_of(state.env).title):
            del tokens[:3]
    shown = [t for t in tokens if t.type in ("heading_open", "heading_close")]
    if any(token.tag == "h1" for token in shown):
        for token in shown:
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"


def _toc(state: StateCore) -> None:
    tokens = state.tokens
    if not _MAY_BE_TOC.search(state.src):
        return
    for i in range(len(tokens) - 3, -1, -1):
        if (
            tokens[i].type == "paragraph_open"
            and tokens[i].level == 0
            and tokens[i + 1].content.lower() in _TOC
        ):
            tokens[i : i + 3] = [Token("toc", "nav", 0, map=tokens[i].map, block=True)]


def _anchors(state: StateCore) -> None:
    reading = reading_of(state.env)
    for i, token in enumerate(state.tokens):
        if token.type != "heading_open":
            continue
        text = plain(state.tokens[i + 1].children).strip()
        if "id" not in token.attrs:
            anchor = _unique(slug(text, reading.lang) or "section", reading.anchors)
            token.attrs = {"id": anchor, **token.attrs}
            reading.anchors[anchor] = None
        reading.headings.append(Heading(int(token.tag[1]), str(token.attrs["id"]), text))


def _unique(name: str, taken: Container[str]) -> str:
    candidate, n = name, 2
    while candidate in taken:
        candidate, n = f"{name}-{n}", n + 1
    return candidate


def _render_toc(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    reading = reading_of(env)
    entries = [h for h in reading.headings if h.text]
    if not entries:
        return ""
    label = escapeHtml(reading.words.get("toc", "Contents"))
    return f'<nav class="toc" aria-label="{label}">{_nested(entries)}</nav>\n'


def _nested(entries: Sequence[Heading]) -> str:
    """Headings as lists in lists; a level that is skipped does not make an empty list."""
    parts: list[str] = []
    open_levels: list[int] = []
    for entry in entries:
        while len(open_levels) > 1 and entry.level <= open_levels[-2]:
            parts.append("</li></ul>")
            open_levels.pop()
        if not open_levels or entry.level > open_levels[-1]:
            parts.append("<ul>")
            open_levels.append(entry.level)
        else:
            parts.append("</li>")
            open_levels[-1] = entry.level
        parts.append(f'<li><a href="#{escapeHtml(entry.id)}">{escapeHtml(entry.text)}</a>')
    return "".join(parts) + "</li></ul>" * len(open_levels)
