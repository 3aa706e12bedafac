"""Attributes in braces, `{.class #id}`, on blocks and on what stands in a line."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

from generator.content.rules.blocks import paragraph
from generator.content.rules.reading import Reading, reading_of

_ALLOWED = (
    *("id", "class", "lang", "dir", "title", "translate", "hreflang", "rel", "target", "download"),
    *("width", "height", "loading", "decoding", "start", "reversed", "type", "cite", "datetime"),
)
"""Attributes that an author may give; never `style`, event handlers, or addresses."""
_SPACES = re.compile(r"\s+")


def attributes(md: MarkdownIt) -> None:
    """Enable attributes after images, code, links and `[spans]`, and on a line above a block."""
    attrs_plugin(md, spans=True, allowed=_ALLOWED)
    attrs_block_plugin(md, allowed=_ALLOWED)
    md.core.ruler.before("attr", "lone_attributes", _keep_what_says_nothing)
    md.core.ruler.push("ids", _check)


def _keep_what_says_nothing(state: StateCore) -> None:
    """Show a line like `{% include x %}`, which the plugin would take for an empty comment."""
    if "{" not in state.src:
        return
    for i in range(len(state.tokens) - 1, -1, -1):
        token = state.tokens[i]
        if token.type == "attrs_block" and not token.attrs and token.map:
            text = state.src.split("\n")[token.map[0]].strip()
            state.tokens[i : i + 1] = paragraph(text, token.map, token.level)


def _check(state: StateCore) -> None:
    """Collect ids, drop those given twice, and say which attributes were refused."""
    if "{" not in state.src:
        return
    reading = reading_of(state.env)
    line = reading.body_line
    for token in state.tokens:
        if token.map:
            line = reading.file_line(token.map[0])
        if token.attrs or token.meta:
            _check_one(token, reading, line)
        for child in token.children or ():
            if (child.attrs or child.meta) and child.nesting >= 0:
                _check_one(child, reading, line)


def _check_one(token: Token, reading: Reading, line: int) -> None:
    for name in token.meta.get("insecure_attrs", ()):
        reading.warn("attribute-refused", line, name=name)
    if "id" not in token.attrs:
        return
    name = _SPACES.sub("-", str(token.attrs["id"]).strip())
    if name and name not in reading.anchors:
        token.attrs["id"] = name
        reading.anchors[name] = None
    else:
        del token.attrs["id"]
        reading.warn("duplicate-id", line, id=name)
