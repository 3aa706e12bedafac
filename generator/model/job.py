"""One output file to be: everything that its renderer may see."""

from __future__ import annotations

from msgspec import Struct


class Job(Struct, frozen=True):
    """A file of the output: a pure function of this value, of its template and of our code."""

    path: str
    """Path inside the output, with `/`: `2025/03/slug/index.html`."""
    kind: str
    """Name of the output kind that renders it; a key of the toolbox's outputs."""
    view: Struct
    """What the renderer sees: one of `model.views`, or a struct of the kind's own."""
    template: str = ""
    """Name of the template, empty for files that are not made from one."""
    shell: str = ""
    """Which shell the page stands in (a language code), empty for files without one."""
    here: str = ""
    """The page's own URL, by which the navigation marks where the reader is."""
    bodies: tuple[tuple[str, str], ...] = ()
    """Articles whose bodies it needs: (source path, body digest)."""
    origin: str = ""
    """What an author would call the source of this file, named when two outputs collide."""


class Rendered(Struct, frozen=True):
    """The bytes of one output file, or the file on disk that they are copied from."""

    path: str
    digest: str
    """BLAKE2b of the bytes."""
    data: bytes = b""
    copy_of: str = ""
    """Absolute path to copy from; empty when `data` is the content."""
