"""RSS 2.0 and Atom (RFC 4287), by feedgen: one generator a format, and our extension."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from generator.feeds.formats import FORMATS
from generator.feeds.view import FeedView, Written
from generator.outputs.feed_extension import MarbreEntry, MarbreFeed

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without articles was last changed: never the clock."""


def rss(view: FeedView, items: Sequence[Written]) -> bytes:
    """The feed as RSS 2.0."""
    feed = _feed(view)
    feed.language(view.lang)
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.lastBuildDate(max((w.item.date for w in items), default=EPOCH))
    if view.image:
        feed.image(view.image, view.title, view.link)
    for written in items:
        entry = _entry(feed, written)
        entry.description(written.description)
        if written.content:
            entry.content(written.content, type="CDATA")
        if written.item.enclosure:
            url, length, kind = written.item.enclosure
            entry.enclosure(url, str(length), kind)
    data: bytes = feed.rss_str(pretty=True)
    return data


def atom(view: FeedView, items: Sequence[Written]) -> bytes:
    """The feed as Atom."""
    feed = _feed(view)
    feed.id(view.id)
    feed.language(view.lang)
    feed.author({"name": view.newsletter})
    feed.updated(max((w.item.updated for w in items), default=EPOCH))
    feed.icon(view.icon)
    if view.image:
        feed.logo(view.image)
    for written in items:
        item = written.item
        entry = _entry(feed, written)
        entry.published(item.date)
        entry.updated(item.updated)
        if item.authors:
            entry.author([{"name": name} for name in item.authors])
    data: bytes = feed.atom_str(pretty=True)
    return data


def _feed(view: FeedView) -> FeedGenerator:
    """What both formats say of a feed. RSS takes for its own link the one that was added last."""
    feed = FeedGenerator()
    feed.register_extension("marbre", MarbreFeed, MarbreEntry)
    feed.marbre.view = view
    feed.title(view.title)
    feed.subtitle(view.description or view.title)
    feed.generator("Marbre")
    feed.link(href=view.url, rel="self", type=FORMATS[view.format].type)
    for hub in view.hubs if view.format == "atom" else ():
        feed.link(href=hub, rel="hub")
    feed.link(href=view.link, rel="alternate")
    return feed


def _entry(feed: FeedGenerator, written: Written) -> FeedEntry:
    """What both formats say of an item in the same words."""
    item = written.item
    entry = feed.add_entry(order="append")
    entry.marbre.written = written
    entry.title(item.title)
    entry.link(href=item.url)
    entry.guid(item.guid, permalink=False)
    for tag in item.tags:
        entry.category(term=tag)
    return entry
