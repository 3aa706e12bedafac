"""Addresses in Markdown links and images: final ones stay, the others wait for the whole site."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.content.rules import raw
from generator.content.rules.blocks import plain
from generator.content.rules.reading import Reading, reading_of

_UNSAFE = re.compile(
    r"(?:\]\(\s*<?|\]:\s*<?|<)((?:javascript|vbscript|file|data(?!:image/(?:gif|png|jpeg|webp);)):)",
    re.IGNORECASE,
)

_TARGETS = frozenset(("link_open", "image", "html_inline"))


def links(md: MarkdownIt) -> None:
    """Turn relative addresses into references, in raw HTML too."""
    md.core.ruler.push("links", _collect)
    md.add_render_rule("link_open", _link)
    md.add_render_rule("image", _image)


def _collect(state: StateCore) -> None:
    reading = reading_of(state.env)
    span = [0, 1]
    for token in state.tokens:
        if token.map:
            span = token.map
        if token.type == "html_block":
            token.content = raw.with_slots(token.content, reading, _lines(reading, span))
        for child in token.children or ():
            if child.type in _TARGETS:
                _collect_child(child, reading, _lines(reading, span))
            elif child.type == "text" and ":" in child.content:
                _warn_of_unsafe(child.content, reading, _lines(reading, span))


def _lines(reading: Reading, span: Sequence[int]) -> tuple[int, int]:
    """The lines of the file that some lines of the body are; at least one."""
    first, last = span
    return reading.file_line(first), reading.file_line(max(last, first + 1))


def _collect_child(child: Token, reading: Reading, lines: tuple[int, int]) -> None:
    if child.type == "link_open":
        _collect_url(child, "href", reading, lines)
    elif child.type == "image" and child.attrs["src"]:
        _collect_url(child, "src", reading, lines)
    elif child.type == "image":
        reading.warn("empty-image", lines[0])
        child.type, child.content = "text", plain(child.children)
    elif child.type == "html_inline":
        child.content = raw.with_slots(child.content, reading, lines)


def _collect_url(child: Token, name: raw.Name, reading: Reading, lines: tuple[int, int]) -> None:
    url = str(child.attrs.get(name, ""))
    if not url:
        reading.warn("empty-link", lines[0])
    elif slot := reading.slot(name, url, lines):
        child.meta["slot"] = slot
        del child.attrs[name]


def _warn_of_unsafe(text: str, reading: Reading, lines: tuple[int, int]) -> None:
    """markdown-it leaves links that would run code as text; their author should know why."""
    for found in _UNSAFE.finditer(text):
        place, _ = reading.locate((found[1],), *lines)
        reading.warn("unsafe-link", place.line, place.column, scheme=found[1])


def _link(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    return f"<a{token.meta.get('slot', '')}{self.renderAttrs(token)}>"


def _image(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    token.attrs["alt"] = self.renderInlineAsText(token.children, options, env)
    token.attrs.setdefault("loading", "lazy")
    token.attrs.setdefault("decoding", "async")
    return f"<img{token.meta.get('slot', '')}{self.renderAttrs(token)}>"
