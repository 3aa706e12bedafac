"""YAML text to nodes with positions, safely; what is wrong with it comes back as diagnostics.

PyYAML's parser builds values of no kind here, only nodes, so that no text can become anything else
than what its reader asks for. Whatever could hang or crash it is looked for first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import yaml
from msgspec import Struct
from yaml import MappingNode, Mark, Node, ScalarNode, SequenceNode

from generator.config.requote import Requoted, requote
from generator.config.sheet import UNWANTED, Sheet, clean, quoted, readable
from generator.config.yaml_errors import syntax_error
from generator.model.diagnostic import Diagnostic, Place, warning

assert yaml.__with_libyaml__, "PyYAML was built without libyaml, which Marbre needs"

DEEPEST = 50
"""Levels of nesting that are read; the C parser would crash on some ten thousand."""

LARGEST = 20_000
"""Nodes that a file may stand for once its aliases are spelled out."""

_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(
    _TAG + kind
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
)
_TAGGED = re.compile(r"(?:^|[\s\[{,])!\S")
_TOP_KEY = re.compile(r"""[^\s#\-\[\]{}"'][^:#]*:(?:\s|$)""")
_KEY_WITH_NO_BREAK_SPACE = re.compile(r"^(\w[^\s:#]*\s?:)[\u00a0\u202f]", re.MULTILINE)
_MOST_LINES_IN_PARTS = 400


class Renamed(ScalarNode):
    """A key under which its author meant another one: `status`, read as `draft`."""

    def __init__(self, key: ScalarNode, meant: str) -> None:
        super().__init__(key.tag, key.value, key.start_mark, key.end_mark)
        self.meant = meant


class Composed(Struct, frozen=True):
    """A file's YAML as a tree."""

    root: Node | None
    """The tree; None when the file is empty, or when nothing of it can be read."""
    problems: tuple[Diagnostic, ...] = ()
    broken: bool = False
    """Whether some of the text could not be read, so that keys are missing from the tree."""


def compose(sheet: Sheet) -> Composed:
    """Read a sheet's YAML; texts that only lack quotes are understood, with one warning."""
    text = "\n".join(sheet.lines)
    problems = _unwanted_characters(sheet) if sheet.unclean else []
    if sheet.unclean:
        text = readable(text)
    if ":\u00a0" in text or ":\u202f" in text:
        text = _KEY_WITH_NO_BREAK_SPACE.sub(r"\1 ", text)
    if _may_be_deep(text) and (mark := _too_deep(text)):
        return Composed(None, (*problems, sheet.error("yaml-too-deep", mark, limit=DEEPEST)), True)
    try:
        root = _root(text)
        if isinstance(root, ScalarNode) and root.value:
            return _in_spite_of(sheet, text, problems, None)
    except yaml.YAMLError as trouble:
        return _in_spite_of(sheet, text, problems, trouble)
    return _checked(sheet, text, root, problems, broken=False)


def pairs(node: MappingNode) -> list[tuple[Node, Node]]:
    """Keys and values in order; `<<` brings in what another mapping has and this one has not."""
    own: list[tuple[Node, Node]] = []
    merged: list[tuple[Node, Node]] = []
    for key, value in node.value:
        if key.tag == _TAG + "merge":
            sources = value.value if isinstance(value, SequenceNode) else [value]
            for source in sources:
                merged += pairs(source) if isinstance(source, MappingNode) else []
        else:
            own.append((key, value))
    if merged:
        given = {key.value for key, _ in own if isinstance(key, ScalarNode)}
        for key, value in merged:
            if isinstance(key, ScalarNode) and key.value not in given:
                given.add(key.value)
                own.append((key, value))
    return own


def is_nothing(node: Node) -> bool:
    """Whether a value was left out: nothing, `null`, `~`, or empty quotes."""
    return isinstance(node, ScalarNode) and (not node.value or _is_null(node))


def _is_null(node: ScalarNode) -> bool:
    return bool(node.tag == _TAG + "null")


def _root(text: str) -> Node | None:
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _in_spite_of(
    sheet: Sheet, text: str, problems: list[Diagnostic], trouble: yaml.YAMLError | None
) -> Composed:
    """Read again with the quotes that are missing; else find out everything that is wrong."""
    lines, requoted = requote(text.split("\n"))
    problems += [_about_quotes(sheet, each) for each in requoted[:1]]
    fixed = "\n".join(lines)
    try:
        root = _root(fixed)
    except yaml.YAMLError as still:
        return _in_parts(sheet, lines, problems, trouble or still)
    return _checked(sheet, fixed, root, problems, broken=False)


def _about_quotes(sheet: Sheet, missing: Requoted) -> Diagnostic:
    typed = clean(missing.text)
    return warning(
        "unquoted-text",
        Place(sheet.path, missing.line + sheet.first_line, missing.column + 1),
        line_text=sheet.row(missing.line),
        value=typed,
        quoted=(f"{clean(missing.key)}: " if missing.key else "- ") + quoted(typed),
    )


def _in_parts(
    sheet: Sheet, lines: tuple[str, ...], problems: list[Diagnostic], trouble: yaml.YAMLError
) -> Composed:
    """Read each top-level key by itself, to know every mistake and to check all the others."""
    found: list[tuple[Node, Node]] = []
    errors: list[Diagnostic] = []
    first: MappingNode | None = None
    for start, part in _parts(lines) if len(lines) <= _MOST_LINES_IN_PARTS else ():
        try:
            root = _root("\n" * start + "\n".join(part))
        except yaml.YAMLError as wrong:
            errors.append(syntax_error(sheet, wrong))
            continue
        if isinstance(root, MappingNode):
            first = first or root
            found += root.value
    if not errors:
        errors = [syntax_error(sheet, trouble)]
    joined = MappingNode(_TAG + "map", found, first.start_mark, first.end_mark) if first else None
    return _checked(sheet, "\n".join(lines), joined, problems + errors, broken=True)


def _parts(lines: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    starts = [n for n, line in enumerate(lines) if n == 0 or _TOP_KEY.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start, lines[start:end]


def _checked(
    sheet: Sheet, text: str, root: Node | None, problems: list[Diagnostic], *, broken: bool
) -> Composed:
    """Look for what reading the tree must not meet: foreign tags, aliases without end."""
    if root is not None and "&" in text and "*" in text and (mark := _too_large(root)):
        problems.append(sheet.error("yaml-too-large", mark, limit=LARGEST))
        return Composed(None, tuple(problems), True)
    if root is not None and "!" in text and _TAGGED.search(text):
        for node in _foreign_tags(root, set()):
            tag = str(node.tag).replace(_TAG, "!!")
            problems.append(sheet.error("yaml-tag", node.start_mark, tag=tag))
    return Composed(root, tuple(problems), broken)


def _may_be_deep(text: str) -> bool:
    """A quick look: every level of nesting costs one of these signs, or a line."""
    return sum(map(text.count, "[{-?\n")) > DEEPEST


def _too_deep(text: str) -> Mark | None:
    """Where nesting goes too deep; read event by event, which needs no stack."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    return cast(Mark, event.start_mark)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return None  # composing it meets the same error, no deeper than this
    return None


def _too_large(root: Node) -> Mark | None:
    """Where a tree with aliases begins that would be too large, too deep or endless."""
    measures: dict[int, tuple[int, int]] = {}
    endless = (LARGEST, LARGEST)

    def measure(node: Node) -> tuple[int, int]:
        """Size and depth of a node with every alias spelled out."""
        if isinstance(node, ScalarNode):
            return 1, 1
        if id(node) not in measures:
            measures[id(node)] = endless  # for an alias inside what it stands for
            below = [measure(child) for child in _children(node)]
            size = 1 + sum(size for size, _ in below)
            measures[id(node)] = size, 1 + max((depth for _, depth in below), default=0)
        return measures[id(node)]

    size, depth = measure(root)
    return root.start_mark if size > LARGEST or depth > DEEPEST * 2 else None


def _foreign_tags(node: Node, seen: set[int]) -> Iterator[Node]:
    if id(node) in seen:
        return
    seen.add(id(node))
    if node.tag not in _PLAIN_TAGS:
        yield node
    for child in _children(node):
        yield from _foreign_tags(child, seen)


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [each for pair in node.value for each in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _unwanted_characters(sheet: Sheet) -> list[Diagnostic]:
    """One warning for each line with characters that are no text."""
    found = []
    for number, line in enumerate(sheet.lines):
        if bad := UNWANTED.search(line):
            place = Place(sheet.path, sheet.first_line + number, bad.start() + 1)
            code_point = f"U+{ord(bad[0]):04X}"
            found.append(
                warning(
                    "control-character",
                    place,
                    line_text=sheet.row(number),
                    character=code_point,
                )
            )
    return found
