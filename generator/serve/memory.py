"""What the files were like when they were last looked at: tells true changes from mere events.

Editors touch, rename and rewrite; a watcher reports all of it, some of it twice. Only a file whose
bytes are not those of the last build is worth another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR

from generator.config.read import NAMES
from generator.content.load import is_leftover
from generator.serve.links import Mount, files_below, mounts

PARTS = ("content", "templates", "locales")
"""Folders of the newsletter that the site is made from."""
LARGE = 8_000_000
"""Bytes beyond which a file is known by its stat alone."""

LINK = "->"
"""How the state of a link to a folder begins, before what the link says."""

State = str
"""Digest of a file, or its stat where no digest was taken yet; empty when it is not there."""


class Memory:
    """The files of a newsletter, by their paths in it."""

    def __init__(self, folder: Path, config_file: Path | None = None) -> None:
        self.folder = folder
        self.config = shown(config_file, folder) if config_file else ""
        self._known = {path: _stat(folder / path) for path in self._files()}

    def changed(self, touched: Iterable[str]) -> tuple[str, ...]:
        """Which of the touched files, or files below touched folders, are not what they were."""
        found = {}
        for path in sorted(set(touched)):
            for each in self._meant(path):
                now = _state(self.folder / each, self._known.get(each, ""))
                if now != self._known.get(each, ""):
                    found[each] = now
        for path, now in found.items():
            if now:
                self._known[path] = now
            else:
                del self._known[path]
        return tuple(found)

    def concerns(self, path: str) -> bool:
        """Whether the site may depend on this path of the newsletter."""
        if path == self.config or path in NAMES:
            return True
        part, *names = path.split("/")
        return part in PARTS and not any(map(is_leftover, names))

    def mounts(self) -> tuple[Mount, ...]:
        """Where the parts of the newsletter are on disk, and what links in them lead to."""
        return tuple(mounts(self.folder, PARTS))

    def is_plain(self, path: str) -> bool:
        """Whether a path is a file, and was nothing else when it was last looked at."""
        file = self.folder / path
        return file.is_file() and not file.is_symlink() and self._known.get(path, "")[:2] != LINK

    def _meant(self, path: str) -> Iterator[str]:
        """The file itself, and everything that is or was below a folder or a link."""
        below = f"{path}/"
        yield from [known for known in self._known if known.startswith(below)]
        if not (self.folder / path).is_dir():
            yield path
            return
        yield from (each for each in files_below(self.folder, path) if each not in self._known)
        if (self.folder / path).is_symlink() or path in self._known:
            yield path

    def _files(self) -> Iterator[str]:
        for part in PARTS:
            yield from files_below(self.folder, part)
        for name in {*NAMES, self.config} - {""}:
            if (self.folder / name).is_file():
                yield name


def shown(path: Path, folder: Path) -> str:
    """A path as it is known in the newsletter; absolute when it lies elsewhere."""
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def _stat(file: Path) -> State:
    """With the ctime, because no program can set it back."""
    try:
        found = file.stat()
        if S_ISDIR(found.st_mode):
            return LINK + str(file.readlink()) if file.is_symlink() else ""
    except OSError:
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_ino}"


def _state(file: Path, known: State) -> State:
    """What the file is now; taking a digest only when its stat says less than that."""
    try:
        stat = file.stat()
        if S_ISDIR(stat.st_mode) or stat.st_size > LARGE or (":" in known and known == _stat(file)):
            return _stat(file)
        return blake2b(file.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""
