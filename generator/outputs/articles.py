"""Articles and pages: the text itself, in its place."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from generator.config.locale import read_locale
from generator.contracts import Bodies, OutputKind, Theme
from generator.model.article import Article
from generator.model.job import Job, Order
from generator.model.site import Entry, Site
from generator.model.urls import output_path
from generator.model.views import ArticlePage, BodyView, Head, Link, PlainPage, Series
from generator.outputs import cards, slots
from generator.outputs.moments import moment

LONG_READ = 7
"""Minutes of reading from which a table of contents is worth its place."""
CONTENTS = 3
"""Headings that make one."""


class Placed(Struct, frozen=True):
    """A page with what its body still needs."""

    page: ArticlePage | PlainPage
    path: str
    """Source path, by which the body is found."""
    slots: tuple[str, ...]


def plan(site: Site) -> Iterable[Order]:
    """One order for each article and each page."""
    for entry in (*site.entries.values(), *site.pages.values()):
        yield order_of(site, entry)


def again(site: Site, entry: Entry) -> Iterable[Order]:
    """Its own page."""
    yield order_of(site, entry)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The article's page, its body filled in."""
    view = job.view
    assert isinstance(view, Placed)
    body = bodies[view.path]
    filled = BodyView(slots.fill(body.before, view.slots), slots.fill(body.after, view.slots))
    return theme.page(job, view.page, body=filled)


KIND = OutputKind("article", plan, render, again)


def order_of(site: Site, entry: Entry) -> Order:
    """The order of one article or page."""
    article = entry.article
    draw = _plain_page if article.is_page else _article_page
    return Order(
        path=output_path(entry.address),
        kind=KIND.name,
        parts=(
            ("article", entry.whole),
            ("neighbours", _linked(site, (entry.newer, entry.older))),
            ("related articles", "".join(site.entries[path].face for path in entry.related)),
            ("series", _linked(site, entry.series)),
        ),
        draw=lambda: Placed(draw(site, entry), article.path, slots.attributes(entry)),
        template=article.template or ("page.html" if article.is_page else "article.html"),
        shell=site.lang,
        here=site.base.relative(entry.address),
        bodies=((article.path, article.digest),),
        origin=article.path,
    )


def _linked(site: Site, paths: Iterable[str]) -> str:
    """What a link to each of some articles shows."""
    found = (site.entries[path] if path else None for path in paths)
    return "\0".join(f"{e.article.title}\0{e.address}" if e else "" for e in found)


def _article_page(site: Site, entry: Entry) -> ArticlePage:
    article = entry.article
    date = article.date or site.now
    updated = article.updated
    values = slots.attributes(entry)
    return ArticlePage(
        head=_head(site, entry, "article"),
        title=article.title,
        url=site.base.relative(entry.address),
        absolute_url=site.base.absolute(entry.address),
        date=moment(date, article.lang, with_time=article.has_time),
        updated=moment(updated, article.lang) if updated else None,
        reading_minutes=article.reading_minutes,
        words=article.words,
        summary=slots.fill(article.summary_html, values),
        kicker=cards.kicker(site, entry),
        tags=tuple(cards.tag_link(site, key) for key in entry.tags),
        authors=cards.people(site, entry),
        image=cards.picture(site, entry),
        key_points=cards.callout(site, entry),
        key_points_inline=site.habits.callout_inline,
        toc=_contents(article),
        sources=tuple(Link(source.title, source.url) for source in article.sources),
        correction=slots.fill(article.correction, values),
        series=_series(site, entry),
        newer=cards.link(site, entry.newer),
        older=cards.link(site, entry.older),
        related=tuple(cards.card(site, site.entries[path]) for path in entry.related),
        lang=article.lang,
        dir=read_locale(article.lang, site.own_tables).dir,
        status=entry.status,
        has_code=article.has_code,
        extra=article.extra,
    )


def _plain_page(site: Site, entry: Entry) -> PlainPage:
    article = entry.article
    return PlainPage(
        head=_head(site, entry, "website"),
        title=article.title,
        url=site.base.relative(entry.address),
        summary=slots.fill(article.summary_html, slots.attributes(entry)),
        updated=moment(article.updated, article.lang) if article.updated else None,
        key_points=cards.callout(site, entry),
        key_points_inline=site.habits.callout_inline,
        sources=tuple(Link(source.title, source.url) for source in article.sources),
        correction=slots.fill(article.correction, slots.attributes(entry)),
        lang=article.lang,
        dir=read_locale(article.lang, site.own_tables).dir,
        status=entry.status,
        has_code=article.has_code,
        extra=article.extra,
    )


def _head(site: Site, entry: Entry, kind: str) -> Head:
    article = entry.article
    is_article = kind == "article" and article.date is not None
    modified = article.updated or article.date
    newer, older = (cards.link(site, path) for path in (entry.newer, entry.older))
    return cards.head(
        site,
        article.title,
        entry.address,
        description=cards.description(article),
        kind=kind,
        image=cards.picture(site, entry),
        noindex=article.noindex or entry.status != "published",
        newer=newer.url if newer else "",
        older=older.url if older else "",
        published=article.date.isoformat() if is_article and article.date else "",
        modified=modified.isoformat() if is_article and modified else "",
    )


def _contents(article: Article) -> tuple[Link, ...]:
    headings = [h for h in article.headings if h.level == 2]
    long = article.reading_minutes >= LONG_READ and len(headings) >= CONTENTS
    if article.has_toc or not long:
        return ()
    return tuple(Link(h.text, f"#{h.id}") for h in headings)


def _series(site: Site, entry: Entry) -> Series | None:
    if not entry.series:
        return None
    parts = (
        Link(
            site.entries[path].article.title,
            site.base.relative(site.entries[path].address),
            current=path == entry.article.path,
        )
        for path in entry.series
    )
    return Series(entry.article.series, tuple(parts))
