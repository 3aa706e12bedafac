"""What the Unicode CLDR knows of a language, whatever code the author gave."""

from __future__ import annotations

from functools import lru_cache

from babel.core import Locale, UnknownLocaleError


@lru_cache(maxsize=64)  # reading a locale costs more than printing a page's words
def cldr(lang: str) -> Locale:
    """The entry of a BCP 47 code, else that of the language alone, else the English one."""
    for code in (lang.replace("-", "_"), lang.partition("-")[0]):
        try:
            return Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


def is_french(lang: str) -> bool:
    """French of any region; `frr` is another language."""
    return lang.partition("-")[0].lower() == "fr"
