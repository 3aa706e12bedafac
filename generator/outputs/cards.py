"""From entries to the small views that many pages share: cards, tags, people, callouts."""

from __future__ import annotations

from collections.abc import Iterable

from generator.config.locale import read_locale
from generator.feeds.formats import in_order
from generator.model.article import Article
from generator.model.site import Author, Entry, Site
from generator.model.views import (
    Card,
    Feed,
    Head,
    KeyPoints,
    Link,
    Person,
    Picture,
    Point,
    TagLink,
)
from generator.outputs import slots
from generator.outputs.moments import moment
from generator.theme.words import say

DESCRIPTION_LENGTH = 300
"""Characters after which a description is cut at a word."""


def card(site: Site, entry: Entry, *, points: bool = False) -> Card:
    """An article as lists show it; with its key points where asked for."""
    if points != site.habits.card_points:
        return _drawn(site, entry, points=points)  # the lead's and the briefing's stand there only
    drawn = site.cards.get(entry.article.path)
    if drawn is None:
        drawn = site.cards[entry.article.path] = _drawn(site, entry, points=points)
    return drawn


def link(site: Site, path: str) -> Link | None:
    """A link to the entry of a source path; None for the empty path."""
    if not path:
        return None
    entry = site.entries[path]
    return Link(entry.article.title, site.base.relative(entry.address))


def callout(site: Site, entry: Entry) -> KeyPoints | None:
    """The key points, their links filled in; None when there are none."""
    article = entry.article
    if not article.key_points:
        return None
    title = article.key_points_title or read_locale(article.lang, site.own_tables).word(
        "key_points"
    )
    values = slots.attributes(entry)
    points = (
        Point(point.mark, slots.fill(point.html, values), point.text)
        for point in article.key_points
    )
    return KeyPoints(title, tuple(points))


def kicker(site: Site, entry: Entry) -> TagLink | None:
    """The first tag."""
    return tag_link(site, entry.tags[0]) if entry.tags else None


def tag_link(site: Site, key: str, *, counted: bool = False) -> TagLink:
    """A tag; with its count only on pages that may change with every article."""
    tag = site.tags[key]
    count = len(tag.paths) if counted else 0
    return TagLink(tag.name, site.base.relative(tag.address), count, tag.description)


def people(site: Site, entry: Entry) -> tuple[Person, ...]:
    """The authors of an entry."""
    return tuple(person(site, site.authors[name]) for name in entry.authors if name in site.authors)


def person(site: Site, author: Author) -> Person:
    """One author."""
    image = author.image and Picture(
        author.image, slots.absolute(author.image, site.base), author.name
    )
    return Person(
        name=author.name,
        url=site.base.relative(author.address),
        bio=author.bio,
        home=author.home,
        image=image or None,
    )


def picture(site: Site, entry: Entry) -> Picture | None:
    """The lead image."""
    if not entry.image:
        return None
    return Picture(entry.image, slots.absolute(entry.image, site.base), entry.article.image_alt)


def description(article: Article) -> str:
    """For search engines: the chapô, else all key points, else how the text begins."""
    points = " ".join(point.text for point in article.key_points)
    text = article.summary or points or article.excerpt
    return text if len(text) <= DESCRIPTION_LENGTH else _cut(text)


def word(site: Site, key: str, /, **values: object) -> str:
    """An interface string in the newsletter's language."""
    return say(site.shell.words, site.lang, key, **values)


def head(site: Site, title: str, address: str, **more: object) -> Head:
    """The head of a page that is not an article."""
    shown = f"{title} – {site.shell.title}" if title else site.shell.title
    values: dict[str, object] = {
        "description": site.description,
        "canonical": site.base.absolute(address),
        "kind": "website",
        "feeds": site.shell.feeds,
    }
    return Head(title=shown, **{**values, **more})  # type: ignore[arg-type]


def faces(entries: Iterable[Entry]) -> tuple[str, str]:
    """The part of an order that a list of cards is."""
    return ("articles", "".join(entry.face for entry in entries))


def tags_shown(site: Site, keys: Iterable[str], *, counted: bool = False) -> str:
    """What links to some tags show, in one text."""
    tags = (site.tags[key] for key in keys)
    return "\0".join(
        text
        for tag in tags
        for text in (tag.name, tag.address, tag.description, str(len(tag.paths) * counted))
    )


def authors_shown(site: Site) -> str:
    """What links to the authors show, in one text."""
    authors = site.authors.values()
    return "\0".join(text for a in authors for text in (a.name, a.address, str(len(a.paths))))


def tag_feeds(site: Site, key: str) -> tuple[Feed, ...]:
    """The feeds of a tag, one in each format that is asked for."""
    tag = site.tags[key]
    return _feeds(site, tag.name, tag.address, site.habits.tag_feeds, len(tag.paths))


def author_feeds(site: Site, name: str) -> tuple[Feed, ...]:
    """The feeds of an author, one in each format that is asked for."""
    author = site.authors[name]
    return _feeds(site, name, author.address, site.habits.author_feeds, len(author.paths))


def feed_title(site: Site, name: str) -> str:
    """What a feed about a part of the newsletter is called."""
    return f"{site.shell.title} – {name}"


def _feeds(
    site: Site, name: str, address: str, formats: tuple[str, ...], count: int
) -> tuple[Feed, ...]:
    return tuple(
        Feed(
            title=feed_title(site, name),
            url=site.base.absolute(address + known.file),
            type=known.type,
            name=known.name,
            count=count,
        )
        for known in in_order(formats)
    )


def _drawn(site: Site, entry: Entry, *, points: bool) -> Card:
    article = entry.article
    return Card(
        title=article.title,
        url=site.base.relative(entry.address),
        date=moment(article.date or site.now, article.lang),
        reading_minutes=article.reading_minutes,
        summary=article.lede,
        kicker=kicker(site, entry),
        authors=people(site, entry),
        image=picture(site, entry),
        key_points=callout(site, entry) if points else None,
        lang=article.lang if article.lang != site.lang else "",
    )


def _cut(text: str) -> str:
    return text[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
