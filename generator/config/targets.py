"""The places of `publish` in newsletter.yaml: a named mapping each, whose `to` says of which kind.

Their keys belong to whoever offers the kind, a plugin perhaps; so they are read when they are
wanted, by the struct that the kind names.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import UNSET, Struct
from yaml import MappingNode, Node

from generator.config.nearest import fold
from generator.config.read import sheet_and_root
from generator.config.shape import struct
from generator.config.shaper import Shaper, Spot
from generator.config.values import read_choice
from generator.config.yaml_nodes import pairs
from generator.model.diagnostic import Diagnostic


class ReadTarget(Struct, frozen=True):
    """One place as it is written down."""

    to: str
    """Its kind."""
    settings: Any


def read_target(
    folder: Path, file: Path | None, name: str, kinds: Mapping[str, type[Struct]]
) -> tuple[ReadTarget | None, tuple[Diagnostic, ...]]:
    """Read the place of a name that is there, and what is wrong with it."""
    sheet, root = sheet_and_root(folder, file)
    shaper = Shaper(sheet, {}, (), ())
    spot = Spot(f"publish.{name}", f"publish.{name}")
    node = _inside(_inside(root, "publish", "publication"), name)
    if not isinstance(node, MappingNode):
        if node is not None:
            shaper.wrong("not-a-mapping", node, key=spot.key, value=shaper.found(node))
        return None, tuple(shaper.problems)
    kind, rest = _parted(node)
    if kind is None:
        shaper.wrong("missing-key", node, key=f"{spot.key}.to")
        return None, tuple(shaper.problems)
    to = read_choice(tuple(kinds))(shaper, kind, spot.inside("to", "to"))
    if to is UNSET:
        return None, tuple(shaper.problems)
    settings = struct(shaper, rest, kinds[to], spot)
    found = None if settings is UNSET else ReadTarget(to, settings)
    return found, tuple(shaper.problems)


def _inside(node: Node | None, *names: str) -> Node | None:
    """The value of a key that has one of these names; None when there is none."""
    if not isinstance(node, MappingNode):
        return None
    wanted = {fold(name) for name in names}
    return next((value for key, value in pairs(node) if fold(str(key.value)) in wanted), None)


def _parted(node: MappingNode) -> tuple[Node | None, MappingNode]:
    """The value of `to`, and the mapping without it."""
    rest = [(key, value) for key, value in node.value if key.value != "to"]
    return _inside(node, "to"), MappingNode(node.tag, rest, node.start_mark, node.end_mark)
