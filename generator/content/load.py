"""Find and read everything under `content/`; what cannot be read is said, the rest still is."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from generator.engine import digest
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.source import Asset, Loaded, Source

MARKDOWN = (".md", ".markdown")
LEFTOVERS = (".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".gitkeep", ".gitignore")
"""Names that editors and systems leave behind; other hidden files (`.nojekyll`) are copied."""
_NAMED_ENCODINGS = (
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
)


def load(folder: Path) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """Read the newsletter's content, in the order of its paths."""
    sources: list[Source] = []
    assets: list[Asset] = []
    problems: list[Diagnostic] = []
    seen: set[str] = set()
    for path, shown in _walk(folder / "content", "content", (), problems):
        if shown in seen:  # one name typed on two systems: composed and decomposed accents
            problems.append(error("same-name", Place(shown)))
            continue
        seen.add(shown)
        try:
            if path.suffix.lower() in MARKDOWN:
                read = _source(path, shown)
                (sources if isinstance(read, Source) else problems).append(read)  # type: ignore[arg-type]
            else:
                assets.append(_asset(path, shown))
        except OSError as problem:
            problems.append(error("unreadable", Place(shown), reason=problem.strerror or problem))
    return Loaded(tuple(sources), tuple(assets)), tuple(problems)


def _walk(
    folder: Path, shown: str, above: tuple[Path, ...], problems: list[Diagnostic]
) -> Iterator[tuple[Path, str]]:
    """Every file below a folder with its NFC path; links may lead anywhere but out or up."""
    above = (*above, folder.resolve())
    try:
        entries = sorted(os.scandir(folder), key=lambda e: unicodedata.normalize("NFC", e.name))
    except OSError as problem:
        if above[1:] or not isinstance(problem, FileNotFoundError):
            problems.append(error("unreadable", Place(shown), reason=problem.strerror or problem))
        return
    for entry in entries:
        name = f"{shown}/{unicodedata.normalize('NFC', entry.name)}"
        if _is_leftover(entry.name):
            continue
        if entry.is_symlink() and (bad := _bad_link(Path(entry.path), name, above)):
            problems.append(bad)
        elif entry.is_dir():
            yield from _walk(Path(entry.path), name, above, problems)
        elif entry.is_file():
            yield Path(entry.path), name


def _is_leftover(name: str) -> bool:
    return name in LEFTOVERS or name.endswith(("~", ".swp", ".swx")) or name[:2] in (".#", "._")


def _bad_link(link: Path, shown: str, above: tuple[Path, ...]) -> Diagnostic | None:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or to itself
        return error("link-nowhere", Place(shown), target=os.readlink(link))
    if target in above:
        return error("link-loop", Place(shown), target=os.readlink(link))
    newsletter = above[0].parent
    if not target.is_relative_to(newsletter):
        return error("link-outside", Place(shown), target=target)
    return None


def _source(path: Path, shown: str) -> Source | Diagnostic:
    data = path.read_bytes()
    for mark, name in _NAMED_ENCODINGS:
        if data.startswith(mark):
            return error("encoding", Place(shown, 1), encoding=name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        return error("encoding", Place(shown, line), encoding=_guess(data))
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "\x00" in text:
        before = text[: text.index("\x00")]
        column = len(before) - before.rfind("\n")
        return error("nul-byte", Place(shown, before.count("\n") + 1, column))
    return Source(shown, text, digest.of_bytes(data))


def _guess(data: bytes) -> str:
    """UTF-16 without its mark is every second byte zero; anything else was an old Windows."""
    return "UTF-16" if data[:200].count(0) > len(data[:200]) // 4 else "Windows-1252"


def _asset(path: Path, shown: str) -> Asset:
    return Asset(shown, str(path), digest.of_file(path), path.stat().st_size)
