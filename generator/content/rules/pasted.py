"""A brief pasted from a wire or a chat: one paragraph a line, although no line is blank.

Markdown reads such lines as one paragraph. They are told from text that an editor has wrapped by
their length, by their ends, and by the width: a wrapped line is as long as the next word allowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.content.rules.blocks import paragraph

KEY_POINTS = "key_points_open"
"""Opens the key points, which have already been taken out."""
_LONG = 80
"""Characters from which a line counts as long: most editors wrap before."""
_WIDEST = 160
"""Characters from which a line was not wrapped by an editor."""
_SENTENCE_END = re.compile(r"[.!?…:][\"'»”’)\]*_\s\u00a0\u202f]*$|»[\s.]*$")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def pasted(md: MarkdownIt) -> None:
    """Give each line of a pasted text its paragraph."""
    md.core.ruler.before("inline", "pasted", _split)


def _split(state: StateCore) -> None:
    tokens = state.tokens
    if _has_blank_line(state.src, tokens):
        return
    texts = [
        i
        for i, token in enumerate(tokens[:-1])
        if token.type == "paragraph_open" and token.level == 0
    ]
    lines = [line for i in texts for line in tokens[i + 1].content.split("\n")]
    if not is_pasted(lines):
        return
    for i in reversed(texts):
        first = (tokens[i].map or [0])[0]
        parts = tokens[i + 1].content.split("\n")
        tokens[i : i + 3] = [
            token
            for n, part in enumerate(parts, first)
            for token in paragraph(part.strip(), (n, n + 1))
        ]


def _has_blank_line(source: str, tokens: Sequence[Token]) -> bool:
    """Whether a line of the text is blank; key points, which are no longer in it, do not count."""
    taken = next((t.map for t in tokens if t.type == KEY_POINTS and t.map), None)
    if taken is None:
        return _BLANK_LINE.search(source.strip()) is not None
    lines = source.split("\n")
    around = ("\n".join(lines[: taken[0]]), "\n".join(lines[taken[1] :]))
    return any(_BLANK_LINE.search(part.strip()) for part in around)


def is_pasted(lines: Sequence[str]) -> bool:
    """Whether lines are paragraphs: long ones, each ending like a sentence, of no common width."""
    long = [line for line in lines if len(line) > _LONG]
    return (
        len(lines) > 1
        and 2 * len(long) >= len(lines)
        and all(ends_sentence(line) for line in long)
        and not any(line.endswith(("  ", "\\")) for line in lines)
        and (max(map(len, lines)) > _WIDEST or not _is_wrapped(lines))
    )


def ends_sentence(line: str) -> bool:
    """Whether a line ends where a sentence may end."""
    return _SENTENCE_END.search(line[-12:]) is not None


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether one width explains where the lines end: no line had room for the next one's word."""
    widest = max(map(len, lines))
    return all(
        len(line) + 1 + len(following.split(None, 1)[0] if following.strip() else "") > widest
        for line, following in pairwise(lines)
    )
