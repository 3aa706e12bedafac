"""Feeds: of the newsletter, of each tag and of each author; whole articles, key points first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from html import escape

from msgspec import Struct

from generator.contracts import Bodies, OutputKind, Theme
from generator.feeds.formats import FORMATS, in_order
from generator.feeds.identity import feed_id
from generator.feeds.view import FeedItem, FeedView, Written
from generator.model.job import Job, Order
from generator.model.site import Entry, Site
from generator.outputs import cards, slots
from generator.outputs.feed_html import characters, feed_html
from generator.outputs.feed_items import feed_item, is_updated
from generator.outputs.feed_style import STYLE

PICTURES = ("/apple-touch-icon.png", "/icon.png", "/logo.png", "/favicon.png", "/logo.jpg")
"""Where authors put a square picture of their newsletter; readers show it beside the title."""


class Channel(Struct, frozen=True):
    """One feed to be, in any format."""

    page: str
    """Address of the page that it is the feed of."""
    title: str
    description: str
    paths: Sequence[str]
    """Source paths of its articles, newest first."""
    formats: tuple[str, ...]


def plan(site: Site) -> Iterable[Order]:
    """Every feed in every format that is asked for."""
    picture = _picture(site)
    for channel in _channels(site, site.tags, site.authors):
        if channel.formats:
            yield from _orders(site, channel, _newest(site, channel.paths), picture)


def again(site: Site, entry: Entry) -> Iterable[Order]:
    """The feeds that an article is in."""
    picture = _picture(site)
    for channel in _channels(site, entry.tags, entry.authors):
        if channel.formats:
            entries = _newest(site, channel.paths)
            if any(each.article.path == entry.article.path for each in entries):
                yield from _orders(site, channel, entries, picture)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The feed in its format."""
    view = job.view
    assert isinstance(view, FeedView)
    items = list(_fitting(view, bodies))
    if view.format == "json":
        from generator.outputs.feed_json import json

        return json(view, items)
    from generator.outputs import feed_xml  # half of a small build's time, were it always imported

    return feed_xml.rss(view, items) if view.format == "rss" else feed_xml.atom(view, items)


KIND = OutputKind("feed", plan, render, again)


def _orders(
    site: Site, channel: Channel, entries: Sequence[Entry], picture: str
) -> Iterator[Order]:
    """A feed in each of its formats."""
    parts = _parts(site, channel, entries, picture)
    for known in in_order(channel.formats):
        address = channel.page + known.file
        yield Order(
            path=address[1:],
            kind=KIND.name,
            parts=parts,
            draw=partial(_view, site, channel, known.key, entries, picture),
            bodies=_bodies(entries) if site.habits.feed_full else (),
            origin=f"the feed of {channel.page}",
        )


def _channels(site: Site, tags: Iterable[str], authors: Iterable[str]) -> Iterator[Channel]:
    """The newsletter, then some of its tags and some of its authors."""
    habits, name = site.habits, site.shell.title
    told = site.description
    yield Channel("/", name, told, tuple(site.entries), habits.feed_formats)
    for tag in (site.tags[key] for key in tags):
        title = cards.feed_title(site, tag.name)
        described = tag.description or told
        yield Channel(tag.address, title, described, tag.paths, habits.tag_feeds)
    for author in (site.authors[name] for name in authors):
        title = cards.feed_title(site, author.name)
        yield Channel(author.address, title, author.bio or told, author.paths, habits.author_feeds)


def _newest(site: Site, paths: Sequence[str]) -> tuple[Entry, ...]:
    """The articles of a feed: never a draft or tomorrow's, in a preview either."""
    found: list[Entry] = []
    for path in paths:
        entry = site.entries[path]
        if entry.status == "published":
            found.append(entry)
            if len(found) == site.habits.feed_items:
                break
    return tuple(found)


def _parts(
    site: Site, channel: Channel, entries: Sequence[Entry], picture: str
) -> tuple[tuple[str, str], ...]:
    updated = "".join(str(int(is_updated(entry, site.now))) for entry in entries)
    told = (channel.title, channel.description, site.shell.title, picture, site.shell.icon)
    return (
        ("articles", "\n".join((updated, *(entry.whole for entry in entries)))),
        ("feed", "\0".join(told)),
    )


def _bodies(entries: Iterable[Entry]) -> tuple[tuple[str, str], ...]:
    return tuple((entry.article.path, entry.article.digest) for entry in entries)


def _view(
    site: Site, channel: Channel, format_: str, entries: Sequence[Entry], picture: str
) -> FeedView:
    address = channel.page + FORMATS[format_].file
    return FeedView(
        format=format_,
        id=feed_id(site.identity, address),
        title=characters(channel.title),
        newsletter=characters(site.shell.title),
        description=characters(channel.description),
        link=site.base.absolute(channel.page),
        url=site.base.absolute(address),
        lang=site.lang,
        hubs=site.habits.hubs,
        full=site.habits.feed_full,
        size=site.habits.feed_size,
        image=picture,
        icon=slots.absolute(site.shell.icon, site.base),
        style=site.base.relative(STYLE) if format_ != "json" else "",
        items=tuple(feed_item(site, entry) for entry in entries),
    )


def _picture(site: Site) -> str:
    there = {copy.address for copy in site.copies}
    found = next((address for address in PICTURES if address in there), "")
    return site.base.absolute(found) if found else ""


def _fitting(view: FeedView, bodies: Bodies) -> Iterator[Written]:
    """Items with their HTML, the newest first, as many as the feed can hold; at least one."""
    weight = 0
    for item in view.items:
        written = _written(item, view, bodies)
        weight += len(written.description.encode()) + len(written.content.encode())
        if weight > view.size and item is not view.items[0]:
            return
        yield written


def _written(item: FeedItem, view: FeedView, bodies: Bodies) -> Written:
    points = feed_html(slots.fill(item.points, item.slots), item.url) if item.points else ""
    description = points or escape(item.summary, quote=False)
    if not view.full:
        return Written(item, description, "")
    body = bodies[item.path]
    around = item.top, item.points, body.before, body.after, item.bottom
    html = feed_html(slots.fill("".join(around), item.slots), item.url, item.pictures)
    html = html or f"<p>{escape(item.title, quote=False)}</p>"  # an article may say it all there
    if item.lang:
        html = f'<div lang="{escape(item.lang)}" dir="{item.dir}">{html}</div>'
    return Written(item, description, html)
