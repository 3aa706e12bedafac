"""From an article to an item of a feed: all that stands around the body."""

from __future__ import annotations

from datetime import datetime
from html import escape

from generator.config.locale import read_locale
from generator.feeds.identity import guid
from generator.feeds.view import FeedItem
from generator.model.media_types import media_type
from generator.model.site import Entry, Site
from generator.outputs import cards, slots
from generator.outputs.feed_html import characters


def feed_item(site: Site, entry: Entry) -> FeedItem:
    """An article in a feed, but for its body."""
    article = entry.article
    assert article.date is not None  # pages alone have none, and are in no feed
    is_foreign = article.lang != site.lang
    points = _points(entry)
    return FeedItem(
        path=article.path,
        guid=guid(site.identity, article.stem, article.guid),
        title=characters(article.title),
        url=site.base.absolute(entry.address),
        date=article.date,
        updated=article.updated
        if article.updated and is_updated(entry, site.now)
        else article.date,
        lang=article.lang if is_foreign else "",
        dir=read_locale(article.lang, site.own_tables).dir if is_foreign else "",
        authors=tuple(map(characters, entry.authors)),
        tags=tuple(characters(site.tags[key].name) for key in entry.tags),
        summary=characters(article.lede or article.title),
        points=points,
        top=_chapo(entry) + _picture(site, entry) + (_heading(site, entry) if points else ""),
        bottom=_ending(site, entry),
        slots=slots.absolute_attributes(entry, site.base),
        pictures=tuple((slots.absolute(url, site.base), w, h) for url, w, h in entry.pictures),
        image=_image(site, entry),
        enclosure=_enclosure(site, entry),
    )


def is_updated(entry: Entry, now: datetime) -> bool:
    """Whether an article says of itself that it was changed, and not only tomorrow."""
    updated, date = entry.article.updated, entry.article.date
    return updated is not None and date is not None and date < updated <= now


def _points(entry: Entry) -> str:
    lines = (
        f"<li>{escape(point.mark)} {point.html}</li>" if point.mark else f"<li>{point.html}</li>"
        for point in entry.article.key_points
    )
    listed = "".join(lines)
    return f"<ul>{listed}</ul>" if listed else ""


def _heading(site: Site, entry: Entry) -> str:
    article = entry.article
    title = article.key_points_title or read_locale(article.lang, site.own_tables).word(
        "key_points"
    )
    return f"<h2>{escape(title)}</h2>"


def _chapo(entry: Entry) -> str:
    summary = entry.article.summary_html
    return f"<p><strong>{summary}</strong></p>" if summary else ""


def _picture(site: Site, entry: Entry) -> str:
    picture = cards.picture(site, entry)
    if picture is None:
        return ""
    return f'<p><img src="{escape(picture.absolute_url)}" alt="{escape(picture.alt)}"></p>'


def _image(site: Site, entry: Entry) -> tuple[str, str, str] | None:
    picture = cards.picture(site, entry)
    if picture is None:
        return None
    return picture.absolute_url, media_type(picture.absolute_url), characters(picture.alt)


def _enclosure(site: Site, entry: Entry) -> tuple[str, int, str] | None:
    enclosure = entry.enclosure
    if enclosure is None:
        return None
    return (
        slots.absolute(enclosure.url, site.base),
        enclosure.length,
        enclosure.type or media_type(enclosure.url),
    )


def _ending(site: Site, entry: Entry) -> str:
    """What stands under the text: what was wrong, and where the facts come from."""
    article = entry.article
    word = read_locale(article.lang, site.own_tables).word
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
