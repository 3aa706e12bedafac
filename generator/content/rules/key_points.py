"""Key points, found wherever an author would write them and taken out of the text.

At the top level of a body: a label on a line of its own, then a list or lines that each begin with
an emoji; or a container, `::: points-cles` or `::: key-points`. See PRODUCT, Key points.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.content.rules.blocks import closing, inline, paragraph
from generator.content.rules.containers import head_of, is_closed
from generator.content.rules.emoji import leads, take_mark
from generator.content.rules.labels import label_text
from generator.content.rules.pasted import KEY_POINTS, ends_sentence
from generator.content.rules.reading import Reading, fold, reading_of

OPEN, CLOSE = KEY_POINTS, "key_points_close"
"""Tokens between which the points travel through the other rules, one `inline` token a point."""

_CONTAINERS = frozenset(("points-cles", "key-points"))
_BEYOND = 24
"""Characters that a line with a label may have more than the longest label."""


class Point(NamedTuple):
    """One point as Markdown, and the lines of the body on which it stands."""

    text: str
    lines: tuple[int, int]


class Group(NamedTuple):
    """Key points in the stream of tokens."""

    title: str
    line: int
    """Line of the body on which they are announced."""
    before: list[Token]
    """What stood above the label in the same paragraph."""
    points: list[Point]
    after: list[Token]
    """What stood below the last point in the same paragraph."""
    end: int
    """Index of the first token that no longer belongs to it."""


def key_points(md: MarkdownIt) -> None:
    """Enable key points."""
    md.core.ruler.before("inline", "key_points", _gather)
    md.core.ruler.after("inline", "key_points_notes", _without_notes)


def _gather(state: StateCore) -> None:
    """Move the first group between two marking tokens; say what cannot be used, and leave it."""
    reading = reading_of(state.env)
    tokens = state.tokens
    done: list[Token] = []
    found = False
    copied = 0
    for i in [i for i, token in enumerate(tokens) if token.nesting == 1 and not token.level]:
        group = _group_at(tokens, i, reading) if i >= copied else None
        if group is None:
            continue
        line = reading.file_line((tokens[i].map or [0])[0])
        if isinstance(group, str):
            reading.warn("key-points-empty", line, label=group)
        elif found:
            reading.warn("key-points-twice", line, label=group.title)
        else:
            done = [*tokens[:i], *group.before, *_marked(group), *group.after]
            found, copied = True, group.end
    state.tokens = [*done, *tokens[copied:]]


def _marked(group: Group) -> list[Token]:
    lines = [group.line, group.points[-1].lines[1]]
    opening = Token(OPEN, "", 1, map=lines, meta={"title": group.title}, block=True)
    points: list[Token] = []
    for point in group.points:
        mark, text = take_mark(point.text)
        points.append(inline(text, point.lines))
        points[-1].meta["mark"] = mark
    return [opening, *points, Token(CLOSE, "", -1, block=True)]


def _group_at(tokens: Sequence[Token], at: int, reading: Reading) -> Group | str | None:
    """The key points that a block begins, or the label that announces none, or nothing."""
    token = tokens[at]
    if token.type == "paragraph_open":
        return _in_paragraph(tokens, at, reading.labels)
    if token.type == "heading_open" and _is_label(tokens[at + 1].content, reading.labels):
        label = label_text(tokens[at + 1].content)
        points, after, end = _points_from(tokens, at + 3)
        return Group(label, (token.map or [0])[0], [], points, after, end) if points else label
    if token.type == "container_box_open":
        return _contained(tokens, at)
    return None


def _in_paragraph(tokens: Sequence[Token], at: int, labels: frozenset[str]) -> Group | str | None:
    """A label on any line of a paragraph, with its points below in the paragraph or after it."""
    text = tokens[at + 1].content
    if len(text) > _room(labels) and "\n" not in text:
        return None
    lines = text.split("\n")
    first = (tokens[at].map or [0])[0]
    announced = None
    for n, line in enumerate(lines):
        if not _is_label(line, labels):
            continue
        rest = lines[n + 1 :]
        points, after, end = _points_from(tokens, at + 3) if not rest else ([], [], at + 3)
        if rest and leads(rest[0]):
            points, left = _points_of_lines(rest, first + n + 1)
            after = _remainder(left, first + len(lines))
            if not left:
                more, after, end = _points_of_paragraphs(tokens, at + 3)
                points += more
        if points:
            before = paragraph("\n".join(lines[:n]).rstrip(), (first, first + n)) if n else []
            return Group(label_text(line), first + n, before, points, after, end)
        announced = announced or (label_text(line) if _announces(line) else None)
    return announced


def _is_label(line: str, labels: frozenset[str]) -> bool:
    return len(line) <= _room(labels) and fold(label_text(line)) in labels


@functools.cache
def _room(labels: frozenset[str]) -> int:
    """Characters that a line may have and still be a label."""
    return max(map(len, labels), default=0) + _BEYOND


def _announces(line: str) -> bool:
    """Whether a label alone on its line must mean what follows: it is bold, or has a colon."""
    bare = line.strip()
    return bare.startswith(("**", "__")) or bare.rstrip("*_ ").endswith((":", "："))


# What follows a label


def _points_from(tokens: Sequence[Token], at: int) -> tuple[list[Point], list[Token], int]:
    """The points of a list or of emoji lines: (points, what is left of the lines, next index)."""
    if at < len(tokens) and tokens[at].type in ("bullet_list_open", "ordered_list_open"):
        points = _points_of_list(tokens, at)
        return points, [], closing(tokens, at) + 1
    return _points_of_paragraphs(tokens, at)


def _points_of_paragraphs(tokens: Sequence[Token], at: int) -> tuple[list[Point], list[Token], int]:
    points: list[Point] = []
    while at < len(tokens) and tokens[at].type == "paragraph_open":
        lines = tokens[at + 1].content.split("\n")
        if not leads(lines[0]):
            break
        first, last = tokens[at].map or [0, 0]
        more, left = _points_of_lines(lines, first)
        points += more
        at += 3
        if left:
            return points, _remainder(left, last), at
    return points, [], at


def _points_of_lines(lines: Sequence[str], first: int) -> tuple[list[Point], list[str]]:
    """One point for each line that begins with an emoji: (points, lines that are text again).

    A line without emoji continues the point above, as Markdown has it, unless that point was a
    whole sentence: then it is what follows the points in a pasted text.
    """
    points: list[Point] = []
    for n, line in enumerate(lines):
        if leads(line):
            points.append(Point(line.strip(), (first + n, first + n + 1)))
        elif ends_sentence(lines[n - 1]):
            return points, list(lines[n:])
        else:
            points[-1] = Point(f"{points[-1].text}\n{line}", (points[-1].lines[0], first + n + 1))
    return points, []


def _remainder(lines: Sequence[str], end: int) -> list[Token]:
    return paragraph("\n".join(lines), (end - len(lines), end)) if lines else []


def _points_of_list(tokens: Sequence[Token], at: int) -> list[Point]:
    """One point for each item; none at all if an item holds more than text."""
    points: list[Point] = []
    end = closing(tokens, at)
    level = tokens[at].level + 1
    for i in range(at + 1, end):
        if tokens[i].level == level and tokens[i].type == "list_item_open":
            inside = tokens[i + 1 : closing(tokens, i)]
            if any(t.type not in _TEXT for t in inside):
                return []
            text = "\\\n".join(t.content for t in inside if t.type == "inline")
            first, last = tokens[i].map or [0, 0]
            if text.strip():
                points.append(Point(text, (first, last)))
    return points


_TEXT = frozenset(("paragraph_open", "inline", "paragraph_close"))


# Containers


def _contained(tokens: Sequence[Token], at: int) -> Group | str | None:
    head = head_of(tokens[at])
    if head.name not in _CONTAINERS or not is_closed(tokens[at]):
        return None
    end = closing(tokens, at)
    points = _points_of_blocks(tokens, at + 1, end)
    if not points:
        return head.title or head.name
    return Group(head.title, (tokens[at].map or [0])[0], [], points, [], end + 1)


def _points_of_blocks(tokens: Sequence[Token], at: int, end: int) -> list[Point]:
    """The points of lists and paragraphs; none at all if there is anything else."""
    points: list[Point] = []
    while at < end:
        if tokens[at].type in ("bullet_list_open", "ordered_list_open"):
            more = _points_of_list(tokens, at)
        elif tokens[at].type == "paragraph_open":
            more = _points_of_paragraph(tokens, at)
        else:
            return []
        if not more:
            return []
        points += more
        at = closing(tokens, at) + 1
    return points


def _points_of_paragraph(tokens: Sequence[Token], at: int) -> list[Point]:
    """Inside a container, a paragraph is a point, or each of its lines if they begin with emoji."""
    first, last = tokens[at].map or [0, 0]
    text = tokens[at + 1].content
    lines = text.split("\n")
    if not leads(lines[0]):
        return [Point(text, (first, last))]
    points, left = _points_of_lines(lines, first)
    return [*points, Point("\n".join(left), (last - len(left), last))] if left else points


def _without_notes(state: StateCore) -> None:
    """Take the calls of footnotes out of the points: they are shown where the notes are not."""
    if "^" not in state.src:
        return
    reading = reading_of(state.env)
    for token in state.tokens:
        if "mark" in token.meta and token.children:
            kept = [child for child in token.children if child.type != "footnote_ref"]
            if len(kept) < len(token.children):
                reading.muted.update(
                    (child.meta["id"], child.meta.get("subId", 0))
                    for child in token.children
                    if child.type == "footnote_ref"
                )
                token.children = kept
                reading.warn("key-points-note", reading.file_line((token.map or [0])[0]))
