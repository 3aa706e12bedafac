"""Find everything under `content/`, read text; what cannot be read is said, the rest still is."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from generator.engine import digest
from generator.engine.signature import Signature, signature
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.source import Source

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn")
LEFTOVERS = (
    *(".DS_Store", "Thumbs.db", "desktop.ini"),
    *(".git", ".gitkeep", ".gitignore", ".hg", ".svn"),
)
"""Names that editors and systems leave behind; other hidden files (`.nojekyll`) are copied."""
_LEFT_BEHIND = re.compile(
    r".*(~|\.(sw[a-px]|bak|old|orig|save|tmp|temp|part|rej|crdownload)|___jb_\w+___|\.sb-\w+-\w+)"
    r"|#.*#|\.#.*|\._.*|\.~lock\..*|~\$.*|4913|\.goutputstream-\w+",
    re.IGNORECASE,
)
"""Copies and half-written files of vim, Emacs, JetBrains, gedit, Office, patch and browsers: they
may hold the text of a draft, and nobody means to publish them."""
_PROSE = (".txt", ".text", ".mdx", ".html", ".htm", ".rst", ".adoc", ".org")
_FRONT_MATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*\r?\n")
HEAD = 4096
"""Bytes of a copied file in which front matter is looked for."""
_NAMED_ENCODINGS = (
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
)


class Found(Struct, frozen=True):
    """A file under `content/`, not yet read."""

    path: str
    """Path relative to the newsletter's folder, NFC, with `/`."""
    origin: str
    """Absolute path on disk, as the disk spells it."""
    seen: Signature

    @property
    def is_markdown(self) -> bool:
        """Whether it is an article or a page; all else is copied as it is."""
        return self.path.lower().endswith(MARKDOWN)


Finding = tuple[tuple[Found, ...], tuple[Diagnostic, ...]]
"""Files in the order of their paths, and what is wrong with others."""


def find(folder: Path) -> Finding:
    """Every file of the newsletter's content, in the order of its paths."""
    found: dict[str, Found] = {}
    problems: list[Diagnostic] = []
    for entry, shown in _walk(str(folder / "content"), "content", (), problems):
        if shown in found:  # one name typed on two systems: composed and decomposed accents
            problems.append(error("same-name", Place(shown)))
            continue
        try:
            found[shown] = Found(shown, entry.path, signature(entry.stat()))
        except OSError as problem:
            problems.append(error("unreadable", Place(shown), reason=problem.strerror or problem))
    return tuple(found.values()), tuple(problems)


def read(found: Found) -> Source | Diagnostic:
    """Read a Markdown file; what cannot be read as text is said."""
    try:
        return _source(Path(found.origin), found.path)
    except OSError as problem:
        return error("unreadable", Place(found.path), reason=problem.strerror or problem)


def disguised(found: Found) -> Diagnostic | None:
    """A text to be copied that has front matter: an article under another name, perhaps a draft.

    Raises OSError as reading does.
    """
    name = found.path.rpartition("/")[2].lower()
    if not name.endswith(_PROSE) and "." in name and ".md" not in name:
        return None
    with open(found.origin, "rb") as file:
        head = file.read(HEAD)
    return error("looks-like-an-article", Place(found.path)) if _FRONT_MATTER.match(head) else None


def _walk(
    folder: str, shown: str, above: tuple[str, ...], problems: list[Diagnostic]
) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Every file below a folder with its NFC path; links may lead anywhere but out or up."""
    above = (*above, os.path.realpath(folder))
    try:
        entries = sorted(
            ((unicodedata.normalize("NFC", e.name), e) for e in os.scandir(folder)),
            key=lambda pair: pair[0],
        )
    except OSError as problem:
        if above[1:] or not isinstance(problem, FileNotFoundError):
            problems.append(error("unreadable", Place(shown), reason=problem.strerror or problem))
        return
    for plain, entry in entries:
        name = f"{shown}/{plain}"
        if is_leftover(entry.name):
            continue
        if entry.is_symlink() and (bad := _bad_link(Path(entry.path), name, above)):
            problems.append(bad)
        elif entry.is_file():
            yield entry, name
        elif entry.is_dir():
            yield from _walk(entry.path, name, above, problems)
        else:
            problems.append(error("not-a-file", Place(name)))


def is_leftover(name: str) -> bool:
    """Whether a file or folder of this name is never part of a site."""
    if name[0].isalnum() and name.endswith(".md"):
        return False  # nearly all; the pattern is dear
    return name in LEFTOVERS or bool(_LEFT_BEHIND.fullmatch(name))


def _bad_link(link: Path, shown: str, above: tuple[str, ...]) -> Diagnostic | None:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or to itself
        return error("link-nowhere", Place(shown), target=os.readlink(link))
    if str(target) in above:
        return error("link-loop", Place(shown), target=os.readlink(link))
    newsletter = Path(above[0]).parent
    if not target.is_relative_to(newsletter) or target.is_relative_to(newsletter / ".cache"):
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
