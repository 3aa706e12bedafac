"""`::: name [Title]` … `:::`: a box that the theme can style by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.content.rules.blocks import paragraph
from generator.content.rules.reading import fold, reading_of

_HEAD = re.compile(r"\s*([^\W\d][\w-]*)\s*(?:\[(.*)\]|(.*?))\s*$")
_COLONS = re.compile(r"(:{3,})(.*)")
_CODE = re.compile(r"(`{3,})[^`]*$|(~{3,})")


class Head(NamedTuple):
    """What the first line of a container says."""

    name: str
    """Folded: lower case, no accents."""
    title: str


def containers(md: MarkdownIt) -> None:
    """Enable containers."""
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "container_box", _block, {"alt": interrupts})
    md.core.ruler.before("inline", "containers", _titles)
    md.add_render_rule("container_box_open", _open)


def head_of(token: Token) -> Head:
    """Read the first line of a container from its opening token."""
    found = _HEAD.match(token.info)
    name, bracketed, bare = found.groups() if found else ("", None, "")
    return Head(fold(name).replace("_", "-"), (bracketed or bare or "").strip())


def is_closed(token: Token) -> bool:
    """Whether the author closed a container, given its opening token."""
    return bool(token.meta["closed"])


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a container with all that is in it."""
    opened = _COLONS.match(_line(state, start))
    if not opened or state.is_code_block(start) or not _HEAD.match(opened[2]):
        return False
    if silent:
        return True
    closing, closed = _end(state, start, end)
    parent, last = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", closing
    token = state.push("container_box_open", "div", 1)
    token.markup, token.info, token.map = opened[1], opened[2], [start, closing]
    token.meta["closed"] = closed
    state.md.block.tokenize(state, start + 1, closing)
    state.push("container_box_close", "div", -1)
    state.parentType, state.lineMax = parent, last
    state.line = closing + closed
    return True


def _end(state: StateBlock, start: int, end: int) -> tuple[int, bool]:
    """The line on which a container ends, and whether its author ended it there.

    A line of colons ends the innermost container that was begun with as many, or else the innermost
    that was begun with fewer. What code says begins and ends nothing.
    """
    open_: list[int] = []
    may_be_code = True
    line = start
    while line < end:
        text = _line(state, line)
        if text and state.sCount[line] < state.blkIndent:
            return line, False
        if not state.is_code_block(line):
            if found := _COLONS.match(text):
                colons, rest = len(found[1]), found[2].strip()
                if not rest:
                    open_ = _without(open_, colons)
                elif _HEAD.match(rest):
                    open_.append(colons)
                if not open_:
                    return line, True
            elif may_be_code and (found := _CODE.match(text)):
                after = _end_of_code(state, line, end, found[1] or found[2])
                may_be_code, line = after > line, after  # looked for in vain once is enough
        line += 1
    return end, False


def _without(open_: Sequence[int], colons: int) -> list[int]:
    """The containers that stay open after a line of colons."""
    same = [i for i, begun in enumerate(open_) if begun == colons]
    fewer = [i for i, begun in enumerate(open_) if begun < colons]
    return list(open_[: (same or fewer or [len(open_)])[-1]])


def _end_of_code(state: StateBlock, start: int, end: int, fence: str) -> int:
    """The line that closes a block of code; its first line when nothing does."""
    for line in range(start + 1, end):
        text = _line(state, line).rstrip()
        if text.startswith(fence) and not text.strip(fence[0]):
            return line
    return start


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _titles(state: StateCore) -> None:
    """Put each container's title inside it, as a paragraph that is read like any text."""
    if ":::" not in state.src:
        return
    reading = reading_of(state.env)
    for i in range(len(state.tokens) - 1, -1, -1):
        token = state.tokens[i]
        if token.type != "container_box_open" or not token.map:
            continue
        if not is_closed(token):
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
