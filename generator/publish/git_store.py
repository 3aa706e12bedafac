"""A bare repository of our own in `.cache/`: what of a branch has to be known to add to it.

It holds the branch's last commit with its trees, no files, and what we made since. Losing it costs
a download of trees. The newsletter's own repository, if it lies in one, is never written to.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from generator.contracts import Ground
from generator.engine import digest
from generator.publish.git import Settings
from generator.publish.git_commit import Commit, Content, Entry, fast_import
from generator.publish.git_remote import Remote, plain_environ, with_config
from generator.publish.git_trouble import trouble_with
from generator.publish.tools import attempt
from generator.publish.trouble import Trouble

PLACE, TIP = "place", "refs/marbre/tip"
"""How our repository calls the other one, and its branch."""
MANY = 50
"""Packs, one for each publication; git itself tidies up at this number (gc.autoPackLimit)."""
_CONFIG = (
    ("core.hooksPath", os.devnull),
    ("core.fsync", "none"),
    ("fastimport.unpackLimit", "1"),
    ("protocol.version", "2"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("fetch.writeCommitGraph", "false"),
    ("push.gpgSign", "false"),
    ("i18n.commitEncoding", "utf-8"),
    ("http.lowSpeedLimit", "100"),
    ("http.lowSpeedTime", "60"),
)
"""What must not depend on how the user likes his own repositories."""


class Store(Struct, frozen=True):
    """Our repository for one place. Every verb raises Trouble when git cannot go on."""

    path: Path
    environ: Mapping[str, str]
    """With all that git has to be told."""
    remote: str
    """The other repository's address, for people."""

    def tip(self, branch: str) -> str:
        """Ask the other side for the branch's last commit; empty when there is no such branch."""
        ref = f"refs/heads/{branch}"
        if not self.path.is_dir():
            self._renew()
        lines = self.git("ls-remote", PLACE, ref).decode("ascii", "replace").splitlines()
        return next((id_ for id_, _, name in (n.partition("\t") for n in lines) if name == ref), "")

    def files(self, branch: str, tip: str) -> dict[str, Entry]:
        """Every file of the branch as of its last commit, which is fetched when it is not here."""
        if self._known() == tip:
            try:
                return self.listing(tip)
            except Trouble:  # the store is damaged
                pass
        self.fetch(branch)
        return self.listing(tip)

    def fetch(self, branch: str, depth: int = 1) -> None:
        """Begin anew with the branch's last commits and their trees."""
        self._renew(branch, depth)

    def listing(self, commit: str) -> dict[str, Entry]:
        """Every file of a commit by its path."""
        entries = {}
        for line in _texts(self.git("ls-tree", "-r", "-z", "--full-tree", commit)):
            facts, _, path = line.partition("\t")
            mode, _, id_ = facts.split(" ")
            entries[path] = Entry(mode, id_)
        return entries

    def blob(self, id_: str) -> bytes:
        """A file's bytes, fetched when they are not here."""
        return self.git("cat-file", "blob", id_)

    def bring(self, commit: str, ids: Collection[str]) -> None:
        """Fetch files of a commit that are not here, all at once."""
        words = ("rev-list", "--objects", "--no-walk", "--missing=print", commit)
        lines = self.git(*words).decode("utf-8", "replace").splitlines()
        missing = {line[1:] for line in lines if line.startswith("?")}.intersection(ids)
        if missing:
            few = ("--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none")
            data = "".join(f"{id_}\n" for id_ in sorted(missing)).encode("ascii")
            self.git("fetch", *few, "--recurse-submodules=no", "--stdin", PLACE, data=data)

    def commit(self, parent: str, commit: Commit, content: Mapping[str, Content]) -> str:
        """Make a commit after another, or as the first one, in which these files are different.
        Gives its id.
        """
        with tempfile.TemporaryFile(dir=self.path) as stream:  # a site may be more than memory
            ref = f"refs/marbre/made/{os.getpid()}-{time.time_ns()}"
            stream.writelines(fast_import(ref, parent, commit, content))
            stream.seek(0)
            out = self.git("fast-import", "--quiet", "--date-format=raw", data=stream)
        return out.decode("ascii").strip()

    def push(self, commit: str, branch: str) -> None:
        """Make a commit the branch's last one, if it comes after that which is there."""
        words = (
            "push",
            "--porcelain",
            "--no-verify",
            "--no-follow-tags",
            "--recurse-submodules=no",
        )
        self.git(*words, PLACE, f"{commit}:refs/heads/{branch}")
        try:
            self.git("update-ref", TIP, commit)
            full = sum(1 for _ in (self.path / "objects/pack").glob("*.pack")) > MANY
        except Trouble:  # a lock of a git that was killed; the site is online all the same
            full = True
        if full:
            shutil.rmtree(self.path)

    def git(
        self,
        *words: str,
        data: bytes | BinaryIO | None = None,
    ) -> bytes:
        """Run git on this store."""
        environ = {**self.environ, "GIT_DIR": str(self.path)}
        said = ("git", *words)
        outcome = attempt(said, environ=environ, folder=self.path, data=data)
        if outcome.status:
            raise trouble_with(said, outcome, self.remote)
        return outcome.out

    def _known(self) -> str:
        try:
            return self.git("rev-parse", "--verify", "--quiet", TIP).decode("ascii").strip()
        except Trouble:
            return ""

    def _renew(self, branch: str = "", depth: int = 1) -> None:
        """Make the repository beside the old one, then put it in its place: whatever an interrupted
        git left behind, locks among it, is gone.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        for leftover in self.path.parent.glob(f"{self.path.name}.*"):
            shutil.rmtree(leftover, ignore_errors=True)
        new = Store(
            Path(tempfile.mkdtemp(prefix=f"{self.path.name}.", dir=self.path.parent)),
            self.environ,
            self.remote,
        )
        new.git("init", "--quiet", "--bare", "--template=", "--object-format=sha1")
        if branch:
            few = ("--no-tags", "--no-prune", "--filter=blob:none", f"--depth={depth}")
            ref = f"+refs/heads/{branch}:{TIP}"
            new.git("fetch", "--quiet", "--recurse-submodules=no", *few, PLACE, ref)
        if self.path.exists():
            shutil.rmtree(self.path)
        os.rename(new.path, self.path)


def open_store(remote: Remote, settings: Settings, ground: Ground) -> Store:
    """The repository for a place; nothing is made yet."""
    pairs = (*_CONFIG, *remote.config, (f"remote.{PLACE}.url", remote.url))
    environ = with_config(plain_environ(ground.environ), pairs)
    if remote.ssh:
        environ["GIT_SSH_COMMAND"] = remote.ssh
    shown = remote.shown(environ)
    name = digest.of_texts((shown, settings.branch))[:12]
    return Store(ground.folder / ".cache" / f"publish-{name}.git", environ, shown)


def _texts(data: bytes) -> list[str]:
    return os.fsdecode(data).split("\0")[:-1]
