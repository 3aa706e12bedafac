"""Interface strings: the right plural, the numbers put in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.config.cldr import cldr


class UnknownWord(KeyError):  # noqa: N818 - named after what happened
    """A template asks for an interface string that no table has."""

    def __str__(self) -> str:
        """Name the key as a template's author would."""
        return f"no interface string is called {self.args[0]!r}"


def say(words: Mapping[str, str | dict[str, str]], lang: str, key: str, /, **values: object) -> str:
    """An interface string with its values; `n` chooses the CLDR plural. Raises UnknownWord."""
    if key not in words:
        raise UnknownWord(key)
    text = words[key]
    if isinstance(text, dict):
        text = text.get(_category(lang, values.get("n", 1))) or text["other"]
    return text.format(**values) if values else text


@lru_cache(maxsize=1024, typed=True)
def _category(lang: str, number: object) -> str:
    return str(cldr(lang).plural_form(number)) if isinstance(number, int | float) else "other"
