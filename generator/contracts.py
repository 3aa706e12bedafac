"""The shapes that a feature can have. This file is the plugin API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from generator.model.article import Body
from generator.model.diagnostic import Diagnostic
from generator.model.job import Job, Order
from generator.model.publication import Changes, Progress, Tree
from generator.model.site import Entry, Site

Again = Callable[[Site, Entry], Iterable[Order]]


def nothing_of_its_own(site: Site, entry: Entry) -> Iterable[Order]:
    """The `again` of kinds that hold nothing of an article but what any other page may know."""
    return ()


Bodies = Mapping[str, Body]
"""Articles' bodies by source path: those that the job named."""


class Theme(Protocol):
    """The templates, ready to print."""

    def page(self, job: Job, page: Struct, **more: object) -> bytes:
        """Print the job's template with its shell, `page` and whatever else is given."""
        ...


class OutputKind(Struct, frozen=True):
    """One kind of file in the output: which ones there are, and how one is made."""

    name: str
    plan: Callable[[Site], Iterable[Order]]
    """Serial and cheap: names the files, and for each what it depends on."""
    render: Callable[[Job, Theme, Bodies], bytes | Path]
    """Pure: the bytes of one file, or the file that it is a copy of."""
    again: Again | None = None
    """The orders that hold what an article alone knows of itself (its body, its headings and the
    like: `OWN` in `model/article.py`), so that nothing else need be planned when only that changed.
    Without it, every change plans everything."""


class Check(Struct, frozen=True):
    """Looks at what was made of one kind of output, before anything is written."""

    name: str
    kind: str
    """Name of the output kind whose files it looks at."""
    look: Callable[[Job, bytes], Iterable[Diagnostic]]
    """Pure: what is wrong with a file, given the job that it was made from."""


class Target(Protocol):
    """A place where the site is published. Each of its verbs raises Trouble when the place cannot
    be read or written, and OSError for our own disk.
    """

    def where(self) -> str:
        """Say where it is, for people; never a secret."""
        ...

    def compare(self, tree: Tree) -> Changes:
        """Find out what publishing would do, from what is there; changes nothing."""
        ...

    def read(self, path: str) -> bytes | None:
        """Read a file as it is there; None when there is none, or when it cannot be known."""
        ...

    def apply(self, tree: Tree, changes: Changes) -> Iterator[Progress]:
        """Make the place hold the tree, and nothing that we published before besides; one step for
        each file that was sent or removed. Cut off anywhere, the same again finishes the work.
        """
        ...


class Ground(Struct, frozen=True):
    """What a target may know of where it is used."""

    name: str
    """Of the target, in the configuration."""
    folder: Path
    """The newsletter's, absolute; relative paths in settings start here."""
    base_url: str
    now: datetime
    environ: Mapping[str, str]
    """The process's environment: secrets come from here, or from the platform's own files."""
    language: str = "en"
    """The newsletter's: what a place keeps to be read by people is written in it."""


class TargetKind(Struct, frozen=True):
    """One kind of place: `to: name` in the configuration."""

    name: str
    settings: type[Struct]
    """The keys beside `to`, annotated: they are read with places and "did you mean"."""
    open: Callable[[Any, Ground], Target]
    """From settings to the place itself; must not touch it yet."""
    back: Callable[[Any, Ground], str] | None = None
    """Go back to what was online before and say what that is, where a place can."""


class Plugin(Struct, frozen=True):
    """A bundle of features. Built-in ones have this shape too."""

    name: str
    outputs: tuple[OutputKind, ...] = ()
    checks: tuple[Check, ...] = ()
    filters: Mapping[str, Callable[..., object]] = {}
    """Template filters by name."""
    targets: tuple[TargetKind, ...] = ()
    version: str = ""
    """Of the package that offers it: another one makes other pages. Filled in when it is found."""


class Toolbox(Struct, frozen=True):
    """Every feature of this build, by name."""

    outputs: dict[str, OutputKind]
    checks: dict[str, tuple[Check, ...]]
    """By the name of the output kind that they look at."""
    filters: dict[str, Callable[..., object]]
    targets: dict[str, TargetKind] = {}
    plugins: tuple[str, ...] = ()
    """Names and versions of what it was filled from."""
