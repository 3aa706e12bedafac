"""Values that no schema describes (`extra`, targets): plain data, whatever the YAML says."""

from __future__ import annotations

import re
from typing import Any, cast

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from generator.config.sheet import Sheet, clean, cleaned
from generator.config.yaml_nodes import pairs
from generator.model.diagnostic import Diagnostic

_YES = frozenset(("true", "yes", "on"))
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,30}")


def plain(node: Node, sheet: Sheet, problems: list[Diagnostic], key: str = "") -> Any:
    """Dicts, lists, texts, booleans, numbers and None; mistakes are added to `problems`.

    Dates stay texts, and so does what only looks like a number: `12:30`, `0123`, `1_000`, `0x1F`.
    Numbers are those that a cache and JSON can hold.
    """
    if isinstance(node, SequenceNode):
        items = enumerate(node.value, 1)
        return [plain(item, sheet, problems, f"{key}.{number}") for number, item in items]
    if isinstance(node, MappingNode):
        return _mapping(node, sheet, problems, key)
    return _scalar(node, sheet, problems)


def _mapping(
    node: MappingNode, sheet: Sheet, problems: list[Diagnostic], key: str
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    first: dict[str, int] = {}
    for name, value in pairs(node):
        mark = name.start_mark
        if not isinstance(name, ScalarNode):
            problems.append(sheet.error("not-a-key", mark, value=sheet.line(mark)[mark.column :]))
            continue
        inner = f"{key}.{name.value}"
        if name.value in first:
            line = first[name.value]
            said = {"key": clean(inner), "first": clean(name.value), "first_line": line}
            problems.append(sheet.error("duplicate-key", mark, **said))
            continue
        first[name.value] = sheet.place(mark).line
        values[cleaned(sheet, name, problems)] = plain(value, sheet, problems, inner)
    return values


def _scalar(node: Node, sheet: Sheet, problems: list[Diagnostic]) -> Any:
    text = cleaned(sheet, cast(ScalarNode, node), problems)
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in _YES
    if kind == "int" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "float" and _DECIMAL.fullmatch(text):
        return float(text)
    return text
