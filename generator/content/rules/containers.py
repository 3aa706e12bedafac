"""`::: name [Title]` … `:::`: a box that the theme can style by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin

from generator.content.rules.blocks import paragraph
from generator.content.rules.reading import fold, reading_of

_HEAD = re.compile(r"\s*([^\W\d][\w-]*)\s*(?:\[(.*)\]|(.*?))\s*$")
_FENCE = re.compile(r":{3,}\s*$")


class Head(NamedTuple):
    """What the first line of a container says."""

    name: str
    """Folded: lower case, no accents."""
    title: str


def containers(md: MarkdownIt) -> None:
    """Enable containers."""
    container_plugin(md, "box", validate=lambda params, _: _HEAD.match(params) is not None)
    md.core.ruler.before("inline", "containers", _titles)
    md.add_render_rule("container_box_open", _open)


def head_of(token: Token) -> Head:
    """Read the first line of a container from its opening token."""
    found = _HEAD.match(token.info)
    name, bracketed, bare = found.groups() if found else ("", None, "")
    return Head(fold(name).replace("_", "-"), (bracketed or bare or "").strip())


def is_closed(token: Token, lines: Sequence[str]) -> bool:
    """Whether the author closed a container, given the lines of the body."""
    end = token.map[1] if token.map else 0
    return end < len(lines) and _FENCE.search(lines[end]) is not None


def _titles(state: StateCore) -> None:
    """Put each container's title inside it, as a paragraph that is read like any text."""
    if ":::" not in state.src:
        return
    reading = reading_of(state.env)
    source = state.src.split("\n")
    for i in range(len(state.tokens) - 1, -1, -1):
        token = state.tokens[i]
        if token.type != "container_box_open" or not token.map:
            continue
        if not is_closed(token, source):
            reading.warn("container-unclosed", reading.file_line(token.map[0]))
        if title := head_of(token).title:
            lines = [token.map[0], token.map[0] + 1]
            made = paragraph(title, lines, token.level + 1, "container_title")
            made[0].attrs["class"] = "container-title"
            state.tokens[i + 1 : i + 1] = made


def _open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    own = f"container {head_of(token).name}"
    more = str(token.attrs.get("class", ""))
    rest = "".join(
        f' {escapeHtml(name)}="{escapeHtml(str(value))}"'
        for name, value in token.attrs.items()
        if name != "class"
    )
    return f'<div class="{escapeHtml(f"{own} {more}".strip())}"{rest}>\n'
