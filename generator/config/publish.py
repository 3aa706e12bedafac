"""How `publish` is read: `host` is ours, every other key is the author's name for a target."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET
from msgspec.structs import replace
from yaml import MappingNode, Node, ScalarNode

from generator.config.nearest import fold
from generator.config.schema import PublishConfig
from generator.config.shape import struct
from generator.config.shaper import Shaper, Spot
from generator.config.values import read_any
from generator.config.yaml_nodes import is_nothing, pairs

_HOST = "host"


def read_publish(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """The hosts that files are made for, and the targets as plain data."""
    if is_nothing(node):
        return UNSET
    if not isinstance(node, MappingNode):
        return shaper.wrong("not-a-mapping", node, key=spot.key, value=shaper.found(node))
    every = pairs(node)
    ours = [pair for pair in every if _is_host(pair[0])]
    theirs = [pair for pair in every if not _is_host(pair[0])]
    known = struct(shaper, _with(node, ours), PublishConfig, spot)
    return replace(known, targets=read_any(shaper, _with(node, theirs), spot))


def _is_host(key: Node) -> bool:
    return isinstance(key, ScalarNode) and fold(key.value) == _HOST


def _with(node: MappingNode, some: list[tuple[Node, Node]]) -> MappingNode:
    return MappingNode(node.tag, some, node.start_mark, node.end_mark)
