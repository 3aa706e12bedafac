"""Write keys into an article's front matter with the smallest edit: all else stays byte for byte."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import asdict
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from generator.config.nearest import fold
from generator.config.sheet import sheet_of
from generator.config.yaml_nodes import compose, is_nothing
from generator.content.front_matter import read_front_matter
from generator.content.other_words import ALIASES
from generator.model.front_matter import FrontMatter

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_BARE = re.compile(r"[\w/](?:[\w/.:-]*[\w/-])?")
_OTHER_KIND = re.compile(r"[\d.eE+:]+|true|false|yes|no|on|off|null", re.IGNORECASE)
_FORMER = frozenset((fold("aliases"), *(fold(n) for n, key in ALIASES.items() if key == "aliases")))
"""Every name under which an author may keep former addresses."""
_ZONE = ZoneInfo("UTC")


class Unwritable(Exception):  # noqa: N818 - it says what could not be done
    """The front matter is written in a way into which nothing can be put safely."""


class _Lines(Struct):
    """The lines of a file: texts and what ends each, so that joined they are the file again."""

    texts: list[str]
    ends: list[str]
    close: int
    """Index of the line that closes the front matter."""


def with_keys(text: str, values: Mapping[str, str], alias: str = "") -> str:
    """The file with new keys at the end of its front matter, and one alias more.

    `text` has its own line ends and perhaps a BOM; `values` are plain texts by key. Raises
    Unwritable when what is read afterwards would not be exactly what was meant.
    """
    lines = _lines(text)
    root = _root(lines)
    if alias:
        _add_alias(lines, root, alias)
        root = _root(lines)
    for key, value in values.items():
        _append(lines, root, key, _scalar(value))
        root = _root(lines)
    made = "".join(t + e for t, e in zip(lines.texts, lines.ends, strict=True))
    if not _is_meant(text, made, values, alias):
        raise Unwritable
    return made


def _lines(text: str) -> _Lines:
    rows = [row for row in _LINE.findall(text) if row]
    texts = [row.rstrip("\r\n") for row in rows]
    ends = [row[len(plain) :] for row, plain in zip(rows, texts, strict=True)]
    if not texts or texts[0].removeprefix("\ufeff").rstrip() != "---":
        raise Unwritable
    close = next((n for n, t in enumerate(texts) if n and _FENCE.match(t)), 0)
    if not close:
        raise Unwritable
    return _Lines(texts, ends, close)


def _root(lines: _Lines) -> MappingNode | None:
    """The tree of the front matter; None when it is empty."""
    matter = "\n".join(lines.texts[1 : lines.close])
    root = compose(sheet_of(matter, "")).root
    if root is None or is_nothing(root):
        return None
    if not isinstance(root, MappingNode):
        raise Unwritable
    return root


def _append(lines: _Lines, root: MappingNode | None, key: str, value: str) -> None:
    if root is not None and root.flow_style:
        comma = ", " if root.value else ""
        _insert(lines, root.end_mark.line, root.end_mark.column - 1, f'{comma}"{key}": {value}')
        return
    indent = " " * (root.start_mark.column if root is not None else 0)
    _add_line(lines, lines.close, f"{indent}{key}: {value}")


def _add_alias(lines: _Lines, root: MappingNode | None, alias: str) -> None:
    """Put an alias where the author keeps them: in a list of either form, or a new one."""
    node = _value_of(root, _FORMER)
    if node is None:
        _append(lines, root, "aliases", f"[{_scalar(alias)}]")
    elif isinstance(node, SequenceNode) and node.flow_style:
        comma = ", " if node.value else ""
        _insert(lines, node.end_mark.line, node.end_mark.column - 1, comma + _scalar(alias))
    elif isinstance(node, SequenceNode):
        last = node.value[-1]
        indent = " " * node.start_mark.column
        _add_line(lines, last.end_mark.line + 2, f"{indent}- {_scalar(alias)}")
    elif isinstance(node, ScalarNode) and not is_nothing(node):
        _insert(lines, node.end_mark.line, node.end_mark.column, f", {_scalar(alias)}]")
        _insert(lines, node.start_mark.line, node.start_mark.column, "[")
    else:
        _insert(lines, node.start_mark.line, node.start_mark.column, f" [{_scalar(alias)}]")


def _value_of(root: MappingNode | None, names: frozenset[str]) -> Node | None:
    """The value of a key that may have several names."""
    given: list[tuple[Node, Node]] = root.value if root is not None else []
    return next((v for k, v in given if isinstance(k, ScalarNode) and fold(k.value) in names), None)


def _insert(lines: _Lines, line: int, column: int, text: str) -> None:
    """Put text into a line of the matter; YAML counts the characters of composed text."""
    row = lines.texts[line + 1]
    composed = unicodedata.normalize("NFC", row)
    lines.texts[line + 1] = composed[:column] + text + composed[column:]


def _add_line(lines: _Lines, at: int, text: str) -> None:
    at = min(at, lines.close)
    lines.texts.insert(at, text)
    lines.ends.insert(at, lines.ends[0])
    lines.close += 1


def _scalar(text: str) -> str:
    """A text as YAML on one line, bare where that is safe in any place."""
    is_bare = _BARE.fullmatch(text) and not _OTHER_KIND.fullmatch(text)
    return text if is_bare else json.dumps(text, ensure_ascii=False)


def _is_meant(before: str, after: str, values: Mapping[str, str], alias: str) -> bool:
    """Whether the new file says what the old one said, and the new values, and nothing else."""
    old, new = _read(before), _read(after)
    if old is None or new is None or old[1] != new[1]:
        return False
    was, now = asdict(old[0]), asdict(new[0])
    for key, value in values.items():
        said = now.pop(key)
        was.pop(key)
        if str(said) != value and not str(said).startswith(value):  # a date has its time now
            return False
    if alias:
        was["aliases"] = (*was["aliases"], alias)
    return was == now


def _read(text: str) -> tuple[FrontMatter, str] | None:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    taken = read_front_matter(unicodedata.normalize("NFC", plain), "", _ZONE, "fr")
    return (taken.matter, taken.body) if taken.matter is not None else None
