"""YAML nodes to one of our structs, by its annotated fields; every mistake comes back at once.

The schema rules: a text field takes exactly what was typed, so `no`, `12:30` and `0123` stay texts,
and no field depends on what YAML would have made of a value.
"""

from __future__ import annotations

import types
from collections.abc import Collection, Mapping
from functools import cache
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from msgspec import UNSET, Meta, Struct
from msgspec.structs import fields
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from generator.config.nearest import fold, nearest
from generator.config.shaper import Reader, Shaper, Spot
from generator.config.sheet import Sheet, clean
from generator.config.values import (
    BOOLEANS,
    limited,
    read_any,
    read_boolean,
    read_choice,
    read_integer,
)
from generator.config.yaml_nodes import Renamed, is_nothing, pairs
from generator.model.diagnostic import Diagnostic, Place

T = TypeVar("T")

_NO_ALIASES: Mapping[str, str] = {}


class Shaped(Struct, Generic[T], frozen=True):
    """What a tree of nodes became."""

    value: T | None
    """The struct, without the values that are wrong; None when it cannot exist without one."""
    problems: tuple[Diagnostic, ...]
    places: dict[str, Place]
    """Where the value of each given key stands, by the key's canonical name (`theme.accent`)."""


def shape(
    node: Node | None,
    kind: type[T],
    *,
    sheet: Sheet,
    aliases: Mapping[str, str] = _NO_ALIASES,
    readers: Mapping[Any, Reader] | None = None,
    comma_lists: Collection[str] = (),
    unsuggested: Collection[str] = (),
) -> Shaped[T]:
    """Read a mapping as a `kind`, which is a struct whose fields are annotated.

    `aliases` are other names of its keys, all but `unsuggested` good for "did you mean";
    `readers` read a type or a key in their own way; `comma_lists` are the keys whose single text is
    a list with commas. Raises TypeError for a struct with a field that nothing here can read.
    """
    shaper = Shaper(sheet, readers or {}, comma_lists, unsuggested)
    top, schema = Spot("", ""), cast(Any, kind)
    if node is None or is_nothing(node):
        value = UNSET if _required(schema) else kind()
    else:
        value = struct(shaper, node, schema, top, aliases)
    return Shaped(None if value is UNSET else value, tuple(shaper.problems), shaper.places)


def struct(
    shaper: Shaper,
    node: Node,
    kind: Any,
    spot: Spot,
    aliases: Mapping[str, str] = _NO_ALIASES,
) -> Any:
    """Read a mapping as a struct, key by key; UNSET when something indispensable is missing."""
    if not isinstance(node, MappingNode):
        return shaper.wrong("not-a-mapping", node, key=spot.key, value=shaper.found(node))
    readers, own = _readers(kind), shaper.readers
    values: dict[str, Any] = {}
    given: dict[str, tuple[ScalarNode, Node]] = {}
    for key, value in pairs(node):
        if not isinstance(key, ScalarNode):
            shaper.wrong("not-a-key", key, value=shaper.found(key))
            continue
        known = key.value in readers and not isinstance(key, Renamed)
        name = key.value if known else _canonical(key, kind, aliases)
        inner = spot.inside(key.value, name)
        if not name:
            _unknown(shaper, key, inner.key, readers, aliases)
        elif name in given:
            _twice(shaper, (key, value), given[name], inner.key)
        else:
            given[name] = key, value
            shaper.places[inner.name] = shaper.sheet.place(value.start_mark)
            reading = (own.get(inner.name) or readers[name])(shaper, value, inner)
            if reading is not UNSET:
                values[name] = reading
    lacking = [name for name in _required(kind) if name not in values]
    for name in lacking:
        if name not in given or is_nothing(given[name][1]):
            shaper.wrong("missing-key", node, key=spot.inside(name, name).key)
    return UNSET if lacking else kind(**values)


def same(one: Node, other: Node) -> bool:
    """Whether two values say the same, so that giving both does no harm."""
    if isinstance(one, ScalarNode) and isinstance(other, ScalarNode):
        meant = BOOLEANS.get(one.value.lower())
        return one.value.strip() == other.value.strip() or (
            meant is not None and meant == BOOLEANS.get(other.value.lower())
        )
    if isinstance(one, SequenceNode) and isinstance(other, SequenceNode):
        return len(one.value) == len(other.value) and all(map(same, one.value, other.value))
    return False


def _canonical(key: ScalarNode, kind: Any, aliases: Mapping[str, str]) -> str:
    """The schema's name for what the author typed; empty when it knows none."""
    if isinstance(key, Renamed):
        return key.meant
    if key.value in aliases:
        return aliases[key.value]
    folded = fold(key.value)
    known = {**{fold(alias): name for alias, name in aliases.items()}, **_folded_names(kind)}
    return known.get(folded, "")


def _unknown(
    shaper: Shaper, node: ScalarNode, key: str, names: Collection[str], aliases: Collection[str]
) -> None:
    suggested = [*names, *(alias for alias in aliases if alias not in shaper.unsuggested)]
    if near := nearest(node.value, suggested):
        shaper.wrong("unknown-key", node, key=clean(key), nearest=near)
    else:
        shaper.wrong("unknown-key-unlike", node, key=clean(key), known=", ".join(names))


def _twice(
    shaper: Shaper, again: tuple[ScalarNode, Node], first: tuple[ScalarNode, Node], key: str
) -> None:
    """Two names for one key may agree; the same name twice, or two values, may not."""
    if again[0].value != first[0].value and same(again[1], first[1]):
        return
    line = shaper.sheet.place(first[0].start_mark).line
    shaper.wrong("duplicate-key", again[0], key=key, first=first[0].value, first_line=line)


# From annotations to readers: each of these makes the reader of one kind of type, once.


@cache
def _readers(kind: Any) -> dict[str, Reader]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: _reader(hints[field.name]) for field in fields(kind)}


@cache
def _required(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.required)


@cache
def _folded_names(kind: Any) -> dict[str, str]:
    return {fold(name): name for name in _readers(kind)}


def _reader(hint: Any) -> Reader:
    """The reader of a type. Raises TypeError for a type that front matter has no words for."""
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        limits = [each for each in arguments[1:] if isinstance(each, Meta)]
        return limited(_reader(arguments[0]), limits)
    if origin in (Union, types.UnionType):
        return _reader(next(each for each in arguments if each is not type(None)))
    if origin is Literal:
        return read_choice(arguments)
    if origin is tuple:
        return _list(arguments[0])
    if origin is dict:
        return _dictionary(_reader(arguments[1]))
    return _own_way(hint)


def _list(hint: Any) -> Reader:
    read = _reader(hint)
    always_split = hint is int or get_origin(hint) is Literal

    def read_list(shaper: Shaper, node: Node, spot: Spot) -> Any:
        split = always_split or spot.name in shaper.comma_lists
        return shaper.items(node, spot, read, split=split)

    return read_list


def _dictionary(read: Reader) -> Reader:
    def read_dictionary(shaper: Shaper, node: Node, spot: Spot) -> Any:
        if is_nothing(node):
            return UNSET
        if not isinstance(node, MappingNode):
            return shaper.wrong("not-a-mapping", node, key=spot.key, value=shaper.found(node))
        values: dict[str, Any] = {}
        first: dict[str, tuple[ScalarNode, Node]] = {}
        for key, value in pairs(node):
            if not isinstance(key, ScalarNode):
                shaper.wrong("not-a-key", key, value=shaper.found(key))
                continue
            inner = spot.inside(key.value, key.value)
            if key.value in first:
                _twice(shaper, (key, value), first[key.value], inner.key)
                continue
            first[key.value] = key, value
            reading = read(shaper, value, Spot(inner.key, spot.name))
            if reading is not UNSET:
                values[clean(key.value)] = reading
        return values

    return read_dictionary


def _own_way(hint: Any) -> Reader:
    """A struct is read by its fields, unless the caller has a reader for it; a date needs one."""
    is_struct = isinstance(hint, type) and issubclass(hint, Struct)

    def read_own(shaper: Shaper, node: Node, spot: Spot) -> Any:
        if reader := shaper.readers.get(hint):
            return reader(shaper, node, spot)
        if not is_struct:
            raise TypeError(f"no reader for {hint!r}")
        return UNSET if is_nothing(node) else struct(shaper, node, hint, spot)

    return read_own


_SIMPLE: dict[Any, Reader] = {
    str: Shaper.text,
    bool: read_boolean,
    int: read_integer,
    Any: read_any,
}
