"""MIME types by a file's ending: from a table, because Python's differ from machine to machine."""

from __future__ import annotations

from urllib.parse import urlsplit

TYPES = {  # what an article shows or a feed encloses
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
WEB = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "ics": "text/calendar",
    "vtt": "text/vtt",
    "xml": "application/xml",
    "opml": "text/x-opml",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "wasm": "application/wasm",
    "ico": "image/vnd.microsoft.icon",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "ttf": "font/ttf",
    "otf": "font/otf",
    **TYPES,
}
"""What a web host has to know besides."""
UNKNOWN = "application/octet-stream"


def media_type(url: str) -> str:
    """The type of what a URL leads to; `application/octet-stream` when its ending says nothing."""
    return TYPES.get(urlsplit(url).path.rpartition(".")[2].lower(), UNKNOWN)


def is_text(type_: str) -> bool:
    """Whether a type is text, which is UTF-8 in all that we write."""
    return type_.startswith("text/") or type_.endswith(("xml", "json"))
