"""The tables of one interface language: its words, its labels for key points, its direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from generator.model.words import OwnTable, Texts

LOCALES = Path(__file__).parent.parent / "locales"
FALLBACK = "en"

_RTL_SCRIPTS = frozenset(
    ("adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa")
)
"""ISO 15924 codes of the living scripts that run from right to left."""


class Locale(Struct, frozen=True):
    """What we can say in one language."""

    code: str
    """The language asked for, `fr-CA` included."""
    name: str
    dir: str
    """`ltr` or `rtl`."""
    labels: tuple[str, ...]
    """Texts that announce key points."""
    words: Texts

    def word(self, key: str) -> str:
        """An interface string without a number. Raises KeyError."""
        text = self.words[key]
        return text if isinstance(text, str) else text["other"]

    @property
    def plain_words(self) -> dict[str, str]:
        """The interface strings that do not depend on a number."""
        return {key: text for key, text in self.words.items() if isinstance(text, str)}


_NONE: Mapping[str, OwnTable] = {}


def read_locale(code: str, own: Mapping[str, OwnTable] = _NONE) -> Locale:
    """What can be said in a language: in the newsletter's own words first, then in Marbre's.

    Regional variants share the tables of their language, an unknown language is English.
    """
    locale = _shipped(code)
    for table in _own(code, own):
        locale = replace(
            locale,
            name=table.name or locale.name,
            dir=table.dir or locale.dir,
            labels=(*locale.labels, *table.labels),
            words={**locale.words, **table.words},
        )
    return locale


def _own(code: str, own: Mapping[str, OwnTable]) -> Iterator[OwnTable]:
    """The newsletter's tables for a language, the more particular ones last."""
    tag = code.lower()
    for key in dict.fromkeys((tag.partition("-")[0], tag)):
        if key in own:
            yield own[key]


@cache
def _shipped(code: str) -> Locale:
    known = code if _file(code).exists() else code.split("-")[0].lower()
    is_ours = _file(known).exists()
    table = _table(known if is_ours else FALLBACK)
    return Locale(
        code=code,
        name=table["name"],
        dir=table["dir"] if is_ours else direction(code),
        labels=tuple(table["labels"]),
        words=table["words"],
    )


def direction(code: str) -> str:
    """`rtl` or `ltr`: how a language is written.

    By the script in its BCP 47 code, else by the one that CLDR thinks likely (`az-IR`, then `az`).
    """
    from babel.core import get_global  # only languages without a table of ours need it

    language, *others = code.split("-")
    named = [tag for tag in others[:1] if len(tag) == 4 and tag.isalpha()]
    if not named:
        likely = get_global("likely_subtags")
        names = (f"{language.lower()}_{tag.upper()}" for tag in others[:1])
        found = next((likely[n] for n in (*names, language.lower()) if n in likely), "")
        named = [tag for tag in found.split("_")[1:] if len(tag) == 4]
    return "rtl" if any(script.lower() in _RTL_SCRIPTS for script in named) else "ltr"


@cache
def all_labels() -> tuple[str, ...]:
    """Every text that announces key points, in every language that we have."""
    labels = (label for file in sorted(LOCALES.glob("*.yaml")) for label in _labels(file))
    return tuple(dict.fromkeys(labels))


def _labels(file: Path) -> list[str]:
    """Those of one table; the words below them would take five times as long to parse."""
    head: dict[str, Any] = yaml.load(
        file.read_text("utf-8").partition("\nwords:")[0], yaml.CSafeLoader
    )
    labels: list[str] = head["labels"]
    return labels


def _file(code: str) -> Path:
    return LOCALES / f"{code}.yaml"


def _table(code: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.load(_file(code).read_text("utf-8"), yaml.CSafeLoader)
    return table
