"""Writing the output: compare, stage, move into place, remove; in that order, so that a full disk
or a missing permission is met before the site that is there has been touched.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from generator.engine.engine import Progress, silent
from generator.model.job import Rendered
from generator.model.report import Manifest
from generator.write.manifest import RECORD, write_manifest
from generator.write.prune import remove_files


class Written(Struct, frozen=True):
    """What writing changed."""

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


def write(
    files: Sequence[Rendered],
    output: Path,
    before: Manifest,
    progress: Progress = silent,
    *,
    anew: bool = False,
) -> Written:
    """Make the output hold exactly `files`, beside whatever in it is not ours.

    What is there already with the same bytes stays as it is, its time too, unless asked for `anew`.

    Raises OSError; until the last new byte is safely staged, nothing of the old site is touched.
    """
    now = Manifest({file.path: file.digest for file in files})
    stale = [path for path in before.files if path not in now.files]
    changed = [file for file in files if anew or not _is_there(output / file.path, file)]
    staging = output / RECORD / "staging"
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staged = [_stage(file, staging / str(n)) for n, file in enumerate(changed)]
        write_manifest(output, Manifest({**before.files, **now.files}))  # we may be killed half-way
        remove_files(output, _in_the_way(stale, now))
        _make_folders(output, changed)
        for done, (file, new) in enumerate(zip(changed, staged, strict=True), start=1):
            os.replace(new, output / file.path)
            progress("write", done, len(changed))
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    removed = remove_files(output, stale)
    write_manifest(output, now)
    return Written(tuple(f.path for f in changed), len(files) - len(changed), removed)


def _is_there(path: Path, file: Rendered) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    if file.copy_of:
        return filecmp.cmp(file.copy_of, path, shallow=False)
    return path.stat().st_size == len(file.data) and path.read_bytes() == file.data


def _stage(file: Rendered, new: Path) -> Path:
    new.parent.mkdir(parents=True, exist_ok=True)
    if file.copy_of:
        shutil.copyfile(file.copy_of, new)
    else:
        new.write_bytes(file.data)
    return new


def _in_the_way(stale: Iterable[str], now: Manifest) -> list[str]:
    """Old files where a folder must be, or in a folder where a file must be."""
    folders = {str(p) for path in now.files for p in Path(path).parents}
    return [
        path
        for path in stale
        if path in folders or any(str(p) in now.files for p in Path(path).parents)
    ]


def _make_folders(output: Path, files: Iterable[Rendered]) -> None:
    """Make the folders of the files; one that is a symbolic link would lead out of the output."""
    root = output.resolve()
    for folder in sorted({(root / file.path).parent for file in files}):
        folder.mkdir(parents=True, exist_ok=True)
        if folder.resolve() != folder:
            raise NotADirectoryError(20, "a symbolic link leads out of the output", str(folder))
