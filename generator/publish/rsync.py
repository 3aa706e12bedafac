"""A folder of another machine, by rsync over ssh.

rsync itself finds out what differs, by the files' checksums; it sends only that, puts each file
under another name first and then in its place, and removes by name what our record says is ours.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated

from msgspec import Meta, Struct

from generator.contracts import Ground, Target, TargetKind
from generator.engine import digest
from generator.model.diagnostic import error
from generator.model.publication import RECORD, Changes, Progress, Tree, difference
from generator.publish import tools
from generator.publish.order import phases
from generator.publish.record import read_record, record_of, wide_record
from generator.publish.ssh import Host, ssh_trouble, ssh_words
from generator.publish.tools import Outcome
from generator.publish.trouble import Trouble

ALWAYS = ("--protect-args", "--from0", "--files-from=-", "--timeout=60")
"""Names travel as they are and apart from options: no shell and no pattern ever reads them. A
connection over which nothing comes for that many seconds is given up.
"""
SEND = ("--checksum", "--copy-links", "--keep-dirlinks", "--chmod=D755,F644", "--compress")
"""By content, not by date; with the rights that a web server needs, within the umask over there."""
REMOVE = ("--delete-missing-args", "--no-implied-dirs", "--existing")
"""Every name that is given and not here is deleted there; nothing else is, nothing is made."""
TELL = "--out-format=%i %n"
VANISHED, NO_PROGRAM = 24, 127
"""Exit codes of rsync: files that went away meanwhile, no rsync over there."""
_NO_PROGRAM = (
    r"\brsync\s*: (?:command )?not found|\brsync\s*: commande introuvable|not found: rsync"
)
"""What shells say of it; rsync itself then often knows no more than that nobody answered."""
_NO_FOLDER = r'change_dir ".*" failed: No such file or directory'
_ESCAPED = rb"\\#(\d{3})"
_PATTERN = r"[*?\[\]\\\x00-\x1f]"


class Settings(Struct, frozen=True, kw_only=True):
    """`to: rsync`."""

    host: Annotated[
        str, Meta(description="The machine: `user@host`, or a name of your ssh configuration.")
    ]
    path: Annotated[
        str, Meta(description="The folder there; without a leading `/`, in the user's home.")
    ]
    port: Annotated[
        int,
        Meta(description="The port of ssh; 0 leaves it to your ssh configuration.", ge=0, le=65535),
    ] = 0


class Rsync(Struct, frozen=True):
    """A folder of another machine."""

    host: Host
    path: str
    environ: Mapping[str, str]

    def where(self) -> str:
        """Say which machine and which folder."""
        return f"{self.host.name}:{self.path}"

    def compare(self, tree: Tree) -> Changes:
        """Have rsync compare checksums."""
        record = self._record()
        lines = self._send(tree.folder, tree.files, "--dry-run")
        told = dict(_itemized(lines))
        differing = {path for path in tree.files if path in told}
        added = {path for path in differing if told[path].endswith(b"+++")}
        gone = self._remove([path for path in record if path not in tree.files], "--dry-run")
        there = {*tree.files.keys() - added, *gone}
        return difference(tree, there, tree.files.keys() - differing, record)

    def read(self, path: str) -> bytes | None:
        """Fetch a file."""
        with tempfile.TemporaryDirectory(prefix="marbre-") as folder:
            words = (*ALWAYS, "--ignore-missing-args", "--copy-links", "--", self._there())
            outcome = self._rsync((*words, f"{folder}/"), [path])
            if outcome.status and re.search(_NO_FOLDER, outcome.said):
                return None
            self._settle(outcome)
            file = Path(folder, path)
            return file.read_bytes() if file.is_file() else None

    def apply(self, tree: Tree, changes: Changes) -> Iterator[Progress]:
        """Send by rank, then remove."""
        self._keep(wide_record(tree, self._record()))
        for paths in phases(changes.sent):
            _hold(tree, paths)
            self._send(tree.folder, paths)
            yield from (Progress(path, tree.sizes[path]) for path in paths)
        self._remove(changes.removed)
        self._remove_empty(changes.removed, tree)
        yield from map(Progress, changes.removed)
        self._keep(record_of(tree))

    def _record(self) -> dict[str, str]:
        return read_record(self.read(RECORD))

    def _keep(self, record: bytes) -> None:
        with tempfile.TemporaryDirectory(prefix="marbre-") as folder:
            file = Path(folder, RECORD)
            file.parent.mkdir()
            file.write_bytes(record)
            self._send(Path(folder), [RECORD])

    def _send(self, folder: Path, paths: Iterable[str], *options: str) -> bytes:
        """Send what differs; gives rsync's account of it."""
        words = (*ALWAYS, *SEND, *options, TELL, "--", f"{folder}/", self._there())
        outcome = self._rsync(words, paths)
        self._settle(outcome)
        return outcome.out

    def _remove(self, paths: Sequence[str], *options: str) -> list[str]:
        """Remove files by name; gives those that were there."""
        if not paths:
            return []
        outcome = self._delete(paths, _folders(paths), *options)
        self._settle(outcome)
        return [path for path, _ in _itemized(outcome.out)]

    def _remove_empty(self, removed: Iterable[str], tree: Tree) -> None:
        """Remove the folders that held nothing else; rsync leaves one alone that is not empty."""
        kept = _folders(tree.files)
        left = _folders(removed) - kept
        for depth in sorted({folder.count("/") for folder in left}, reverse=True):
            level = [folder for folder in left if folder.count("/") == depth]
            outcome = self._delete(level, _folders(level))
            if outcome.status != VANISHED:  # they are not here: that is what we mean
                self._settle(outcome)

    def _delete(self, paths: Iterable[str], folders: Iterable[str], *options: str) -> Outcome:
        """Delete by name. What is not in an empty folder here is deleted there; the folders in
        between have to be here too, or rsync calls them lost.
        """
        with tempfile.TemporaryDirectory(prefix="marbre-") as nothing:
            for folder in folders:
                Path(nothing, folder).mkdir(parents=True, exist_ok=True)
            words = (*ALWAYS, *REMOVE, *options, TELL, "--", f"{nothing}/", self._there())
            return self._rsync(words, paths)

    def _rsync(self, words: Iterable[str], paths: Iterable[str]) -> Outcome:
        names = b"\0".join(os.fsencode(f"./{path}") for path in paths)
        shell = " ".join(map(_quoted, ssh_words(self.host, self.environ)))
        return tools.attempt(["rsync", f"--rsh={shell}", *words], environ=self.environ, data=names)

    def _there(self) -> str:
        path = self.path if self.path.startswith("/") else f"./{self.path}"
        return f"{self.host.name}:{path.rstrip('/')}/"

    def _settle(self, outcome: Outcome) -> None:
        """Raise Trouble when rsync did not do what it was asked for."""
        if not outcome.status:
            return
        said, where = outcome.last_words, self.where()
        if problem := ssh_trouble(outcome, self.host):
            raise Trouble(problem)
        if outcome.status == NO_PROGRAM or re.search(_NO_PROGRAM, outcome.said):
            raise Trouble(error("publish-rsync-not-there", host=self.host.name, said=said))
        if re.search("No space left on device|quota exceeded", outcome.said, re.IGNORECASE):
            raise Trouble(error("publish-disk-full", where=where, said=said))
        if re.search("Permission denied|Read-only file system", outcome.said):
            raise Trouble(error("publish-no-permission", where=where, said=said))
        raise tools.failed(["rsync"], outcome)


def _hold(tree: Tree, paths: Iterable[str]) -> None:
    """Raise Trouble when the site was built anew since it was looked at."""
    for path in paths:
        if digest.of_file(tree.file(path)) != tree.files[path]:
            raise Trouble(error("publish-site-changed", path=path))


def _itemized(lines: bytes) -> Iterator[tuple[str, bytes]]:
    """Files of rsync's account with what it says of each: `<f+++++++++ a/b.html`."""
    for line in lines.splitlines():
        what, _, name = line.partition(b" ")
        if what == b"*deleting" or what[1:2] == b"f":
            raw = re.sub(_ESCAPED, lambda found: bytes([int(found[1], 8)]), name.lstrip(b" "))
            yield os.fsdecode(raw.removeprefix(b"./")), what


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder that these are in."""
    return {str(folder) for path in paths for folder in PurePosixPath(path).parents}


def _quoted(word: str) -> str:
    """As `--rsh` is read: in quotes, with those inside doubled (rsync(1))."""
    return "'" + word.replace("'", "''") + "'"


def _open(settings: Settings, ground: Ground) -> Target:
    host = Host(settings.host.strip(), settings.port)
    if not host.is_sound:
        raise Trouble(error("publish-bad-host", host=settings.host))
    path = settings.path.removeprefix("~/") if settings.path != "~" else "."
    if re.search(_PATTERN, path) or path.startswith("~") or not path:
        raise Trouble(error("publish-bad-path", path=settings.path))
    return Rsync(host, path, ground.environ)


KIND = TargetKind("rsync", Settings, _open)
