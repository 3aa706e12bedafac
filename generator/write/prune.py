"""Removing: only what we wrote, and the folders that this leaves empty."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from generator.model.report import Manifest
from generator.write.manifest import RECORD, write_manifest


def remove_files(output: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Remove files of ours; gives those that were there."""
    removed = []
    root = output.resolve()
    for path in paths:
        file = root / path
        if not (file.is_file() or file.is_symlink()) or file.parent.resolve() != file.parent:
            continue  # gone already, or behind a link that we did not make
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
            folder.rmdir()
            folder = folder.parent
