"""What a build made, to see that all generators do about the same work."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ARTICLE = re.compile(r"\d{4}/\d\d/[^/]+/index\.html")


@dataclass(frozen=True)
class Tally:
    """Counts of files by kind."""

    articles: int
    listings: int
    """Every other page."""
    feeds: int
    others: int
    bytes: int


def tally(output: Path) -> Tally:
    """Count the files of an output folder."""
    kinds: Counter[str] = Counter()
    size = 0
    for folder, _, names in os.walk(output):
        for name in names:
            path = Path(folder, name)
            size += path.stat().st_size
            kinds[_kind(path.relative_to(output).as_posix())] += 1
    return Tally(kinds["article"], kinds["listing"], kinds["feed"], kinds["other"], size)


def _kind(path: str) -> str:
    if ARTICLE.fullmatch(path):
        return "article"
    if path.endswith(".html"):
        return "listing"
    if Path(path).name in {"feed.xml", "atom.xml", "feed.json"}:
        return "feed"
    return "other"
