"""An image alone in its paragraph, with a title: a figure with its caption."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def figures(md: MarkdownIt) -> None:
    """Enable figures."""
    md.core.ruler.after("inline", "figures", _find)


def _find(state: StateCore) -> None:
    if "![" not in state.src:
        return
    tokens = state.tokens
    for i in range(len(tokens) - 2, 0, -1):
        if tokens[i].type == "inline" and tokens[i - 1].type == "paragraph_open":
            image = _only_image(tokens[i].children or [])
            if image and not tokens[i - 1].hidden:
                _make(tokens, i, str(image.attrs.pop("title")))


def _only_image(children: list[Token]) -> Token | None:
    """The image that a paragraph consists of, linked or not, if it has a title."""
    if len(children) == 3 and children[0].type == "link_open":
        children = children[1:2]
    if len(children) == 1 and children[0].type == "image" and children[0].attrs.get("title"):
        return children[0]
    return None


def _make(tokens: list[Token], at: int, caption: str) -> None:
    opening, closing = tokens[at - 1], tokens[at + 1]
    opening.type, opening.tag = "figure_open", "figure"
    closing.type, closing.tag = "figure_close", "figure"
    text = Token("text", "", 0, content=caption)
    tokens[at + 1 : at + 1] = [
        Token("figcaption_open", "figcaption", 1),
        Token("inline", "", 0, children=[text], content=caption, map=opening.map),
        Token("figcaption_close", "figcaption", -1),
    ]
