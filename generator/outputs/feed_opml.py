"""All feeds in one file that readers import (OPML 2.0, http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from msgspec import Struct

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Site
from generator.model.views import Feed
from generator.outputs import cards
from generator.outputs.feed_html import characters

OPML = "/feeds.opml"


class Outlines(Struct, frozen=True):
    """Feeds by heading; each comes once, in the format that most readers take."""

    title: str
    groups: tuple[tuple[str, tuple[tuple[Feed, str], ...]], ...]
    """Heading (empty for the newsletter's own), feeds with the page that each is the feed of."""


def plan(site: Site) -> Iterable[Order]:
    """One file, when there is a feed at all."""
    if has_feeds(site):
        yield Order(
            path=OPML[1:],
            kind=KIND.name,
            parts=(
                ("feed", site.shell.title),
                ("tags", cards.tags_shown(site, site.tags)),
                ("author", cards.authors_shown(site)),
            ),
            draw=lambda: _outlines(site),
            origin="the list of feeds",
        )


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The XML."""
    view = job.view
    assert isinstance(view, Outlines)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines.append(f"<head><title>{_escaped(view.title)}</title></head>\n<body>")
    for heading, feeds in view.groups:
        outlines = [_outline(feed, page) for feed, page in feeds]
        if heading:
            outlines = [f'<outline text="{_escaped(heading)}">', *outlines, "</outline>"]
        lines += outlines
    return "\n".join((*lines, "</body>", "</opml>", "")).encode()


KIND = OutputKind("opml", plan, render, nothing_of_its_own)


def has_feeds(site: Site) -> bool:
    """Whether the newsletter makes any feed."""
    habits = site.habits
    of_tags = habits.tag_feeds and site.tags
    return bool(habits.feed_formats or of_tags or (habits.author_feeds and site.authors))


def _outlines(site: Site) -> Outlines:
    tags = [(cards.tag_feeds(site, key), tag.address) for key, tag in site.tags.items()]
    people = [(cards.author_feeds(site, name), a.address) for name, a in site.authors.items()]
    every = (
        ("", [(site.shell.feeds, "/")]),
        (cards.word(site, "tags"), tags),
        (cards.word(site, "authors"), people),
    )
    groups = (
        (title, tuple((feeds[0], site.base.absolute(page)) for feeds, page in found if feeds))
        for title, found in every
    )
    return Outlines(site.shell.title, tuple((title, feeds) for title, feeds in groups if feeds))


def _outline(feed: Feed, page: str) -> str:
    title = _escaped(feed.title)
    return (
        f'<outline type="rss" text="{title}" title="{title}" '
        f'xmlUrl="{_escaped(feed.url)}" htmlUrl="{_escaped(page)}"/>'
    )


def _escaped(text: str) -> str:
    return escape(characters(text))
