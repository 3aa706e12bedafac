"""Any other place: by a command of its own, a host's tool for example.

What is there only the tool knows; so the site is compared with what was last published from here,
which is noted in `.cache/`. Losing the note costs one more run of the command.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct

from generator.contracts import Ground, Target, TargetKind
from generator.model.diagnostic import error
from generator.model.publication import Changes, Progress, Tree, difference
from generator.publish import tools
from generator.publish.secret import masked
from generator.publish.trouble import Trouble

SITE = "{site}"
"""Stands for the built site's folder in the command."""


class Settings(Struct, frozen=True, kw_only=True):
    """`to: command`."""

    command: Annotated[
        str,
        Meta(
            description="What to run in the newsletter's folder, without a shell; `{site}` is the "
            "built site: `npx wrangler pages deploy {site}`."
        ),
    ]


class Note(Struct, frozen=True):
    """What was last published from here."""

    files: dict[str, str] = {}
    """Digests by path."""
    whole: bool = True
    """Whether the command came to its end; if not, nobody knows what is online."""


class Command(Struct, frozen=True):
    """A place that a command publishes to."""

    words: tuple[str, ...]
    folder: Path
    note: Path
    environ: Mapping[str, str]

    def where(self) -> str:
        """Say which command."""
        return masked(shlex.join(self.words), self.environ)

    def compare(self, tree: Tree) -> Changes:
        """Compare with what was last published from here."""
        note = self._noted()
        known = note.files if note.whole else {}
        same = (path for path, sum_ in tree.files.items() if known.get(path) == sum_)
        return difference(tree, note.files, same, note.files)

    def read(self, path: str) -> bytes | None:
        """Nothing is known of what is online."""
        return None

    def apply(self, tree: Tree, changes: Changes) -> Iterator[Progress]:
        """Run the command; it sends and removes everything at once."""
        before = self._noted().files
        self._write(Note({**before, **tree.files}, whole=False))
        words = [word.replace(SITE, str(tree.folder)) for word in self.words]
        outcome = tools.attempt(words, environ=self.environ, folder=self.folder)
        if outcome.status:
            raise tools.failed(words, outcome)
        self._write(Note(tree.files))
        out = masked(outcome.out.decode("utf-8", "replace"), self.environ)
        yield Progress("", said=out + outcome.said)
        yield from (Progress(path, tree.sizes[path]) for path in changes.sent)
        yield from map(Progress, changes.removed)

    def _noted(self) -> Note:
        try:
            return msgspec.json.decode(self.note.read_bytes(), type=Note)
        except (FileNotFoundError, msgspec.DecodeError):
            return Note()

    def _write(self, note: Note) -> None:
        self.note.parent.mkdir(exist_ok=True)
        new = self.note.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(note))
        os.replace(new, self.note)


def _open(settings: Settings, ground: Ground) -> Target:
    try:
        words = tuple(shlex.split(settings.command))
    except ValueError:  # a quote that is not closed
        words = ()
    if not words:
        raise Trouble(error("publish-bad-command", command=settings.command))
    note = ground.folder / ".cache" / f"published-{quote(ground.name, safe='')}.json"
    return Command(words, ground.folder, note, ground.environ)


KIND = TargetKind("command", Settings, _open)
