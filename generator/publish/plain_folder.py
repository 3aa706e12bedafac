"""A folder that is online as it is: a mounted disk of a host, a `public_html`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from generator.engine import digest
from generator.model.publication import RECORD, Changes, Progress, Tree, difference
from generator.publish.order import in_order
from generator.publish.reading import contents
from generator.publish.record import read_record, record_of, wide_record


class PlainFolder(Struct, frozen=True):
    """A folder without releases."""

    root: Path

    def where(self) -> str:
        """Say which folder."""
        return str(self.root)

    def compare(self, tree: Tree) -> Changes:
        """Compare bytes with bytes."""
        there = [path for path in files_under(self.root) if path != RECORD]
        same = (p for p in there if digest.of_file(self.root / p) == tree.files.get(p))
        return difference(tree, there, same, self._record())

    def read(self, path: str) -> bytes | None:
        """Read a file as it is there."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def apply(self, tree: Tree, changes: Changes) -> Iterator[Progress]:
        """Move file by file into place."""
        self._keep(wide_record(tree, self._record()))
        for path in in_order(changes.sent):
            yield Progress(path, placed(tree, path, self.root))
        for path in changes.removed:
            (self.root / path).unlink(missing_ok=True)
            _without_empty((self.root / path).parent, self.root)
            yield Progress(path)
        self._keep(record_of(tree))

    def _record(self) -> dict[str, str]:
        return read_record(self.read(RECORD))

    def _keep(self, record: bytes) -> None:
        moved(record, self.root / RECORD)


def files_under(root: Path) -> list[str]:
    """Every file below a folder by its path in it, with `/`; none when there is no folder."""
    return sorted(
        os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
        for folder, _, names in os.walk(root)
        for name in names
    )


def placed(tree: Tree, path: str, root: Path) -> int:
    """Put a file of the tree below a folder; gives its size in bytes. Raises Trouble when the site
    was built anew meanwhile.
    """
    data = contents(tree, path)
    moved(data, root / path)
    return len(data)


def moved(data: bytes, file: Path) -> None:
    """Write a file under another name and move it into place: nobody sees half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name[:200]}.marbre-new")
    new.write_bytes(data)
    os.replace(new, file)


def _without_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
