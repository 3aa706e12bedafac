"""What a template is made of: itself with all that it extends, includes and imports."""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, meta

from generator.engine import digest
from generator.theme.layers import Layers


def closures(layers: Layers, environment: Environment) -> dict[str, str]:
    """The digest of every template with everything that it can reach.

    A template that chooses what to include while it runs (`{% include name %}`) can reach all, the
    files under `static/` too: a drawing may be printed into a page.
    """
    direct = {name: _mentions(name, layers, environment) for name in layers.templates}
    while parts := frozenset().union(*direct.values()) - direct.keys():
        direct |= {name: _mentions(name, layers, environment) for name in parts}
    return {name: _digest(name, direct, layers) for name in layers.templates}


def _mentions(name: str, layers: Layers, environment: Environment) -> frozenset[str]:
    text = layers.files[name].data.decode("utf-8", "replace")
    try:
        found = set(meta.find_referenced_templates(environment.parse(text)))
    except TemplateSyntaxError:
        return frozenset()  # it is reported when it is rendered
    if None in found:
        return frozenset(layers.files)
    return frozenset(n for n in found if n in layers.files)


def _digest(name: str, direct: dict[str, frozenset[str]], layers: Layers) -> str:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting.extend(direct.get(current, ()))
    return digest.of_value([(n, layers.files[n].digest) for n in sorted(reached)])
