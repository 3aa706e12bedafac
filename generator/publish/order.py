"""In which order files go online, so that a page never asks for what is not there yet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

ASSETS = "assets/"
"""Folder of files whose name holds their digest; they never change."""
LAST = ("feed.xml", "atom.xml", "feed.json", "sitemap.xml", "index.html")
"""What tells of news, by its place at the top of the site: comes when the news is there."""


def in_order(paths: Iterable[str]) -> list[str]:
    """Files by what refers to them: assets, other files, pages, feeds, the front page; removals are
    no part of this, they come after everything.
    """
    return [path for phase in phases(paths) for path in phase]


def phases(paths: Iterable[str]) -> list[list[str]]:
    """The same, parted: files that may go online together."""
    ordered = sorted(paths, key=lambda path: (_rank(path), path))
    return [list(phase) for _, phase in groupby(ordered, key=_rank)]


def _rank(path: str) -> int:
    name = path.rpartition("/")[2]
    if path in LAST:
        return 4
    if path.startswith(ASSETS):
        return 0
    if name in LAST and not name.endswith(".html"):
        return 3  # feeds of tags and authors
    return 2 if name.endswith(".html") else 1
