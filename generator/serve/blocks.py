"""Where a page changed: the first block of its text that is not what it was."""

from __future__ import annotations

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

BLOCKS = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,pre,td,th,figcaption,summary"
"""Elements that hold a piece of text; the client counts the same ones."""
LENGTH = 80
"""Characters by which a block is found again."""


class Block(Struct, frozen=True):
    """A block of a page's text."""

    index: int
    """Which of the blocks in `main` it is, from 0."""
    text: str
    """How it begins, white space made single."""


def first_change(before: bytes, after: bytes) -> Block | None:
    """The first block of the new page that differs; None when no text of it does."""
    old, new = _blocks(before), _blocks(after)
    index = next(
        (n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), -1
    )
    if index < 0 and len(old) == len(new):
        return None
    if index < 0:  # the end was cut, or something was added at the end
        index = min(len(old), len(new) - 1)
    return Block(index, new[index][:LENGTH]) if 0 <= index < len(new) else None


def _blocks(page: bytes) -> list[str]:
    tree = LexborHTMLParser(page)
    selector = ",".join(f"main {name}" for name in BLOCKS.split(","))
    return [" ".join(node.text().split()) for node in tree.css(selector)]
