"""What a template is made of: itself with all that it extends, includes and imports.

Found by reading, not by parsing: most builds print nothing and then need no Jinja at all. What is
read too generously (a tag inside a comment) only makes a page anew that need not be.
"""

from __future__ import annotations

import re

from generator.engine import digest
from generator.theme.layers import Layers

_TAG = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.S)
_ONE_NAME = re.compile(
    r"""\s* (?: "([^"\\]*)" | '([^'\\]*)' ) \s*
    (?: (?:as|import) \s [\w\s,]*
      | (?:ignore\s+missing\b\s*)? (?:with(?:out)?\s+context\b\s*)? )
    [-+]? """,
    re.X,
)
"""A name that is written out, and nothing else that could choose another."""


def closures(layers: Layers) -> dict[str, str]:
    """The digest of every template with everything that it can reach.

    A template that chooses what to include while it runs (`{% include name %}`) can reach all, the
    files under `static/` too: a drawing may be printed into a page.
    """
    direct = {name: _mentions(name, layers) for name in layers.templates}
    while parts := frozenset().union(*direct.values()) - direct.keys():
        direct |= {name: _mentions(name, layers) for name in parts}
    return {name: _digest(name, direct, layers) for name in layers.templates}


def _mentions(name: str, layers: Layers) -> frozenset[str]:
    text = layers.files[name].data.decode("utf-8", "replace")
    found = set()
    for tag in _TAG.finditer(text):
        named = _ONE_NAME.fullmatch(tag[1])
        if not named:
            return frozenset(layers.files)
        found.add(named[1] or named[2])
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
