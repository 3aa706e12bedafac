"""Writing the output: compare, stage, move into place, remove; in that order, so that a full disk
or a missing permission is met before the site that is there has been touched.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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


def staging_folder(output: Path) -> Path:
    """Where files wait, under the paths that they will have."""
    return output / RECORD / "staging"


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """A folder on the output's own disk for files that wait; it is empty, and goes afterwards."""
    folder = staging_folder(output)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _remove_if_empty(output / RECORD, output)


def write(
    made: Sequence[Rendered],
    kept: Mapping[str, str],
    output: Path,
    before: Manifest,
    progress: Progress = silent,
) -> Written:
    """Move what is staged into place: the output then holds `made` and `kept`, beside strangers.

    `kept` has the digests of files that are in place and were not looked at again. Raises OSError;
    nothing of the old site is touched before everything new is safely on its disk.
    """
    now = Manifest({**kept, **{file.path: file.digest for file in made}})
    stale = [path for path in before.files if path not in now.files]
    changed = [file for file in made if file.is_staged]
    _probe(output, [file.path for file in changed], stale)
    write_manifest(output, Manifest({**before.files, **now.files}))  # we may be killed half-way
    remove_files(output, _in_the_way(stale, now))
    _move([file.path for file in changed], staging_folder(output), output, progress)
    removed = remove_files(output, stale)
    write_manifest(output, now)
    return Written(tuple(f.path for f in changed), len(now.files) - len(changed), removed)


def _remove_if_empty(*folders: Path) -> None:
    with contextlib.suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _in_the_way(stale: Sequence[str], now: Manifest) -> list[str]:
    """Old files where a folder must be, or in a folder where a file must be."""
    if not stale:
        return []
    folders = {str(p) for path in now.files for p in Path(path).parents}
    return [
        path
        for path in stale
        if path in folders or any(str(p) in now.files for p in Path(path).parents)
    ]


def _probe(output: Path, coming: Sequence[str], going: Sequence[str]) -> None:
    """Raise OSError now for what would stop the moves half-way: a folder that may not be written,
    a link that leads out of the output, a folder of others where a file must be.
    """
    root = output.resolve()
    for path in coming:
        if (root / path).is_dir() and not any(old.startswith(f"{path}/") for old in going):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(root / path))
    folders = {(root / path).parent for path in (*coming, *going)}
    for folder in sorted({_existing(folder) for folder in folders}):
        if folder.resolve() != folder:
            raise OSError(errno.ELOOP, "a symbolic link leads out of the output", str(folder))
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _existing(folder: Path) -> Path:
    while not os.path.lexists(folder):
        folder = folder.parent
    return folder


def _move(paths: Sequence[str], staged: Path, output: Path, progress: Progress) -> None:
    """Move files into place; a folder that is not there yet goes as a whole, in one step."""
    home, root = str(staged), str(output.resolve())
    moves = Counter(_highest_missing(paths, root))
    done = 0
    for name, files in moves.items():
        os.replace(f"{home}/{name}", f"{root}/{name}")
        done += files
        progress("write", done, len(paths))


def _highest_missing(paths: Iterable[str], root: str) -> Iterator[str]:
    """For each path the first of its folders that is not there, else the path itself."""
    is_there: dict[str, bool] = {}
    for path in paths:
        end = path.find("/")
        while end > 0:
            folder = path[:end]
            if folder not in is_there:
                is_there[folder] = os.path.isdir(f"{root}/{folder}")
            if not is_there[folder]:
                break
            end = path.find("/", end + 1)
        yield path[:end] if end > 0 else path
