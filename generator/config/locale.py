"""The tables of one interface language: its words, its labels for key points, its direction."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

LOCALES = Path(__file__).parent.parent / "locales"
FALLBACK = "en"


class Locale(Struct, frozen=True):
    """What we can say in one language."""

    code: str
    """The language asked for, `fr-CA` included."""
    name: str
    dir: str
    """`ltr` or `rtl`."""
    labels: tuple[str, ...]
    """Texts that announce key points."""
    words: dict[str, str | dict[str, str]]
    """Interface strings; a mapping holds CLDR plural categories."""

    def word(self, key: str) -> str:
        """An interface string without a number. Raises KeyError."""
        text = self.words[key]
        return text if isinstance(text, str) else text["other"]

    @property
    def plain_words(self) -> dict[str, str]:
        """The interface strings that do not depend on a number."""
        return {key: text for key, text in self.words.items() if isinstance(text, str)}


@cache
def read_locale(code: str) -> Locale:
    """Read a language's tables; regional variants share them, an unknown language is English."""
    known = code if _file(code).exists() else code[:2].lower()
    table = _table(known if _file(known).exists() else FALLBACK)
    return Locale(
        code=code,
        name=table["name"],
        dir=table.get("dir", "ltr"),
        labels=tuple(table["labels"]),
        words=table["words"],
    )


@cache
def all_labels() -> tuple[str, ...]:
    """Every text that announces key points, in every language that we have."""
    labels = (
        label for file in sorted(LOCALES.glob("*.yaml")) for label in _table(file.stem)["labels"]
    )
    return tuple(dict.fromkeys(labels))


def _file(code: str) -> Path:
    return LOCALES / f"{code}.yaml"


def _table(code: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.load(_file(code).read_text("utf-8"), yaml.CSafeLoader)
    return table
