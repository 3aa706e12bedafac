"""Footnotes as endnotes, with ids that stay unique when articles stand together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from generator.content.rules.reading import reading_of

_UNDEFINED = re.compile(r"\[\^([^\]\s]+)\]")


def footnotes(md: MarkdownIt) -> None:
    """Enable footnotes, `[^name]` and `^[in place]`."""
    md.use(footnote_plugin)
    md.core.ruler.before("footnote_tail", "footnote_check", _check)
    for name, rule in (
        ("footnote_ref", _ref),
        ("footnote_block_open", _block_open),
        ("footnote_block_close", _block_close),
        ("footnote_open", _open),
        ("footnote_anchor", _back),
    ):
        md.add_render_rule(name, rule)


def _check(state: StateCore) -> None:
    """Say which notes nothing calls (they are not shown), and which calls have no note."""
    if "[^" not in state.src:
        return
    reading = reading_of(state.env)
    known: dict[str, int] = state.env.get("footnotes", {}).get("refs", {})
    for token in state.tokens:
        if token.type == "footnote_reference_open" and token.map:
            label = token.meta["label"]
            if known.get(f":{label}", 0) < 0:
                line = reading.file_line(token.map[0])
                reading.warn("footnote-unused", line, label=label)
        elif token.type == "inline" and "[^" in token.content:
            line = reading.file_line(token.map[0]) if token.map else reading.body_line
            for child in token.children or ():
                if child.type == "text":
                    for found in _UNDEFINED.finditer(child.content):
                        reading.warn("footnote-undefined", line, label=found[1])


def _id(token: Token, env: EnvType) -> str:
    return f"{reading_of(env).prefix}-{token.meta['id'] + 1}"


def _ref_id(token: Token, env: EnvType) -> str:
    """Where a note is called; a note called twice has two such places."""
    again = token.meta.get("subId", 0)
    return f"fnref-{_id(token, env)}" + (f"-{again + 1}" if again else "")


def _ref(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    return (
        f'<sup class="footnote-ref"><a href="#fn-{_id(token, env)}" id="{_ref_id(token, env)}"'
        f' role="doc-noteref">{token.meta["id"] + 1}</a></sup>'
    )


def _block_open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    reading = reading_of(env)
    name = f"footnotes-{reading.prefix}"
    title = escapeHtml(reading.words.get("footnotes", "Notes"))
    return (
        f'<section class="footnotes" role="doc-endnotes" aria-labelledby="{name}">\n'
        f'<h2 class="visually-hidden" id="{name}">{title}</h2>\n<ol>\n'
    )


def _block_close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return "</ol>\n</section>\n"


def _open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return f'<li id="fn-{_id(tokens[idx], env)}" class="footnote-item">'


def _back(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    if (token.meta["id"], token.meta["subId"]) in reading_of(env).muted:
        return ""
    label = escapeHtml(reading_of(env).words.get("footnote_back", "Back to the text"))
    return (
        f' <a href="#{_ref_id(token, env)}" class="footnote-backref" role="doc-backlink"'
        f' aria-label="{label}">↩︎</a>'
    )
