"""Task lists, with each box inside the label of what it ticks."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_CLASSES = {"contains-task-list": "task-list", "task-list-item": "task"}


def tasks(md: MarkdownIt) -> None:
    """Enable task lists."""
    md.options["tasklists"] = True
    md.core.ruler.push("tasks", _label)
    md.add_render_rule("list_item_open", _item)
    md.add_render_rule("task_open", _box)


def _label(state: StateCore) -> None:
    if "] " not in state.src and "]\t" not in state.src:
        return
    for i, token in enumerate(state.tokens):
        name = token.attrs.get("class") if token.attrs else None
        if isinstance(name, str) and token.type.endswith(("list_open", "item_open")):
            token.attrs["class"] = " ".join(_CLASSES.get(part, part) for part in name.split())
        if token.type == "list_item_open" and "checked" in token.meta:
            following = state.tokens[i + 1 : i + 3]
            if [t.type for t in following] == ["paragraph_open", "inline"]:
                box = Token("task_open", "input", 0, meta={"checked": token.meta["checked"]})
                children = following[1].children or []
                following[1].children = [box, *children, Token("task_close", "label", -1)]


def _item(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return self.renderToken(tokens, idx, options, env)


def _box(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    checked = " checked" if tokens[idx].meta["checked"] else ""
    return f'<label><input type="checkbox" disabled{checked}> '
