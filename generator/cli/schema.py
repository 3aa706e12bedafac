"""`marbre schema`: what newsletter.yaml and the front matter may hold, for editors."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from generator.cli.command import Command
from generator.cli.console import Console, pretty
from generator.config.schema import Config
from generator.model.front_matter import FrontMatter

_TOPICS: dict[str, type[msgspec.Struct]] = {"config": Config, "front-matter": FrontMatter}
_TEXT = {"type": ["string", "number", "boolean"]}
"""`2024` and `no` are texts when that is what is wanted."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@click.command("schema", cls=Command)
@click.argument("topic", type=click.Choice(list(_TOPICS)), default="config")
@click.pass_obj
def command(console: Console, /, topic: str) -> None:
    """Print a JSON Schema."""
    console.document(json_schema(topic))


def schema_text(topic: str) -> str:
    """The JSON Schema as the text of a file."""
    return pretty(json_schema(topic)) + "\n"


def json_schema(topic: str) -> dict[str, object]:
    """The JSON Schema of `config` or `front-matter`, as forgiving as our reading of YAML is."""
    schema: dict[str, Any] = _forgiving(msgspec.json.schema(_TOPICS[topic]))
    own = schema["$defs"][_TOPICS[topic].__name__]
    own["properties"] |= _other_names(topic, own["properties"])
    if topic == "config":
        _name_targets(schema["$defs"]["PublishConfig"])
    return {"$schema": _DIALECT, **schema}


def _other_names(topic: str, known: dict[str, Any]) -> dict[str, Any]:
    """The other names of keys, each described as its own; `author` is one of `authors`."""
    from generator.config.read import ALIASES as CONFIG_NAMES
    from generator.content.other_words import ALIASES as MATTER_NAMES

    names = {"author": "authors", **(CONFIG_NAMES if topic == "config" else MATTER_NAMES)}
    others = {name: {**known[key], "description": f"= {key}"} for name, key in names.items()}
    states = {} if topic == "config" else dict.fromkeys(("status", "statut"), _TEXT)
    return others | states


def _name_targets(publish: dict[str, Any]) -> None:
    """Every other key of `publish` is a target, which says where it goes."""
    about = publish["properties"].pop("targets")
    target = {"type": "object", "required": ["to"], "properties": {"to": _TEXT}}
    publish["additionalProperties"] = {"description": about["description"], **target}


def _forgiving(node: Any) -> Any:
    if isinstance(node, list):
        return [_forgiving(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = {key: _forgiving(part) for key, part in node.items()}
    match node:
        case {"type": "object", "properties": _}:
            return node | {"additionalProperties": False}
        case {"type": "array", "items": {"$ref": _} as thing}:  # an author's name, a source's URL
            return _or_text(node | {"items": {"anyOf": [thing, _TEXT]}})
        case {"type": "array"}:
            return _or_text(node)
        case {"type": "string"} if "enum" not in node:
            return node | _TEXT
        case _:
            return node


def _or_text(node: dict[str, Any]) -> dict[str, Any]:
    about = {key: node.pop(key) for key in ("description", "default") if key in node}
    return about | {"anyOf": [node, _TEXT]}
