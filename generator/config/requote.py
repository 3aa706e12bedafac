"""Put quotes around texts that YAML cannot read as they stand: `title: IA : le point`.

French puts a space before a colon, and YAML takes a colon with a space for the end of a key. When
YAML has refused a file, this reads it line by line, as its author did, and quotes the values that
can only be texts. Lines that nothing is wrong with stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.config.sheet import without_comment

_ENTRY = re.compile(
    r"""(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)
    (?:(?P<key>[^\s:#'"\[\]{}&*!|>@`%,?-][^:#]*):(?=[\s]|$))?
    (?P<gap>[\s]*)(?P<value>.*)""",
    re.VERBOSE,
)
_PLAIN_KEY = re.compile(r"[\w-]+(?: [\w-]+)?")
_NEXT_KEY = re.compile(r"\s*(?:-\s|[\w-]+:(?:\s|$))")
_STRUCTURE = re.compile(r"\s*(?:-\s|[\w-]+[ \u00a0\u202f]?:(?:\s|$))")
_ODD_START = re.compile(r"[@`%,|>\]}]|\*(?![\w-]+\s*$)|[&!](?:\s|$)|[-?]\s")
_COLON = re.compile(r":(?:\s|$)")
_BLOCK = re.compile(r"(?:[&!]\S+\s+)*[|>][-+0-9]*(?:\s+#.*)?$")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_FLOW = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}")


class Requoted(Struct, frozen=True):
    """One text that got quotes."""

    line: int
    """Index of the line."""
    column: int
    """Index of the text's first character in it."""
    key: str
    """The key that it belongs to; empty in a list."""
    text: str
    """What the author typed."""


class _Entry(Struct, frozen=True):
    line: int
    indent: int
    column: int
    key: str
    value: str

    @property
    def below(self) -> re.Pattern[str]:
        """What a deeper line must not look like to be the rest of this text.

        After a key no mapping can follow, so `mot : suite` is prose; in a list one may.
        """
        return _NEXT_KEY if self.key else _STRUCTURE


def requote(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[Requoted, ...]]:
    """The lines with quotes where they are missing, and what got them."""
    fixed = [_with_plain_spaces(line) for line in lines]
    done: list[Requoted] = []
    for entry in _entries(fixed):
        last = _last_line(fixed, entry)
        text = _meant_text(lines, entry, last)
        if text is None:
            continue
        doubled = text.replace("'", "''")
        fixed[entry.line] = f"{fixed[entry.line][: entry.column]}'{doubled}'"
        fixed[entry.line + 1 : last + 1] = [""] * (last - entry.line)
        done.append(Requoted(entry.line, entry.column, entry.key, text))
    return tuple(fixed), tuple(done)


def _entries(lines: Sequence[str]) -> Iterator[_Entry]:
    """Every line that opens a value on itself; what is inside block texts is passed over."""
    block_indent: int | None = None
    closing = ""
    for number, line in enumerate(lines):
        if block_indent is not None and (not line.strip() or _indent(line) > block_indent):
            continue
        block_indent = None
        if closing:
            closing = "" if closing in line else closing
            continue
        entry = _entry(lines, number)
        if entry is None:
            continue
        if _BLOCK.match(entry.value):
            block_indent = entry.indent
        elif opener := _left_open(entry.value):
            closing = opener
        else:
            yield entry


def _entry(lines: Sequence[str], number: int) -> _Entry | None:
    line = lines[number]
    found = _ENTRY.match(line)
    if not found or not (found["dashes"] or found["key"]):
        return None
    key = found["key"] or ""
    indent = len(found["indent"])
    if found["dashes"] and not _is_a_key(key, lines, number):
        column = found.end("dashes")
        return _Entry(number, indent, column, "", line[column:])
    column = found.start("value")
    return _Entry(number, indent + len(found["dashes"]), column, key.strip(), found["value"])


def _is_a_key(key: str, lines: Sequence[str], number: int) -> bool:
    """Whether what precedes a colon in a list is a key, and not the start of a sentence."""
    if not _PLAIN_KEY.fullmatch(key.strip()):
        return False
    return key == key.strip() or _structure_below(lines, number, _indent(lines[number]))


def _structure_below(
    lines: Sequence[str], number: int, indent: int, pattern: re.Pattern[str] = _STRUCTURE
) -> bool:
    """Whether the next line is deeper than this and has a key or a dash of its own."""
    below = lines[number + 1] if number + 1 < len(lines) else ""
    return _indent(below) > indent and pattern.match(below) is not None


def _left_open(value: str) -> str:
    """The sign that must come in a later line to close what this value opens; empty for none."""
    if value[:1] in ('"', "'"):
        return value[0] if value.count(value[0]) == 1 else ""
    if value[:1] in ("[", "{"):
        closing = "]" if value[0] == "[" else "}"
        return closing if closing not in value else ""
    return ""


def _last_line(lines: Sequence[str], entry: _Entry) -> int:
    """The last of the deeper lines on which the author went on with the same sentence."""
    last = entry.line
    for number in range(entry.line + 1, len(lines)):
        line = lines[number]
        if not line.strip() or _indent(line) <= entry.indent or line.lstrip().startswith("#"):
            break
        if entry.below.match(line):
            return entry.line
        last = number
    return last


def _meant_text(lines: Sequence[str], entry: _Entry, last: int) -> str | None:
    """The value as typed when it can only be a text that lacks quotes; None when it is fine."""
    typed = [lines[entry.line][entry.column :], *lines[entry.line + 1 : last + 1]]
    text = " ".join(without_comment(line).strip() for line in typed)
    if not text.strip() or text[0] == "#" or not _chokes(text):
        return None
    if last == entry.line and _structure_below(lines, entry.line, entry.indent, entry.below):
        return None
    if text[0] in "\"'" and text[-1] == text[0]:
        return text[1:-1]
    return text


def _chokes(text: str) -> bool:
    """Whether YAML would refuse this value, or see a key in it."""
    for opening, whole in (('"', _DOUBLE), ("'", _SINGLE)):
        if text.startswith(opening):
            return whole.fullmatch(text) is None and text.count(opening) > 1
    if text[0] in "[{":
        closed = _FLOW.match(text)
        return closed is not None and closed.end() < len(text) and text[closed.end()] not in ",]}"
    return bool(_ODD_START.match(text) or _COLON.search(text))


def _with_plain_spaces(line: str) -> str:
    """Make ordinary spaces of no-break spaces where YAML needs spaces: before and after a key."""
    if "\u00a0" not in line and "\u202f" not in line:
        return line
    found = re.match(r"[\s-]*(?:[\w-]+\s*:(?=\s))?\s*", line)
    head = found.end() if found else 0
    return line[:head].replace("\u00a0", " ").replace("\u202f", " ") + line[head:]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
