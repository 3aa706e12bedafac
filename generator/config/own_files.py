"""The files of a newsletter's `locales/`; `--if-due` wants them without their reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

FOLDER = "locales"
_ENDINGS = (".yaml", ".yml")


def own_files(folder: Path) -> dict[str, bytes]:
    """The bytes of every table by its path in the newsletter. Raises OSError."""
    return {f"{FOLDER}/{file.name}": file.read_bytes() for file in _tables(folder / FOLDER)}


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digests of files by path."""
    return {path: blake2b(data, digest_size=16).hexdigest() for path, data in files.items()}


def _tables(home: Path) -> Iterator[Path]:
    """The tables, by name; not what editors leave behind."""
    for file in sorted(home.iterdir()) if home.is_dir() else ():
        if file.suffix in _ENDINGS and not file.name.startswith((".", "#")) and file.is_file():
            yield file
