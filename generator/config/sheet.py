"""A piece of YAML as its author wrote it: what a position in it means, and what stands there."""

from __future__ import annotations

import re

from msgspec import Struct
from yaml import MappingNode, Mark, Node, ScalarNode, SequenceNode

from generator.model.diagnostic import Diagnostic, Place, error, warning

UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""Characters that are no text: XML has no place for them, and YAML refuses most."""

STAND_IN = "\U0001fffe"
"""Takes the place of an unwanted character while YAML is read, so that columns stay true.

Unicode promises that it is never a character; YAML lets it pass.
"""

_LINE_BREAKS = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_COMMENT = re.compile(r"\s#(?:\s|$)")
_HASHED = re.compile(r"\s+#[^\s#].*")


class Sheet(Struct, frozen=True):
    """Lines of YAML from one file of the newsletter."""

    path: str
    """The file's path, relative to the newsletter's folder."""
    lines: tuple[str, ...]
    """Its lines, as written."""
    first_line: int = 1
    """The number of the first of them in the file."""
    unclean: bool = False
    """Whether unwanted characters may be in it, as they are or as `\\0`."""
    hashed: bool = False
    """Whether a `#` follows a space somewhere, which may be a comment or a hashtag."""

    def place(self, mark: Mark) -> Place:
        """Where YAML's position (from 0) is in the author's file (from 1)."""
        return Place(self.path, mark.line + self.first_line, mark.column + 1)

    def line(self, mark: Mark) -> str:
        """The author's line at a position."""
        return self.row(mark.line)

    def row(self, number: int) -> str:
        """The author's line by its index, with `�` for what no terminal should be sent."""
        line = self.lines[number] if number < len(self.lines) else ""
        return UNWANTED.sub("�", line) if self.unclean else line

    def error(self, code: str, mark: Mark, **values: object) -> Diagnostic:
        """A mistake at this position."""
        return error(code, self.place(mark), line_text=self.line(mark), **values)

    def warning(self, code: str, mark: Mark, **values: object) -> Diagnostic:
        """Something worth knowing at this position."""
        return warning(code, self.place(mark), line_text=self.line(mark), **values)


def sheet_of(text: str, path: str, first_line: int = 1) -> Sheet:
    """Lay a text with `\\n` line ends out as lines."""
    return Sheet(
        path=path,
        lines=tuple(text.split("\n")),
        first_line=first_line,
        unclean="\\" in text or UNWANTED.search(text) is not None,
        hashed="\t#" in text or " #" in text,
    )


def in_file_order(problems: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Problems in the order of the file; missing quotes are explained once only."""
    kept: list[Diagnostic] = []
    explained = False
    for problem in sorted(problems, key=lambda each: each.place):
        if problem.code == "unquoted-text" and explained:
            continue
        explained = explained or problem.code == "unquoted-text"
        kept.append(problem)
    return tuple(kept)


def readable(text: str) -> str:
    """The text as YAML can read it, every character still in its column."""
    return UNWANTED.sub(STAND_IN, _LINE_BREAKS.sub(" ", text))


def clean(text: str) -> str:
    """Take out what is no text, and what stood in for it."""
    return UNWANTED.sub("", _LINE_BREAKS.sub(" ", text).replace(STAND_IN, ""))


def cleaned(sheet: Sheet, node: ScalarNode, problems: list[Diagnostic]) -> str:
    """A value without what is no text; warns of what was written as an escape such as `\\0`."""
    value: str = node.value
    if not sheet.unclean:
        return value
    if bad := UNWANTED.search(value):
        character = f"U+{ord(bad[0]):04X}"
        problems.append(sheet.warning("control-character", node.start_mark, character=character))
    return clean(value)


def as_typed(sheet: Sheet, node: Node) -> str | None:
    """Give back a mapping of one line as the text that it was meant to be, or None.

    `- Microsoft : le plan` is a mapping to YAML, and a sentence to its author.
    """
    if not isinstance(node, MappingNode) or len(node.value) != 1:
        return None
    key, value = node.value[0]
    start, end = node.start_mark, value.end_mark
    if not isinstance(key, ScalarNode) or key.start_mark.line != value.start_mark.line:
        return None
    if _is_a_block(value) or sheet.line(start)[start.column : start.column + 1] in ("{", "?"):
        return None
    lines = list(sheet.lines[start.line : end.line + 1])
    if node.flow_style:
        lines[-1] = lines[-1][: end.column]
    lines[0] = lines[0][start.column :]
    return " ".join(without_comment(line).strip() for line in lines)


def hashtag_after(sheet: Sheet, mark: Mark) -> str:
    """The text from a `#` that follows this position and is not followed by a space itself.

    To YAML `title: Numéro #12` is `Numéro` and a comment; to its author it is not.
    """
    found = _HASHED.match(sheet.line(mark), mark.column)
    return without_comment(found[0]).rstrip() if found else ""


def without_comment(line: str) -> str:
    """A line up to a comment that is clearly one: `#` between spaces."""
    found = _COMMENT.search(line)
    return line[: found.start()] if found else line


def quoted(text: str) -> str:
    """A text in the quotes that YAML wants."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _is_a_block(node: Node) -> bool:
    if isinstance(node, ScalarNode):
        return node.style in ("|", ">")
    return isinstance(node, MappingNode | SequenceNode) and not node.flow_style
