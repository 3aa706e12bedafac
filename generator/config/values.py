"""Readers of single values: booleans, numbers, choices, and plain data."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Meta
from yaml import Node, ScalarNode

from generator.config.nearest import fold, nearest
from generator.config.plain import plain
from generator.config.shaper import Reader, Shaper, Spot
from generator.config.yaml_nodes import is_nothing

BOOLEANS = {
    **dict.fromkeys(("true", "yes", "on", "oui", "vrai"), True),
    **dict.fromkeys(("false", "no", "off", "non", "faux"), False),
}
"""The words for yes and no, without regard to case."""

_LONGEST_NUMBER = 15


def read_any(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """Whatever stands there, as plain data."""
    return plain(node, shaper.sheet, shaper.problems, spot.key)


def read_boolean(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """True or false, by one of the words for them."""
    if is_nothing(node):
        return UNSET
    meant = BOOLEANS.get(node.value.lower()) if isinstance(node, ScalarNode) else None
    if meant is None:
        return shaper.wrong("not-a-boolean", node, key=spot.key, value=shaper.found(node))
    return meant


def read_integer(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """A whole number in digits, quoted or not."""
    if is_nothing(node):
        return UNSET
    text = node.value if isinstance(node, ScalarNode) else ""
    digits = text.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
        return shaper.wrong("not-a-number", node, key=spot.key, value=shaper.found(node))
    return int(text)


def limited(read: Reader, limits: list[Meta]) -> Reader:
    """The same reader, held to `ge` and `le`."""
    least = next((each.ge for each in limits if each.ge is not None), None)
    most = next((each.le for each in limits if each.le is not None), None)
    if least is None and most is None:
        return read

    def within_limits(shaper: Shaper, node: Node, spot: Spot) -> Any:
        value = read(shaper, node, spot)
        if value is UNSET:
            return value
        if least is not None and value < least:
            return shaper.wrong("number-too-small", node, key=spot.key, value=value, least=least)
        if most is not None and value > most:
            return shaper.wrong("number-too-large", node, key=spot.key, value=value, most=most)
        return value

    return within_limits


def read_choice(choices: tuple[str, ...]) -> Reader:
    """A reader of one of these texts, in any case."""

    def choose(shaper: Shaper, node: Node, spot: Spot) -> Any:
        text = shaper.text(node, spot)
        if text is UNSET or text in choices:
            return text
        meant = next((each for each in choices if fold(each) == fold(text)), None)
        if meant is not None:
            return meant
        near = nearest(text, choices, always=True)
        listed = ", ".join(choices)
        found = shaper.found(node)
        return shaper.wrong(
            "not-a-choice", node, key=spot.key, value=found, choices=listed, nearest=near
        )

    return choose
