"""Holds the rules of a good feed against every feed that was made, before it is written.

What is found here is mostly a fault of ours or of a plugin, but an author must know before their
subscribers do. So each rule is read from the bytes alone, as a reader would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.checks.bodies import faults
from generator.contracts import Check
from generator.feeds.reading import ReadFeed, ReadItem, Unreadable, read_feed
from generator.feeds.view import FeedItem, FeedView
from generator.model.diagnostic import Diagnostic, Place, error, warning
from generator.model.job import Job

ROOM = 1.25
"""How much heavier than its articles a feed may be: their HTML in JSON, titles, addresses."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")


def check_feed(job: Job, data: bytes) -> Iterator[Diagnostic]:
    """What is wrong with a feed; an error names the article that it is about."""
    view = job.view
    assert isinstance(view, FeedView)
    feed_name = "/" + job.path
    try:
        feed = read_feed(data)
    except Unreadable as problem:
        yield error("feed-unreadable", feed=feed_name, reason=problem)
        return
    for code, what in _in_channel(feed, view):
        yield error(code, feed=feed_name, what=what)
    by_guid = {item.guid: item for item in view.items}
    for item in feed.items:
        meant = by_guid.get(item.guid)
        place = Place(meant.path) if meant else Place("")
        for code, what in _in_item(item, meant, view):
            yield error(code, place, feed=feed_name, what=what, title=item.title)
    yield from _among_items(feed, by_guid, feed_name)
    yield from _sizes(feed, view, data, feed_name)


CHECK = Check("feeds", "feed", check_feed)

Fault = tuple[str, str]
"""Code of a diagnostic, and what is meant."""


def _in_channel(feed: ReadFeed, view: FeedView) -> Iterator[Fault]:
    """Title, page, own address, hubs, and a date that is not the clock's (FEEDS, Channel)."""
    if feed.format != view.format:
        yield "feed-missing", view.format
    for name in ("title", "link", "url", "language"):
        if not getattr(feed, name):
            yield "feed-missing", name
    if feed.format == "rss" and not feed.description:
        yield "feed-missing", "description"
    if feed.url and feed.url != view.url:
        yield "feed-address", feed.url
    for url in (feed.url, feed.link):
        if url and not _is_absolute(url):
            yield "feed-relative-url", url
    for hub in set(view.hubs) - set(feed.hubs):
        yield "feed-missing", f"rel=hub {hub}"
    if feed.format != "json" and feed.items:
        dates = [date for item in feed.items if (date := item.updated or item.date)]
        if dates and feed.changed != max(dates):
            yield "feed-clock", str(feed.changed)


def _in_item(item: ReadItem, meant: FeedItem | None, view: FeedView) -> Iterator[Fault]:
    """Identity, texts, dates, addresses and the body of one item (FEEDS, Item)."""
    yield from _required(item, view)
    if item.guid and (meant is None or item.is_address):
        yield "feed-identity", item.guid
    if meant:
        yield from _unlike(item, meant)
    if item.url and not _is_absolute(item.url):
        yield "feed-relative-url", item.url
    for url, length, kind in item.enclosures:
        if not (_is_absolute(url) and length.isdigit() and _MEDIA_TYPE.fullmatch(kind)):
            yield "feed-enclosure", f"{url} {length} {kind}".strip()
    yield from faults(item.content)
    if view.format != "json":  # there the summary is plain text
        yield from faults(item.description)
    texts = (item.title, item.description, item.content) if view.format == "json" else ()
    for text in texts:  # no XML that could be read has such characters
        if found := _CONTROL.search(text):
            yield "feed-control", f"U+{ord(found[0]):04X}"


def _required(item: ReadItem, view: FeedView) -> Iterator[Fault]:
    for name in ("guid", "title", "url", "date", "description"):
        if not getattr(item, name):
            yield "feed-missing", name
    if view.full and not item.content:
        yield "feed-missing", "content"
    if view.format == "rss" and "encoded" in item.parts and "description" in item.parts:
        first = item.parts.index("description") < item.parts.index("encoded")
        if not first:
            yield "feed-parts", "content:encoded"


def _unlike(item: ReadItem, meant: FeedItem) -> Iterator[Fault]:
    """What an item says otherwise than its article: a title escaped twice, a lost tag."""
    if item.title != meant.title and item.title:
        yield "feed-title", item.title
    if item.date and item.date != meant.date:
        yield "feed-date", str(item.date)
    if item.url and item.url != meant.url:
        yield "feed-address", item.url
    for name in ("authors", "tags"):
        for lost in set(getattr(meant, name)) - set(getattr(item, name)):
            yield "feed-lost", lost


def _among_items(
    feed: ReadFeed, by_guid: dict[str, FeedItem], feed_name: str
) -> Iterator[Diagnostic]:
    """No identity twice, newest first."""
    seen: dict[str, ReadItem] = {}
    last: ReadItem | None = None
    for item in feed.items:
        place = Place(by_guid[item.guid].path) if item.guid in by_guid else Place("")
        about = {"feed": feed_name, "title": item.title}
        if item.guid in seen:
            yield error("feed-twice", place, what=item.guid, **about)
        elif item.date and last and last.date and item.date > last.date:
            yield error("feed-order", place, what=last.title, **about)
        seen[item.guid] = last = item


def _sizes(feed: ReadFeed, view: FeedView, data: bytes, feed_name: str) -> Iterator[Diagnostic]:
    """Fewer articles than were asked for, or a feed that is too heavy even so."""
    held, asked, limit = len(feed.items), len(view.items), view.size // 1000
    if held < asked:
        yield warning("feed-shortened", feed=feed_name, held=held, asked=asked, limit=limit)
    if len(data) > view.size * ROOM:
        heaviest = max(feed.items, key=lambda item: len(item.content), default=None)
        meant = next((i for i in view.items if heaviest and i.guid == heaviest.guid), None)
        place = Place(meant.path) if meant else Place("")
        size = len(data) // 1000
        yield warning("feed-large", place, feed=feed_name, size=size, limit=limit)


def _is_absolute(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)
