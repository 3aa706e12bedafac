"""Where the newsletter's files really are: its folders, and what symbolic links in them lead to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from generator.content.load import is_leftover

OURS = ".cache"
"""The folder of a newsletter that the preview writes into."""


class Mount(Struct, frozen=True):
    """A folder of the newsletter, or a link in it, and the place on disk that it stands for."""

    shown: str
    """Path in the newsletter."""
    real: str
    """Absolute path without links; there need not be anything."""
    is_folder: bool


def files_below(folder: Path, path: str) -> Iterator[str]:
    """Paths of all files and links below a path of the newsletter, through the links that a build
    follows.
    """
    for entry, shown in _entries(folder, path):
        if entry.is_symlink() or not entry.is_dir():
            yield shown


def mounts(folder: Path, parts: Iterable[str]) -> Iterator[Mount]:
    """The parts of a newsletter that there are, and every link in them that a build follows."""
    for part in parts:
        home = os.path.realpath(folder / part)
        yield Mount(part, home, os.path.isdir(home))
        for entry, shown in _entries(folder, part):
            if entry.is_symlink():
                real = os.path.realpath(entry.path)
                if _may_follow(real, folder, shown):
                    yield Mount(shown, real, os.path.isdir(real))


def _entries(
    folder: Path, shown: str, above: tuple[str, ...] = ()
) -> Iterator[tuple[os.DirEntry[str], str]]:
    real = os.path.realpath(folder / shown)
    if real in above or not _may_follow(real, folder, shown):
        return
    try:
        entries = list(os.scandir(folder / shown))
    except OSError:
        return
    for entry in entries:
        if is_leftover(entry.name):
            continue
        path = f"{shown}/{entry.name}"
        yield entry, path
        if os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir():
            yield from _entries(folder, path, (*above, real))


def _may_follow(real: str, folder: Path, shown: str) -> bool:
    """Whether something may be part of the site: beside `content/`, as the build demands, not all
    that stands there, and nothing of ours.
    """
    home = os.path.dirname(os.path.realpath(folder / shown.split("/", 1)[0]))
    return real.startswith(f"{home}/") and not f"{real}/".startswith(f"{home}/{OURS}/")
