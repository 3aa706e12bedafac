"""sitemap.xml (sitemaps.org protocol 0.9): what search engines should know, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from msgspec import Struct

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Author, Entry, Site, Tag
from generator.outputs import cards


class Sitemap(Struct, frozen=True):
    """Addresses with the moment of their last change, RFC 3339 or empty."""

    urls: tuple[tuple[str, str], ...]


def plan(site: Site) -> Iterable[Order]:
    """One file."""
    everything = (*site.entries.values(), *site.pages.values())
    yield Order(
        path="sitemap.xml",
        kind=KIND.name,
        parts=(
            ("articles", "\n".join(_said(entry) for entry in everything)),
            ("tags", _lists(site.tags.values())),
            ("authors", _lists(site.authors.values())),
        ),
        draw=lambda: Sitemap(tuple(_urls(site))),
        origin="the sitemap",
    )


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The XML."""
    assert isinstance(job.view, Sitemap)
    entries = (
        f"<url><loc>{escape(url)}</loc>" + (f"<lastmod>{last}</lastmod>" if last else "") + "</url>"
        for url, last in job.view.urls
    )
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *entries,
            "</urlset>\n",
        )
    ).encode()


KIND = OutputKind("sitemap", plan, render, nothing_of_its_own)


def _urls(site: Site) -> Iterable[tuple[str, str]]:
    every = ((path, _changed(entry)) for path, entry in site.entries.items())
    changed = {path: moment for path, moment in every if moment}
    instants = {path: moment.timestamp() for path, moment in changed.items()}
    said = {path: moment.isoformat() for path, moment in changed.items()}

    def last(paths: Iterable[str]) -> str:
        """The latest change among some articles; dates that the author never gave stay unsaid."""
        dated = filter(instants.__contains__, paths)
        return said.get(max(dated, key=instants.__getitem__, default=""), "")

    shown = [path for path, entry in site.entries.items() if not entry.article.noindex]
    newest = last(shown)
    lists = ("/", f"/{cards.word(site, 'slug_briefing')}/", "/tags/", "/archives/")
    for address in lists:
        yield site.base.absolute(address), newest
    yield site.base.absolute(f"/{cards.word(site, 'slug_subscribe')}/"), ""
    for path in shown:
        yield site.base.absolute(site.entries[path].address), said.get(path, "")
    for page in site.pages.values():
        if not page.article.noindex:
            moment = _changed(page)
            yield site.base.absolute(page.address), moment.isoformat() if moment else ""
    lists_of = [(tag.address, tag.paths) for tag in site.tags.values()]
    lists_of += [(author.address, author.paths) for author in site.authors.values()]
    for address, paths in lists_of:
        yield site.base.absolute(address), last(paths)


def _said(entry: Entry) -> str:
    """What the sitemap says of an article or a page."""
    return f"{entry.address} {_changed(entry)} {entry.article.noindex}"


def _lists(lists: Iterable[Tag | Author]) -> str:
    """What it says of pages that list articles: their dates hang on who is listed."""
    return "\n".join(f"{one.address} {' '.join(one.paths)}" for one in lists)


def _changed(entry: Entry) -> datetime | None:
    return entry.article.updated or entry.article.date
