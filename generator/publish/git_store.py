"""A bare repository of our own in `.cache/`: what of a branch has to be known to add to it.

It holds the branch's last commit with its trees, no files, and what we made since. Losing it costs
a download of trees. The newsletter's own repository, if it lies in one, is never written to.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from generator.contracts import Ground
from generator.engine import digest
from generator.publish.git import Settings
from generator.publish.git_remote import Remote, plain_environ, with_config
from generator.publish.git_trouble import trouble_with
from generator.publish.tools import attempt
from generator.publish.trouble import Trouble

PLACE, TIP = "place", "refs/marbre/tip"
"""How our repository calls the other one, and its branch."""
FILE, GONE = "100644", "0"
"""Modes of an index entry: an ordinary file; none (git-update-index(1))."""
MANY = 27
"""Objects in one of 256 folders; git itself tidies up at this number (gc.auto, git-gc(1))."""
_CONFIG = (
    ("core.hooksPath", os.devnull),
    ("core.fsync", "none"),
    ("core.looseCompression", "1"),
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


class Entry(Struct, frozen=True):
    """What a tree says of a path."""

    mode: str
    id: str
    """Of the blob."""


class Commit(Struct, frozen=True):
    """Who says what, when."""

    author: tuple[str, str]
    """Name and address."""
    message: str
    date: str
    """As git writes it: seconds since 1970 and the offset from UTC (`1795505400 +0100`)."""


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

    def keep_files(self, folder: Path, paths: Iterable[str]) -> list[str]:
        """Take files as they are and give their ids, in order."""
        lines = "".join(f"./{path}\n" for path in paths)
        words = ("hash-object", "-w", "--no-filters", "--stdin-paths")
        return self.git(*words, data=os.fsencode(lines), folder=folder).decode("ascii").split()

    def keep(self, data: bytes) -> str:
        """Take bytes and give their id."""
        return self._line("hash-object", "-w", "--stdin", data=data)

    def tree(self, base: str, entries: Mapping[str, Entry]) -> str:
        """The tree of a commit, or an empty one, with other entries; those of mode GONE go. Gives
        its id.
        """
        # what goes comes first: it may be a file where a folder will be
        lines = sorted(entries.items(), key=lambda item: item[1].mode != GONE)
        text = "".join(f"{entry.mode} {entry.id}\t{path}\0" for path, entry in lines)
        with tempfile.TemporaryDirectory(prefix="marbre-") as folder:
            more = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
            if base:
                self.git("read-tree", base, more=more)
            self.git("update-index", "-z", "--index-info", data=os.fsencode(text), more=more)
            return self._line("write-tree", "--missing-ok", more=more)

    def commit(self, tree: str, parent: str, commit: Commit) -> str:
        """Make a commit of a tree, after another or as the first one. Gives its id."""
        more: dict[str, str] = {}
        for who in ("AUTHOR", "COMMITTER"):
            name, address = commit.author
            more |= {f"GIT_{who}_NAME": name, f"GIT_{who}_EMAIL": address}
            more[f"GIT_{who}_DATE"] = commit.date
        after = ("-p", parent) if parent else ()
        return self._line("commit-tree", tree, *after, data=commit.message.encode(), more=more)

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
        self.git("update-ref", TIP, commit)
        if sum(1 for _ in (self.path / "objects").glob("17/*")) > MANY:
            shutil.rmtree(self.path)

    def git(
        self,
        *words: str,
        data: bytes | None = None,
        folder: Path | None = None,
        more: Mapping[str, str] | None = None,
    ) -> bytes:
        """Run git on this store."""
        environ = {**self.environ, "GIT_DIR": str(self.path), **(more or {})}
        said = ("git", *words)
        outcome = attempt(said, environ=environ, folder=folder or self.path, data=data)
        if outcome.status:
            raise trouble_with(said, outcome, self.remote)
        return outcome.out

    def _line(
        self, *words: str, data: bytes | None = None, more: Mapping[str, str] | None = None
    ) -> str:
        return self.git(*words, data=data, more=more).decode("ascii").strip()

    def _known(self) -> str:
        try:
            return self._line("rev-parse", "--verify", "--quiet", TIP)
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
