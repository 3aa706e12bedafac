"""Did you mean …? The nearest known name, and what makes two spellings of a key the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_SILENT = frozenset("-_'’ \u00a0\u202f\t")
_NEAR = 0.7
_LONGEST = 100


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """What every spelling of a key has in common: `Points-clés` and `points_cles` are one."""
    if name.isascii() and name.isalpha():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if c not in _SILENT and not unicodedata.combining(c))


def nearest(name: str, known: Iterable[str], *, always: bool = False) -> str:
    """The known name that was most likely meant, of equals the first one.

    Empty when none is near, unless `always`.
    """
    typed = fold(name[:_LONGEST])
    best = max(known, key=lambda each: _likeness(typed, fold(each)), default="")
    return best if always or _likeness(typed, fold(best)) >= _NEAR else ""


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; the same letters in another order are very much alike."""
    if sorted(one) == sorted(other):
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
