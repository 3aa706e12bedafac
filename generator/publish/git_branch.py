"""The branch itself: what is in it, and one commit more that makes it hold the site.

Readers see the old site or the new one, never half of two: a push moves the branch at once. It is
never forced, so what somebody else pushed meanwhile is never lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath

from msgspec import Struct

from generator.config.locale import read_locale
from generator.config.read import NAMES
from generator.contracts import Ground
from generator.engine import digest
from generator.model.diagnostic import error
from generator.model.publication import RECORD, Changes, Progress, Tree, difference
from generator.publish.git import Settings
from generator.publish.git_commit import FILE, Commit, Content, Entry
from generator.publish.git_remote import Remote, author_of, find_remote
from generator.publish.git_store import Store, open_store
from generator.publish.record import read_record, record_of
from generator.publish.trouble import Trouble

NO_JEKYLL = ".nojekyll"
"""Without it GitHub Pages runs Jekyll, which leaves out what begins with `_` or a dot."""


class Branch(Struct, frozen=True):
    """A branch as it was seen."""

    tip: str
    """Its last commit; empty when there is no such branch."""
    files: dict[str, Entry]
    """All of them, whosever they are."""
    ours: dict[str, str]
    """What we published: digests by path in the site."""


class Repository(Struct, frozen=True):
    """Where to publish, found out once for all that follows."""

    settings: Settings
    ground: Ground
    remote: Remote
    store: Store

    def where(self) -> str:
        """Say which branch of what, and which folder of it."""
        folder = self.settings.folder.strip("/")
        return f"{self.store.remote} ({self.settings.branch}{f'/{folder}' if folder else ''})"

    def path(self, path: str) -> str:
        """Where a file of the site lies in the branch."""
        folder = self.settings.folder.strip("/")
        return f"{folder}/{path}" if folder else path

    def look(self) -> Branch:
        """See what is there now. Raises Trouble for a branch that holds the newsletter itself."""
        branch = self.settings.branch
        tip = self.store.tip(branch)
        files = self.store.files(branch, tip) if tip else {}
        record = files.get(self.path(RECORD))
        seen = Branch(tip, files, read_record(self.store.blob(record.id) if record else None))
        self._spare_sources(seen)
        return seen

    def send(self, seen: Branch, content: Mapping[str, Content], message: str) -> None:
        """Add a commit in which these files of the site are different, and push it."""
        inside = {self.path(path): new for path, new in content.items()}
        self._spare_strangers(seen, inside)
        now = self.ground.now
        date = f"{int(now.timestamp())} {now:%z}"
        commit = Commit(author_of(self.settings, self.ground), message, date)
        made = self.store.commit(seen.tip, commit, {**self._no_jekyll(seen), **inside})
        self.store.push(made, self.settings.branch)

    def _no_jekyll(self, seen: Branch) -> dict[str, Content]:
        """At the top of the branch and of our folder: either may be what is served."""
        return dict.fromkeys({NO_JEKYLL, self.path(NO_JEKYLL)} - seen.files.keys(), bytes)

    def _spare_sources(self, seen: Branch) -> None:
        """The branch on which the newsletter is written is no place for its site."""
        branch, source = self.settings.branch, self.remote.source or ""
        theirs = seen.files.keys() - {self.path(path) for path in seen.ours}
        named = {f"{source}{name}" for name in NAMES}
        texts = f"{source}content/"
        found = [p for p in theirs if p in named or (p.startswith(texts) and p.endswith(".md"))]
        if found or branch == self.remote.checked_out:
            file = min(found, default=NAMES[0])
            raise Trouble(error("publish-git-source", branch=branch, file=file))

    def _spare_strangers(self, seen: Branch, content: Mapping[str, Content]) -> None:
        """Where somebody else's file is, no folder can be made, and the other way round."""
        there = seen.files.keys() - {path for path, new in content.items() if new is None}
        folders = {str(folder) for path in there for folder in PurePosixPath(path).parents}
        for path, new in content.items():
            if new is not None:
                above = [str(folder) for folder in PurePosixPath(path).parents]
                stranger = path if path in folders else next((p for p in above if p in there), "")
                if stranger:
                    raise Trouble(error("publish-git-in-the-way", path=stranger))


class GitBranch:
    """The target. Between looking and publishing it remembers what it saw: that, and nothing newer,
    is what the commit follows.
    """

    def __init__(self, settings: Settings, ground: Ground) -> None:
        self._settings, self._ground = settings, ground
        self._repository: Repository | None = None
        self._seen: Branch | None = None
        self._ids: dict[str, str] = {}

    def where(self) -> str:
        """Say which branch of what."""
        return self._place().where()

    def compare(self, tree: Tree) -> Changes:
        """Compare git's ids of contents; the branch's files do not travel for that."""
        place = self._place()
        seen = self._seen = place.look()
        wanted = {path: Entry(FILE, self._id(tree, path)) for path in tree.files}
        prefix = place.path("")
        there = [path.removeprefix(prefix) for path in seen.files if path.startswith(prefix)]
        same = (p for p in tree.files if seen.files.get(place.path(p)) == wanted[p])
        return difference(tree, there, same, seen.ours)

    def read(self, path: str) -> bytes | None:
        """Read a file of the branch's last commit; a link is none."""
        place = self._place()
        if self._seen is None:
            self._seen = place.look()
        entry = self._seen.files.get(place.path(path))
        return place.store.blob(entry.id) if entry and entry.mode.startswith("100") else None

    def apply(self, tree: Tree, changes: Changes) -> Iterator[Progress]:
        """Make one commit and push it; before that nothing has happened, after it everything."""
        place = self._place()
        if self._seen is None:
            self._seen = place.look()
        content: dict[str, Content] = dict.fromkeys(changes.removed)
        content |= {path: partial(_bytes, tree, path) for path in changes.sent}
        content[RECORD] = partial(record_of, tree)
        place.send(self._seen, content, _message(place, changes))
        self._seen = None
        yield from (Progress(path, tree.sizes[path]) for path in changes.sent)
        yield from map(Progress, changes.removed)

    def _place(self) -> Repository:
        if self._repository is None:
            self._repository = find_repository(self._settings, self._ground)
        return self._repository

    def _id(self, tree: Tree, path: str) -> str:
        """The id that git gives a file of the tree (gitformat-pack: SHA-1 of `blob`, its size and
        its bytes), read once. Raises Trouble when the site was built anew meanwhile.
        """
        known = self._ids.get(tree.files[path])
        if known is None:
            data = _bytes(tree, path)
            head = b"blob %d\0" % len(data)
            known = hashlib.sha1(head + data, usedforsecurity=False).hexdigest()
            self._ids[tree.files[path]] = known
        return known


def _bytes(tree: Tree, path: str) -> bytes:
    """A file of the tree. Raises Trouble when the site was built anew meanwhile."""
    data = tree.file(path).read_bytes()
    if digest.of_bytes(data) != tree.files[path]:
        raise Trouble(error("publish-site-changed", path=path))
    return data


def find_repository(settings: Settings, ground: Ground) -> Repository:
    """Find the place. Raises Trouble when the settings mean nothing that git could publish to."""
    if not _is_path(settings.folder):
        raise Trouble(error("publish-git-folder", folder=settings.folder))
    if not _is_branch(settings.branch):
        raise Trouble(error("publish-git-branch", branch=settings.branch))
    remote = find_remote(settings, ground)
    return Repository(settings, ground, remote, open_store(remote, settings, ground))


def _is_path(folder: str) -> bool:
    parts = folder.strip("/").split("/")
    return not folder.strip("/") or not {"", ".", ".."}.intersection(parts)


def _is_branch(name: str) -> bool:
    """git-check-ref-format(1), without asking git for every publication."""
    parts = name.split("/")
    bad = any(c in name for c in " ~^:?*[\\\x7f") or any(c < " " for c in name)
    wrong = any(not p or p.startswith(".") or p.endswith((".lock", ".")) for p in parts)
    return not (bad or wrong or ".." in name or "@{" in name or name in ("@", "HEAD"))


def _message(place: Repository, changes: Changes) -> str:
    """What the commit says: as set, else in the newsletter's language."""
    ground = place.ground
    text = place.settings.message or read_locale(ground.language).word("git_message")
    facts: Iterable[tuple[str, object]] = (
        ("url", ground.base_url),
        ("date", ground.now.date().isoformat()),
        ("added", len(changes.added)),
        ("changed", len(changes.changed)),
        ("removed", len(changes.removed)),
    )
    for name, value in facts:
        text = text.replace(f"{{{name}}}", str(value))
    return text.rstrip() + "\n"
