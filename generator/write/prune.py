"""Removing: only what we wrote, and the folders that this leaves empty."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from generator.model.report import Manifest
from generator.write.manifest import RECORD, write_manifest


def remove_files(output: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Remove files of ours; gives those that were there. A file that is gone already, because
    somebody removed it or we were killed half-way, may have left an empty folder.
    """
    removed = []
    root = output.resolve()
    for path in paths:
        file = root / path
        if file.parent.resolve() != file.parent:
            continue  # behind a link that we did not make
        if file.is_file() or file.is_symlink():
            file.unlink()
            removed.append(path)
        _remove_empty(file.parent, root)
    return tuple(removed)


def remove_all(output: Path, manifest: Manifest) -> tuple[str, ...]:
    """Remove everything that we wrote into the output, and our record of it."""
    removed = remove_files(output, manifest.files)
    if (output / RECORD).is_dir():
        if any(entry.name != RECORD for entry in output.iterdir()):
            write_manifest(output, Manifest({}))  # strangers stay, and the folder stays ours
        else:
            shutil.rmtree(output / RECORD, ignore_errors=True)
    return removed


def _remove_empty(folder: Path, root: Path) -> None:
    with contextlib.suppress(OSError):  # not empty: somebody else's files stay
        while folder != root:
            if folder.exists():
                folder.rmdir()
            folder = folder.parent
