"""Files that are not pages: the theme's, the author's, the favicon, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.engine import digest
from generator.model.job import Job, Order
from generator.model.site import Copy, Site


class Bytes(Struct, frozen=True):
    """A file whose bytes are known already."""

    data: bytes


class Copied(Struct, frozen=True):
    """A file that is copied."""

    path: str
    """Absolute path on disk; not part of what it is, so not part of its digest."""
    digest: str


def plan(site: Site) -> Iterable[Order]:
    """One order a file. What the author gives (favicon.svg, robots.txt) takes the place of ours."""
    given = {copy.address for copy in site.copies}
    for file in site.static:
        if file.address not in given or file.address.startswith("/assets/"):
            yield _known(file.address, file.data, f"theme:{file.origin}")
    if "/robots.txt" not in given:
        yield _known("/robots.txt", _robots(site), "robots.txt")
    for copy in site.copies:
        yield _copied(copy)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes | Path:
    """The bytes, or where they are."""
    if isinstance(job.view, Copied):
        return Path(job.view.path)
    assert isinstance(job.view, Bytes)
    return job.view.data


KIND = OutputKind("file", plan, render, nothing_of_its_own)


def _known(address: str, data: bytes, origin: str) -> Order:
    parts = (("file", digest.of_bytes(data)),)
    return Order(address[1:], KIND.name, parts, lambda: Bytes(data), origin=origin)


def _copied(copy: Copy) -> Order:
    asset = copy.asset
    parts = (("file", asset.digest),)
    view = Copied(asset.origin, asset.digest)
    return Order(copy.address[1:], KIND.name, parts, lambda: view, origin=asset.path)


def _robots(site: Site) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.base.absolute('/sitemap.xml')}\n".encode()
