"""Staging: new bytes on the disk of the output, but not yet in their place."""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path
from stat import S_ISREG
from typing import IO

from generator.engine import digest
from generator.model.job import Rendered


def stage(path: str, made: bytes | Path, output: Path, staging: Path, *, anew: bool) -> Rendered:
    """Put a file's bytes aside, unless they are in their place already. Raises OSError."""
    there, staged = f"{output}/{path}", f"{staging}/{path}"
    if isinstance(made, bytes):
        sum_ = digest.of_bytes(made)
        if not anew and _holds(there, made):
            return Rendered(path, sum_)
        with _opened(staged) as file:
            file.write(made)
        return Rendered(path, sum_, is_staged=True)
    sum_ = digest.of_file(made)
    if not anew and _is_file(there) and filecmp.cmp(made, there, shallow=False):
        return Rendered(path, sum_)
    os.makedirs(os.path.dirname(staged), exist_ok=True)
    shutil.copyfile(made, staged)
    return Rendered(path, sum_, is_staged=True)


def _opened(path: str) -> IO[bytes]:
    try:
        return open(path, "xb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return open(path, "xb")


def _holds(path: str, data: bytes) -> bool:
    if not _is_file(path) or os.path.getsize(path) != len(data):
        return False
    with open(path, "rb") as file:
        return file.read() == data


def _is_file(path: str) -> bool:
    try:
        return S_ISREG(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
