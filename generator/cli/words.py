"""What the command says, in the language of who reads it: tables in `locales/`, never here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).parent.parent / "locales"
OUR_LANGUAGE = "fr"
"""Spoken when neither the newsletter nor the user's locale says otherwise."""
FALLBACK = "en"
"""Spoken to those whose language has no tables."""

_SLOT = re.compile(r"\{\{|\}\}|\{(\w+)\}")


@dataclass(frozen=True)
class Words:
    """The texts of the command in one language."""

    lang: str

    def say(self, key: str, /, **values: object) -> str:
        """A text of the console table by its dotted key; `n` is written out and chooses the plural.

        Raises KeyError when neither this language nor English has it: that is a bug of ours.
        """
        text = _find(table("console", self.lang), key) or _find(table("console", FALLBACK), key)
        if isinstance(text, dict):
            text = text["one" if self._is_singular(values["n"]) else "other"]
        if not isinstance(text, str):
            raise KeyError(key)
        shown = {k: self.number(v) if isinstance(v, int) else v for k, v in values.items()}
        return fill(text, shown)

    def has(self, key: str) -> bool:
        """Whether the console table has this text."""
        return _find(table("console", self.lang), key) is not None

    def diagnostic(self, code: str) -> Mapping[str, str]:
        """`message` and perhaps `hint` of a diagnostic; empty when no table knows the code."""
        own: Mapping[str, str] = table("diagnostics", self.lang).get(code) or {}
        return own or table("diagnostics", FALLBACK).get(code) or {}

    def number(self, number: float, digits: int = 0) -> str:
        """A number as this language writes it: `1 234,50`."""
        text = f"{number:,.{digits}f}"
        if self._is_french:
            return text.translate({ord(","): "\u202f", ord("."): ","})
        return text

    def _is_singular(self, number: object) -> bool:
        return number in ((0, 1) if self._is_french else (1,))

    @property
    def spoken(self) -> str:
        """The language that is really spoken: the asked-for one, where we have its tables."""
        return _spoken(self.lang)

    @property
    def _is_french(self) -> bool:
        return self.spoken == "fr"


def user_language(environ: Mapping[str, str]) -> str:
    """The language of the user's locale, as POSIX finds it (`LC_ALL`, `LC_MESSAGES`, `LANG`)."""
    named = next((environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(n)), "")
    code = re.split(r"[.@]", named)[0].replace("_", "-")
    return OUR_LANGUAGE if code in ("", "C", "POSIX") else code


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values into the `{name}` slots of a text; a slot without a value stays as it is."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        return found[0][0] if name is None else str(values.get(name, found[0]))

    return _SLOT.sub(value, text)


def slots(text: str) -> set[str]:
    """The names that a text wants to be given."""
    return {found[1] for found in _SLOT.finditer(text) if found[1]}


def table(kind: str, lang: str) -> dict[str, Any]:
    """A table of `locales/<kind>/`: of this language, else of the wider one, else English."""
    return _read(LOCALES / kind / f"{_spoken(lang)}.yaml")


@cache
def _spoken(lang: str) -> str:
    names = (lang, lang.split("-")[0].lower(), FALLBACK)
    return next(name for name in names if (LOCALES / "console" / f"{name}.yaml").is_file())


@cache
def _read(file: Path) -> dict[str, Any]:
    import yaml

    texts: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    return texts


def _find(texts: Any, key: str) -> Any:
    for part in key.split("."):
        texts = texts.get(part) if isinstance(texts, dict) else None
    return texts
