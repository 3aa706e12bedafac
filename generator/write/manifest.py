"""The record of what we wrote, kept in the output that it describes.

It lies in `.marbre/` inside the output and not in the cache: so it goes where the folder goes, and
losing the cache can never make our own site look like somebody else's (see docs/decisions.md).
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from generator.engine import digest
from generator.engine.ledger import Lines
from generator.model.diagnostic import Diagnostic, Place, error, warning
from generator.model.report import Manifest

RECORD = ".marbre"
"""Name of our own folder in the output."""
PREVIEW = "preview"
"""How the names of folders in `.cache/` begin that hold the output of a preview."""
SHOWN = 5
"""How many foreign files a message names."""


def read_manifest(output: Path) -> tuple[Manifest, tuple[Diagnostic, ...]]:
    """Read what we wrote into an output folder; a folder that is not ours is an error.

    Hidden entries (`.git`, `.gitignore`) do not make a folder foreign: they are left alone.
    """
    try:
        return msgspec.json.decode(
            (output / RECORD / "manifest.json").read_bytes(), type=Manifest
        ), ()
    except FileNotFoundError:
        return Manifest({}), _foreign(output)
    except (msgspec.DecodeError, NotADirectoryError):
        return Manifest({}), (warning("record-damaged", Place(f"{output}/{RECORD}")),)


def recovered(output: Path, lines: Lines) -> Manifest:
    """The record of an output that has lost it: what the ledger remembers and is still the same."""
    return Manifest(
        {
            path: line.digest
            for path, line in lines.items()
            if (output / path).is_file() and digest.of_file(output / path) == line.digest
        }
    )


def write_manifest(output: Path, manifest: Manifest) -> None:
    """Put the record in its place, whole or not at all. Raises OSError as writing does."""
    file = output / RECORD / "manifest.json"
    data = msgspec.json.format(msgspec.json.encode(manifest, order="deterministic"), indent=1)
    new = file.with_suffix(".new")
    if file.is_file() and file.read_bytes() == data:
        new.unlink(missing_ok=True)  # of a build that was killed
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    new.write_bytes(data)
    os.replace(new, file)


def unsuitable(output: Path, newsletter: Path) -> tuple[Diagnostic, ...]:
    """Refuse an output that is, holds, or lies in what the newsletter is made from."""
    place, home = output.resolve(), newsletter.resolve()
    sources = [home / "content", home / "templates", home / "locales"]
    if place.parent != home / ".cache" or not place.name.startswith(PREVIEW):
        sources.append(home / ".cache")
    if home.is_relative_to(place) or any(place.is_relative_to(s) for s in sources):
        return (error("output-place", Place(str(output)), folder=output),)
    if output.exists() and not output.is_dir():
        return (error("output-no-folder", Place(str(output)), folder=output),)
    return ()


def _foreign(output: Path) -> tuple[Diagnostic, ...]:
    if not output.is_dir() or (output / RECORD).is_dir():
        return ()
    names = sorted(e.name for e in os.scandir(output) if not e.name.startswith("."))
    if not names:
        return ()
    shown = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
    return (error("foreign-output", Place(str(output)), folder=output, files=shown),)
