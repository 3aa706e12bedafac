"""RSS 2.0 for the newsletter and for each tag: whole articles, key points first."""

from __future__ import annotations

import mimetypes
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from html import escape

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from msgspec import Struct

from generator.config.locale import read_locale
from generator.contracts import Bodies, OutputKind, Theme
from generator.model.job import Job, Order
from generator.model.site import Entry, Site
from generator.model.views import KeyPoints
from generator.outputs import cards, slots
from generator.outputs.feed_extension import MarbreEntry, MarbreFeed
from generator.outputs.feed_html import characters, feed_html

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without articles was last built: never the clock."""


class FeedItem(Struct, frozen=True):
    """One article in a feed."""

    path: str
    """Source path, by which the body is found."""
    guid: str
    title: str
    url: str
    date: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    """HTML: the key points as a short list, else the chapô."""
    top: str
    """HTML that stands before the body: chapô, lead image and key points."""
    bottom: str
    """HTML that stands after the body: correction and sources."""
    slots: tuple[str, ...]
    enclosure: tuple[str, int, str] | None
    """URL, length in bytes, MIME type."""


class FeedView(Struct, frozen=True):
    """A feed, complete but for the bodies of its articles."""

    title: str
    description: str
    link: str
    """The page that it is the feed of."""
    url: str
    """Its own address."""
    lang: str
    hubs: tuple[str, ...]
    full: bool
    """Whether whole articles are in it."""
    items: tuple[FeedItem, ...]


def plan(site: Site) -> Iterable[Order]:
    """The newsletter's feed, then one for each tag."""
    if "rss" in site.habits.feed_formats:
        newest = list(site.entries.values())
        yield _order(site, "/feed.xml", "/", site.shell.title, site.description, newest)
    for tag in site.tags.values():
        feed = cards.tag_feed(site, tag.key)
        entries = [site.entries[path] for path in tag.paths[: site.habits.feed_items]]
        told = tag.description or site.description
        yield _order(site, f"{tag.address}feed.xml", tag.address, feed.title, told, entries)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The XML, by feedgen."""
    view = job.view
    assert isinstance(view, FeedView)
    feed = FeedGenerator()
    feed.register_extension("marbre", MarbreFeed, MarbreEntry, atom=False, rss=True)
    feed.title(view.title)
    feed.description(view.description or view.title)
    feed.language(view.lang)
    feed.generator("Marbre")
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.lastBuildDate(max((item.date for item in view.items), default=EPOCH))
    feed.marbre.is_empty(not view.items)
    feed.link(href=view.url, rel="self", type="application/rss+xml")
    feed.link(href=view.link, rel="alternate")  # last: the RSS channel's link is the one added last
    feed.marbre.hubs(view.hubs)
    for item in view.items:
        _add(feed.add_entry(order="append"), item, view, bodies)
    data: bytes = feed.rss_str(pretty=True)
    return data


KIND = OutputKind("feed", plan, render)


def guid(identity: str, stem: str, given: str = "") -> str:
    """An article's identity, which no change of title, date, slug or domain touches (FEEDS)."""
    if given:
        return given
    try:
        namespace = uuid.UUID(identity)
    except ValueError:
        namespace = uuid.uuid5(uuid.NAMESPACE_URL, identity)
    return uuid.uuid5(namespace, stem).urn


def _add(entry: FeedEntry, item: FeedItem, view: FeedView, bodies: Bodies) -> None:
    entry.title(characters(item.title))
    entry.link(href=item.url)
    entry.guid(item.guid, permalink=False)
    entry.pubDate(item.date)
    entry.description(characters(item.summary))
    entry.marbre.creators(item.authors)
    for tag in item.tags:
        entry.category(term=tag)
    if item.enclosure:
        url, length, kind = item.enclosure
        entry.enclosure(url, str(length), kind)
    if view.full:
        body = bodies[item.path]
        text = item.top + body.before + body.after + item.bottom
        html = slots.fill(text, item.slots)
        entry.content(characters(feed_html(html, item.url)))


def _order(
    site: Site, address: str, page: str, title: str, description: str, entries: Sequence[Entry]
) -> Order:
    chosen = entries[: site.habits.feed_items]
    full = site.habits.feed_full
    return Order(
        path=address[1:],
        kind=KIND.name,
        parts=(
            ("articles", "\n".join(entry.whole for entry in chosen)),
            ("feed", f"{title}\0{description}"),
        ),
        draw=partial(_view, site, address, page, title, description, chosen),
        bodies=tuple((e.article.path, e.article.digest) for e in chosen) if full else (),
        origin=f"the feed of {page}",
    )


def _view(
    site: Site, address: str, page: str, title: str, description: str, entries: Sequence[Entry]
) -> FeedView:
    return FeedView(
        title=title,
        description=description,
        link=site.base.absolute(page),
        url=site.base.absolute(address),
        lang=site.lang,
        hubs=site.habits.hubs,
        full=site.habits.feed_full,
        items=tuple(_item(site, entry) for entry in entries),
    )


def _item(site: Site, entry: Entry) -> FeedItem:
    article = entry.article
    values = slots.absolute_attributes(entry, site.base)
    points = cards.callout(site, entry)
    listed = _points(entry) if points else ""
    return FeedItem(
        path=article.path,
        guid=guid(site.identity, article.stem, article.guid),
        title=article.title,
        url=site.base.absolute(entry.address),
        date=article.date or EPOCH,
        authors=entry.authors,
        tags=tuple(site.tags[key].name for key in entry.tags),
        summary=feed_html(slots.fill(listed, values), site.base.absolute(entry.address))
        or escape(article.lede or article.title, quote=False),
        top=_chapo(entry) + _image(site, entry) + _title(points) + listed,
        bottom=_ending(entry),
        slots=values,
        enclosure=_enclosure(site, entry),
    )


def _points(entry: Entry) -> str:
    lines = (
        f"<li>{escape(point.mark)} {point.html}</li>" if point.mark else f"<li>{point.html}</li>"
        for point in entry.article.key_points
    )
    return f"<ul>{''.join(lines)}</ul>"


def _title(points: KeyPoints | None) -> str:
    return f"<h2>{escape(points.title)}</h2>" if points else ""


def _image(site: Site, entry: Entry) -> str:
    picture = cards.picture(site, entry)
    if picture is None:
        return ""
    return f'<p><img src="{escape(picture.absolute_url)}" alt="{escape(picture.alt)}"></p>'


def _enclosure(site: Site, entry: Entry) -> tuple[str, int, str] | None:
    enclosure = entry.enclosure
    if enclosure is None:
        return None
    kind = enclosure.type or mimetypes.guess_type(enclosure.url)[0] or "application/octet-stream"
    return slots.absolute(enclosure.url, site.base), enclosure.length, kind


def _chapo(entry: Entry) -> str:
    summary = entry.article.summary_html
    return f"<p><strong>{summary}</strong></p>" if summary else ""


def _ending(entry: Entry) -> str:
    """What stands under the text: what was wrong, and where the facts come from."""
    article = entry.article
    word = read_locale(article.lang).word
    html = ""
    if article.correction:
        html += f"<h2>{escape(word('correction'))}</h2><p>{article.correction}</p>"
    if article.sources:
        links = (
            f'<li><a href="{escape(source.url)}">{escape(source.title)}</a></li>'
            for source in article.sources
        )
        html += f"<h2>{escape(word('sources'))}</h2><ul>{''.join(links)}</ul>"
    return html
