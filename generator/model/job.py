"""One output file to be: everything that its renderer may see."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from generator.model.diagnostic import Diagnostic


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


class Order(Struct, frozen=True):
    """A job that is asked for: what it depends on, said by digests, and how its view is drawn.

    Most orders of a build were filled before. So the view, which is the costly part, is drawn only
    when one of the parts has changed; whatever `draw` looks at must be among the parts.
    """

    path: str
    kind: str
    parts: tuple[tuple[str, str], ...]
    """What the view is made of: (a word that its author understands, all of it in one text)."""
    draw: Callable[[], Struct]
    template: str = ""
    shell: str = ""
    here: str = ""
    bodies: tuple[tuple[str, str], ...] = ()
    origin: str = ""
    """What an author would call the source of this file, named when two outputs collide."""

    def job(self) -> Job:
        """The job itself, its view drawn."""
        return Job(
            self.path,
            self.kind,
            self.draw(),
            self.template,
            self.shell,
            self.here,
            self.bodies,
            self.origin,
        )


class Rendered(Struct, frozen=True):
    """One output file, made."""

    path: str
    digest: str
    """BLAKE2b of its bytes."""
    is_staged: bool = False
    """Whether the bytes wait to be moved; else they are in place already."""
    problems: tuple[Diagnostic, ...] = ()
    """What was found odd about it, to be said again as long as it stays."""
