"""A folder of this machine, as a web server shows it: releases side by side, and one name that says
which of them is online.

    /var/www/letter/current -> releases/20261124T073000Z     the web server's root
    /var/www/letter/releases/20261124T073000Z/               one release
    /var/www/letter/releases/20261124T073000Z.json           what of it is ours

A release is whole before it is online and never changes afterwards; switching is one rename (POSIX,
rename(2)), so a reader never meets half of two. What did not change is the same file on the disk.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import count
from pathlib import Path
from typing import Annotated

import msgspec
from filelock import FileLock, Timeout
from msgspec import Meta, Struct

from generator.contracts import Ground, Target, TargetKind
from generator.engine import digest
from generator.model.diagnostic import error
from generator.model.publication import Changes, Progress, Tree, difference
from generator.publish.order import ASSETS
from generator.publish.plain_folder import PlainFolder, files_under, placed
from generator.publish.trouble import Trouble

CURRENT, RELEASES = "current", "releases"
UNFINISHED = ".unfinished-"
"""How a release is called that is not whole yet."""

PATIENCE = 10.0
"""Seconds to wait for somebody else's publication to end."""


class Settings(Struct, frozen=True, kw_only=True):
    """`to: folder`."""

    path: Annotated[str, Meta(description="The folder; the web server shows `current` in it.")]
    releases: Annotated[
        int,
        Meta(
            description="Former releases that are kept to go back to; 0 writes into the folder "
            "itself, without releases.",
            ge=0,
            le=1000,
        ),
    ] = 5


class Release(Struct, frozen=True):
    """What we know of a release."""

    files: dict[str, str]
    """What was published: digests by path."""
    retired: tuple[str, ...] = ()
    """Assets of the release before, kept for readers whose page is older than this release."""


class Releases(Struct, frozen=True):
    """A folder of releases."""

    root: Path
    keep: int
    name: str
    """Of the next release."""

    def where(self) -> str:
        """Say which folder."""
        return str(self.root / CURRENT)

    def compare(self, tree: Tree) -> Changes:
        """Compare bytes with bytes."""
        online = self._online()
        if online is None:
            return difference(tree, (), (), ())
        known = self._release(online)
        there = set(files_under(online)) - set(known.retired)
        same = (path for path in there if digest.of_file(online / path) == tree.files.get(path))
        return difference(tree, there, same, known.files)

    def read(self, path: str) -> bytes | None:
        """Read a file of the release that is online."""
        online = self._online()
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            return (online / path).read_bytes() if online else None
        return None

    def apply(self, tree: Tree, changes: Changes) -> Iterator[Progress]:
        """Make a release, then put it online."""
        releases = self.root / RELEASES
        for folder in (self.root, releases):
            if not folder.is_dir():
                folder.mkdir(parents=True)
                _readable(folder)
        with self._alone():
            if self.compare(tree) != changes:
                raise Trouble(error("publish-meanwhile", folder=self.root))
            name = self._free_name()
            new = releases / f"{UNFINISHED}{name}"
            try:
                yield from self._make(tree, changes, new, name)
                os.rename(new, releases / name)
            finally:
                for leftover in releases.glob(f"{UNFINISHED}*"):  # a killed run's, too
                    shutil.rmtree(leftover, ignore_errors=True)
            self._switch(name)
            yield from map(Progress, changes.removed)
            self._forget_old(name)

    def back(self) -> str:
        """Put the release before this one online again and give its name."""
        with self._alone():
            online = self._online()
            older = [name for name in self._names() if online and name < online.name]
            if not older:
                raise Trouble(error("publish-no-release", folder=self.root))
            self._switch(older[-1])
            return older[-1]

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder: of two who publish at once, one comes after the other."""
        if not (self.root / RELEASES).is_dir():
            raise Trouble(error("publish-no-release", folder=self.root))
        lock = FileLock(self.root / RELEASES / ".lock", timeout=PATIENCE)
        try:
            lock.acquire()
        except Timeout:
            raise Trouble(error("publish-locked", folder=self.root)) from None
        try:
            yield
        finally:
            lock.release()

    def _make(self, tree: Tree, changes: Changes, new: Path, name: str) -> Iterator[Progress]:
        """Fill a folder with the next release, and see it safely on the disk."""
        new.mkdir()
        online = self._online()
        retired = self._retired(online, tree) if online else ()
        if online:
            for path in (*changes.unchanged, *self._strangers(online, tree), *retired):
                _linked(online / path, new / path)
        for path in changes.sent:
            yield Progress(path, placed(tree, path, new))
        record = msgspec.json.encode(Release(tree.files, retired))
        (self.root / RELEASES / f"{name}.json").write_bytes(record)
        for folder, _, _ in os.walk(new):
            _readable(Path(folder))
        for path in changes.sent:  # after all are written: the disk does most of it at once
            _readable(new / path)
            _flushed(new / path)

    def _online(self) -> Path | None:
        link = self.root / CURRENT
        if not link.is_symlink():
            if link.exists():
                raise Trouble(error("publish-not-a-link", path=link))
            return None
        target = Path(os.path.normpath(self.root / os.readlink(link)))
        if target.parent != self.root / RELEASES:
            raise Trouble(error("publish-not-a-link", path=link))
        return target if target.is_dir() else None

    def _release(self, online: Path) -> Release:
        try:
            return msgspec.json.decode(_record(online).read_bytes(), type=Release)
        except (OSError, msgspec.DecodeError):
            return Release({})

    def _strangers(self, online: Path, tree: Tree) -> Iterable[str]:
        """What somebody else put into the release: it goes along."""
        known = self._release(online)
        ours = known.files.keys() | set(known.retired) | tree.files.keys()
        return [path for path in files_under(online) if path not in ours]

    def _retired(self, online: Path, tree: Tree) -> tuple[str, ...]:
        known = self._release(online).files
        past = (path for path in known if path.startswith(ASSETS) and path not in tree.files)
        return tuple(path for path in past if (online / path).is_file())

    def _switch(self, name: str) -> None:
        new = self.root / f"{CURRENT}.new"
        new.unlink(missing_ok=True)
        new.symlink_to(Path(RELEASES) / name)
        os.replace(new, self.root / CURRENT)

    def _names(self) -> list[str]:
        """Releases from old to new; a folder without a record is somebody else's."""
        found = (self.root / RELEASES).glob("[!.]*.json")
        return sorted(file.stem for file in found if file.with_suffix("").is_dir())

    def _free_name(self) -> str:
        names = (f"{self.name}{'' if n == 1 else f'-{n}'}" for n in count(1))
        return next(name for name in names if not (self.root / RELEASES / name).exists())

    def _forget_old(self, online: str) -> None:
        past = [name for name in self._names() if name != online]
        for name in past[: max(0, len(past) - self.keep)]:
            shutil.rmtree(self.root / RELEASES / name)
            _record(self.root / RELEASES / name).unlink(missing_ok=True)


def _record(release: Path) -> Path:
    return release.with_name(f"{release.name}.json")


def _linked(old: Path, new: Path) -> None:
    """The same file under a second name; a copy where the disk has no such thing."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _readable(path: Path) -> None:
    """Let the web server read it, whoever that is and whatever our umask."""
    mode = path.stat().st_mode
    wanted = mode | (0o755 if path.is_dir() else 0o644)
    if wanted != mode:
        path.chmod(wanted)


def _flushed(file: Path) -> None:
    """Wait until a file is on the disk: a machine that loses power shows no empty pages."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _open(settings: Settings, ground: Ground) -> Target:
    return (
        _releases(settings, ground) if settings.releases else PlainFolder(_root(settings, ground))
    )


def _root(settings: Settings, ground: Ground) -> Path:
    return Path(os.path.normpath(ground.folder / Path(settings.path).expanduser()))


def _releases(settings: Settings, ground: Ground) -> Releases:
    name = f"{ground.now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return Releases(_root(settings, ground), settings.releases, name)


def _back(settings: Settings, ground: Ground) -> str:
    return _releases(settings, ground).back()


KIND = TargetKind("folder", Settings, _open, _back)
