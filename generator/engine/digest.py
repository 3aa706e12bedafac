"""Digests: of bytes, of texts, and of values in their canonical encoding."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import msgspec

SIZE = 16
"""Bytes of a digest; 128 bits are plenty against accident, which is all we defend against."""

LIBRARIES = (
    *("babel", "feedgen", "imagesize", "jinja2", "lxml", "markdown-it-py", "markupsafe"),
    *("mdit-py-plugins", "msgspec", "pygments", "python-slugify", "pyyaml", "selectolax"),
    "text-unidecode",
)
"""Those that have a say in what a page looks like."""
_encoder = msgspec.json.Encoder(order="deterministic")
"""JSON and not MessagePack, whose timestamps forget the zone in which the author wrote a date."""


def of_bytes(data: bytes) -> str:
    """BLAKE2b of some bytes, in hexadecimal."""
    return blake2b(data, digest_size=SIZE).hexdigest()


def encode(value: object) -> bytes:
    """A value's canonical JSON."""
    return _encoder.encode(value)


def of_value(value: object) -> str:
    """BLAKE2b of a value's canonical JSON."""
    return of_bytes(_encoder.encode(value))


def of_texts(texts: Iterable[str]) -> str:
    """BLAKE2b of some texts in order, each with its length, so that none can run into the next."""
    joined = "".join([f"{len(text)}:{text}" for text in texts])
    return of_bytes(joined.encode("utf-8", "surrogatepass"))


def of_file(path: Path) -> str:
    """BLAKE2b of a file, read in pieces. Raises OSError as reading does."""
    state = blake2b(digest_size=SIZE)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            state.update(piece)
    return state.hexdigest()


def of_files(digests: Mapping[str, str]) -> str:
    """Digest of several files by path, by the digests of their bytes."""
    return of_texts(text for path in sorted(digests) for text in (path, digests[path]))


@cache
def of_our_code() -> str:
    """Digest of what turns the author's files into pages: this package's own files, the versions of
    the libraries and of Python, whose tables of characters differ.
    """
    package = Path(__file__).parent.parent
    files = sorted(p for p in package.rglob("*") if p.suffix in (".py", ".yaml"))
    ours = [(str(p.relative_to(package)), of_file(p)) for p in files]
    return of_value((ours, [version(name) for name in LIBRARIES], sys.version_info[:3]))
