"""`--if-due`: nothing to do until an article's date comes, or something is edited.

A note in `.cache/` says what was last done with which sources, when, and when the next article
appears or expires. It rests on bytes and moments, never on the stat of a file or on the output, so
that it is true in a fresh checkout with a cache that came from elsewhere. Without it there is
always something to do.
"""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.engine import digest
from generator.model.report import Report
from generator.model.request import Request
from generator.sources import read_sources

FOLDER = ".cache"
BUILD = "build"


class Note(Struct, frozen=True):
    """What was done."""

    asked: str
    """Digest of what was asked for: where to, and what is shown."""
    sources: str
    made: float
    """When, as the request saw it, in seconds since 1970."""
    due: float | None
    """When an article next appears or expires; None is never."""


_decoder = msgspec.json.Decoder(Note)


def resting(request: Request, errand: str = BUILD) -> Note | None:
    """The note of an errand that need not be run again yet; None when it has to be.

    An errand is what is done with the site: `build`, or `publish` with the name of its target.
    """
    try:
        note = _decoder.decode(_file(request, errand).read_bytes())
        now = request.now.timestamp()
        if note.asked != _asked(request) or not note.made <= now:
            return None  # another site, or the clock was set back
        if note.due is not None and note.due <= now:
            return None
        file = Path(request.config_file) if request.config_file else None
        return note if note.sources == read_sources(Path(request.folder), file) else None
    except (OSError, msgspec.DecodeError):
        return None


def forget(request: Request, errand: str = BUILD) -> None:
    """Before it is run: should it fail half-way, nothing is known of it. Raises OSError."""
    _file(request, errand).unlink(missing_ok=True)


def remember(request: Request, report: Report, errand: str = BUILD) -> None:
    """After it succeeded, with the site of this build."""
    note = Note(_asked(request), report.sources, request.now.timestamp(), report.due)
    file = _file(request, errand)
    with contextlib.suppress(OSError):  # where nothing may be kept, there is always something to do
        new = file.with_suffix(".new")
        new.write_bytes(digest.encode(note))
        os.replace(new, file)


def moment_of(note: Note) -> datetime | None:
    """When the errand is due again."""
    return None if note.due is None else datetime.fromtimestamp(note.due, UTC)


def _file(request: Request, errand: str) -> Path:
    name = digest.of_texts((errand, _from_folder(request, str(request.output_folder))))
    return Path(request.folder) / FOLDER / f"due-{name[:12]}.json"


def _asked(request: Request) -> str:
    config = request.config_file and _from_folder(request, request.config_file)
    return digest.of_value((config, request.base_url, request.drafts, request.future))


def _from_folder(request: Request, path: str) -> str:
    """A path as it is called on every machine, for the newsletter may lie elsewhere there."""
    return os.path.relpath(path, request.folder).replace(os.sep, "/")
