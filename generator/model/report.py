"""What a build did, for the person who asked for it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from generator.model.diagnostic import Diagnostic

Status = Literal["published", "draft", "scheduled", "expired"]


class Manifest(Struct, frozen=True):
    """What we wrote into an output folder: the only files that we may ever remove from it."""

    files: dict[str, str]
    """Digest of each file's bytes by its path in the output."""
    version: int = 1


class Held(Struct, frozen=True):
    """An article that is not in the output, and why."""

    path: str
    title: str
    status: Status
    date: datetime | None
    """When it appears (scheduled) or when it disappeared (expired)."""


class Report(Struct, frozen=True):
    """The outcome of a build."""

    output: str
    """The output folder as the user would name it."""
    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    articles: int
    held: tuple[Held, ...]
    diagnostics: tuple[Diagnostic, ...]
    """Warnings; errors never get this far."""
    seconds: float
    due: float | None = None
    """Next moment at which an article appears or expires, in seconds since 1970; None is never."""
    sources: str = ""
    """Digest of everything that the site was made from, but the time (see `sources.py`)."""
    outputs: dict[str, tuple[int, int, int, int]] = {}
    """Every file of the output with its size in bytes, mtime and ctime in nanoseconds, inode."""
    why: tuple[tuple[str, str], ...] = ()
    """For each rewritten file the parts of its key that changed, as words; empty when it is new."""
