"""The built site on its way to where it is published, and what is there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

RECORD = ".marbre/manifest.json"
"""Where the record of what was published lies, in the site here and there."""


class Tree(Struct, frozen=True):
    """The built site: exactly the files that have to be online."""

    folder: Path
    files: dict[str, str]
    """Digest (BLAKE2b) of each file's bytes by its path in the site."""
    sizes: dict[str, int]
    """Bytes of each file."""

    def file(self, path: str) -> Path:
        """Where a file lies here."""
        return self.folder / path


class Changes(Struct, frozen=True):
    """What publishing a tree will do to a place; every path is one in the site."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """What we published before and is not in the tree any more."""
    unchanged: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    """Those of the changed files that we had not published: they would be overwritten."""

    @property
    def sent(self) -> tuple[str, ...]:
        """What has to travel."""
        return (*self.added, *self.changed)

    @property
    def nothing(self) -> bool:
        """Whether everything is as it has to be."""
        return not (self.added or self.changed or self.removed)


class Progress(Struct, frozen=True):
    """One step of publishing, when it is done."""

    path: str
    """The file that is online now, or that is gone; empty for what is no file."""
    size: int = 0
    """Bytes that travelled."""
    said: str = ""
    """What a program said of it, without secrets; for who wants to know more."""


def difference(
    tree: Tree, there: Iterable[str], same: Iterable[str], ours: Iterable[str]
) -> Changes:
    """Compare a tree with a place by paths: what is `there`, what of it is the `same`, and what
    was `ours` when we last published.
    """
    present, equal, known = set(there), set(same), set(ours)
    changed = tuple(path for path in tree.files if path in present and path not in equal)
    return Changes(
        added=tuple(path for path in tree.files if path not in present),
        changed=changed,
        removed=tuple(sorted(known & present - tree.files.keys() - {RECORD})),
        unchanged=tuple(path for path in tree.files if path in equal),
        foreign=tuple(path for path in changed if path not in known),
    )
