"""From the path of a request to a file of the preview, and never to any other."""

from __future__ import annotations

import mimetypes
import os
import stat
from pathlib import Path
from typing import Literal

from msgspec import Struct

from generator.write.manifest import RECORD

_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".xml": "application/xml",
    ".opml": "text/x-opml",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".m4a": "audio/mp4",
}
"""Where Python's own table depends on the machine, or is wrong."""
_FEEDS = {b"<rss": "application/rss+xml", b"<feed": "application/atom+xml"}
HEAD = 1024
"""Bytes in which the root element of a feed is looked for."""


class Found(Struct, frozen=True):
    """What is at a path."""

    kind: Literal["file", "folder", "nothing"]
    file: Path = Path()
    """The file to send, for `file`."""
    stat: os.stat_result | None = None


NOTHING = Found("nothing")


def find(root: Path, path: str) -> Found:
    """What answers a decoded path below the base path: `` and `x/` are index.html in a folder.

    A path that could lead out of the folder, by its text or by a symbolic link, leads nowhere.
    """
    parts = path.split("/")
    if not all(map(_is_plain, parts[:-1])) or not (parts[-1] == "" or _is_plain(parts[-1])):
        return NOTHING
    try:
        home = root.resolve(strict=True)
        file = (home / path).resolve(strict=True)
        if not file.is_relative_to(home):
            return NOTHING
        if file.is_dir():
            if parts[-1]:
                return Found("folder")
            file = (file / "index.html").resolve(strict=True)
        elif not parts[-1]:
            return NOTHING  # a file is no folder
        found = file.stat()
    except (OSError, ValueError, RuntimeError):
        return NOTHING
    if not file.is_relative_to(home) or not stat.S_ISREG(found.st_mode):
        return NOTHING
    return Found("file", file, found)


def content_type(file: Path) -> str:
    """The media type with its charset: feeds by what they are, all else by its ending."""
    ending = file.suffix.lower()
    kind = _TYPES.get(ending) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if ending == ".xml":
        kind = _feed_type(file) or kind
    elif file.name == "feed.json":
        kind = "application/feed+json"
    is_text = kind.startswith("text/") or kind.endswith(("+xml", "/xml", "json", "+json"))
    return f"{kind}; charset=utf-8" if is_text and "svg" not in kind else kind


def etag(found: os.stat_result) -> str:
    """A strong validator: two versions of a file never have the same time, size and inode."""
    return f'"{found.st_mtime_ns:x}-{found.st_size:x}-{found.st_ino:x}"'


def _is_plain(part: str) -> bool:
    return part not in ("", ".", "..", RECORD) and not any(c in part for c in "\\\0")


def _feed_type(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD)
    except OSError:
        return ""
    return next((kind for mark, kind in _FEEDS.items() if mark in head), "")
