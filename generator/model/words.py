"""The words that a newsletter gives its interface itself."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Texts = dict[str, str | dict[str, str]]
"""Interface strings by key; a mapping holds CLDR plural categories."""


class OwnTable(Struct, frozen=True):
    """What a newsletter's `locales/<code>.yaml` says; all that it leaves out is said by Marbre."""

    name: str = ""
    """The language's own name for itself."""
    dir: Literal["ltr", "rtl"] | None = None
    """Which way it runs; None for what the CLDR knows."""
    labels: tuple[str, ...] = ()
    """Further texts that announce key points."""
    words: Texts = {}


OwnTables = dict[str, OwnTable]
"""By BCP 47 code in lower case."""
