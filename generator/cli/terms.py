"""Things that diagnostics name and that are ours, not the author's, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from generator.cli.words import FALLBACK, Words, table


def origin(text: str, words: Words) -> str:
    """What an author would call the source of an output; paths stay as they are."""
    for name, pattern in _origins():
        if found := pattern.fullmatch(text):
            return words.say(f"origins.{name}", **found.groupdict())
    return text


def kind(name: str, words: Words) -> str:
    """What a template is given, by the name of its type."""
    return words.say(f"kinds.{name}" if words.has(f"kinds.{name}") else "kinds.other")


TERMS: dict[tuple[str, str], Callable[[str, Words], str]] = {
    ("same-address", "one"): origin,
    ("same-address", "other"): origin,
    ("template-name", "kind"): kind,
    ("template-nothing", "kind"): kind,
}
"""By code and name of the value."""


@cache
def _origins() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The English texts, which outputs give, as patterns."""
    texts: dict[str, str] = table("console", FALLBACK)["origins"]
    return tuple(
        (name, re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(text)), re.DOTALL))
        for name, text in texts.items()
    )
