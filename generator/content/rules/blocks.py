"""Making and reading block tokens."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token


def paragraph(
    content: str, lines: Sequence[int], level: int = 0, name: str = "paragraph"
) -> list[Token]:
    """The three tokens of a paragraph that stands on these lines of the body (from 0)."""
    span = list(lines)
    return [
        Token(f"{name}_open", "p", 1, map=span, level=level, block=True),
        inline(content, span, level + 1),
        Token(f"{name}_close", "p", -1, level=level, block=True),
    ]


def inline(content: str, lines: Sequence[int], level: int = 1) -> Token:
    """Text that the inline rules have still to read."""
    return Token(
        *("inline", "", 0),
        map=list(lines),
        level=level,
        block=True,
        content=content,
        children=[],
    )


def closing(tokens: Sequence[Token], opening: int) -> int:
    """Index of the token that closes the block which `opening` opens."""
    level = tokens[opening].level
    for i in range(opening + 1, len(tokens)):
        if tokens[i].nesting < 0 and tokens[i].level == level:
            return i
    return len(tokens) - 1


def plain(children: Sequence[Token] | None) -> str:
    """What a reader reads of a line: no markup, no note numbers, no images."""
    if children and len(children) == 1 and children[0].type == "text":
        return children[0].content
    return "".join(
        " " if child.type in _BREAKS else child.content
        for child in children or ()
        if child.type in _READ
    )


_BREAKS = frozenset(("softbreak", "hardbreak"))
_READ = _BREAKS | {"text", "code_inline"}
