"""What readers of YAML values share: the sheet, the mistakes so far, and the reading of texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from msgspec import UNSET
from yaml import Node, ScalarNode, SequenceNode

from generator.config.sheet import Sheet, as_typed, clean, cleaned, hashtag_after, quoted
from generator.config.yaml_nodes import is_nothing
from generator.model.diagnostic import Diagnostic, Place

_LONGEST_QUOTE = 60


class Spot(NamedTuple):
    """Which key is being read."""

    key: str
    """As the author spells it, with those around it: `theme.accent`, `sources.2.url`."""
    name: str
    """As the schema spells it."""

    def inside(self, key: str, name: str) -> Spot:
        """A key inside this one."""
        return Spot(f"{self.key}.{key}", f"{self.name}.{name}") if self.key else Spot(key, name)


class Shaper:
    """Reads nodes of one sheet, and notes what is wrong and where things stand."""

    def __init__(
        self,
        sheet: Sheet,
        readers: Mapping[Any, Any],
        comma_lists: Collection[str],
        unsuggested: Collection[str],
    ) -> None:
        self.sheet = sheet
        self.readers = readers
        self.comma_lists = comma_lists
        self.unsuggested = unsuggested
        self.problems: list[Diagnostic] = []
        self.places: dict[str, Place] = {}

    def wrong(self, code: str, node: Node, **values: object) -> Any:
        """Note a mistake; the result stands for the value that is missing because of it."""
        self.problems.append(self.sheet.error(code, node.start_mark, **values))
        return UNSET

    def text(self, node: Node, spot: Spot) -> Any:
        """A text, exactly as it was typed."""
        if not isinstance(node, ScalarNode):
            typed = as_typed(self.sheet, node)
            if typed is None:
                return self.wrong("not-a-text", node, key=spot.key, value=self.found(node))
            return self._understood(node, spot, typed)
        if self.sheet.hashed and not node.style and (typed := self._with_hashtag(node)):
            return self._understood(node, spot, typed)
        if is_nothing(node):
            return UNSET
        value = cleaned(self.sheet, node, self.problems)
        return value.strip("\n") if node.style in ("|", ">") else value

    def items(self, node: Node, spot: Spot, read: Reader, *, split: bool) -> Any:
        """A list, or a single value in its place, or (when `split`) a text with commas."""
        if is_nothing(node) and not self.sheet.hashed:
            return UNSET
        if isinstance(node, SequenceNode):
            nodes = list(node.value)
        elif split and isinstance(node, ScalarNode):
            text = self.text(node, spot)
            nodes = [] if text is UNSET else split_at_commas(node, text)
        else:
            nodes = [node]
        found = []
        for number, item in enumerate(nodes):
            value = read(self, item, spot.inside(str(number + 1), str(number)))
            if value is not UNSET:
                found.append(value)
        return tuple(found) if found or not is_nothing(node) else UNSET

    def found(self, node: Node) -> str:
        """What the author wrote, short enough to be quoted."""
        line = self.sheet.line(node.start_mark)
        if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
            text = clean(node.value)
        else:
            text = line[node.start_mark.column :].strip()
        return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"

    def _with_hashtag(self, node: ScalarNode) -> str:
        start, end = node.start_mark, node.end_mark
        if start.line != end.line or not (rest := hashtag_after(self.sheet, end)):
            return ""
        return (self.sheet.lines[start.line][start.column : end.column] + rest).strip()

    def _understood(self, node: Node, spot: Spot, typed: str) -> str:
        key = spot.key.rpartition(".")[2]
        before = self.sheet.line(node.start_mark)[: node.start_mark.column]
        prefix = "" if key.isdigit() else f"{key}: "
        prefix = "- " if before.endswith("- ") else prefix
        typed = clean(typed)
        self._warn("unquoted-text", node, value=typed, quoted=prefix + quoted(typed))
        return typed

    def _warn(self, code: str, node: Node, **values: object) -> None:
        self.problems.append(self.sheet.warning(code, node.start_mark, **values))


Reader = Callable[[Shaper, Node, Spot], Any]
"""Reads one value; UNSET means that it was not given, or that what is wrong with it was said."""


def split_at_commas(node: ScalarNode, text: str) -> list[Node]:
    """The parts of `IA, OpenAI`, as nodes where the whole text stands."""
    parts = (part.strip() for part in text.split(","))
    return [
        ScalarNode("tag:yaml.org,2002:str", part, node.start_mark, node.end_mark, style='"')
        for part in parts
        if part
    ]
