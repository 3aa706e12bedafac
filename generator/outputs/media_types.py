"""MIME types by a file's ending: from a table, because Python's differ from machine to machine."""

from __future__ import annotations

from urllib.parse import urlsplit

TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "aac": "audio/aac",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
}
UNKNOWN = "application/octet-stream"


def media_type(url: str) -> str:
    """The type of what a URL leads to; `application/octet-stream` when its ending says nothing."""
    return TYPES.get(urlsplit(url).path.rpartition(".")[2].lower(), UNKNOWN)
