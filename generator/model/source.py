"""Files as they were read: text to parse, and assets to copy."""

from __future__ import annotations

from msgspec import Struct


class Source(Struct, frozen=True):
    """A Markdown file as read, complete enough to be parsed on another machine."""

    path: str
    """Path relative to the newsletter's folder, NFC, with `/`: `content/2025/03-mai.md`."""
    text: str
    """Decoded text, without BOM, line ends as `\\n`."""
    digest: str
    """BLAKE2b of the bytes on disk."""

    @property
    def is_page(self) -> bool:
        """Whether this is a page without a date (`content/pages/`)."""
        return self.path.startswith("content/pages/")

    @property
    def is_bundle(self) -> bool:
        """Whether the file is the `index.md` of a folder that it owns."""
        folder, _, name = self.path.rpartition("/")
        return name == "index.md" and folder not in ("content", "content/pages")


class Asset(Struct, frozen=True):
    """A file that is copied as it is."""

    path: str
    """Path relative to the newsletter's folder: `content/images/puces.png`."""
    origin: str
    """Absolute path on disk, from which the bytes are copied."""
    digest: str
    """BLAKE2b of the bytes."""
    size: int
    """Bytes."""
    extent: tuple[int, int] = (0, 0)
    """Width and height of a picture in pixels, upright; 0 when it is none that we can measure."""
