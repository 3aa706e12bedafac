"""Staging: new bytes on the disk of the output, but not yet in their place."""

from __future__ import annotations

import filecmp
import shutil
from pathlib import Path

from generator.engine import digest
from generator.model.job import Rendered


def stage(path: str, made: bytes | Path, output: Path, staged: Path, *, anew: bool) -> Rendered:
    """Put a file's bytes aside, unless they are in their place already. Raises OSError."""
    there = output / path
    if isinstance(made, bytes):
        sum_ = digest.of_bytes(made)
        if not anew and _holds(there, made):
            return Rendered(path, sum_)
        staged.write_bytes(made)
        return Rendered(path, sum_, str(staged))
    sum_ = digest.of_file(made)
    if not anew and _is_file(there) and filecmp.cmp(made, there, shallow=False):
        return Rendered(path, sum_)
    shutil.copyfile(made, staged)
    return Rendered(path, sum_, str(staged))


def _holds(file: Path, data: bytes) -> bool:
    return _is_file(file) and file.stat().st_size == len(data) and file.read_bytes() == data


def _is_file(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()
