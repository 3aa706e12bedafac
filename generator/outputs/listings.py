"""The front page and the pages of older articles behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from html import escape

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Entry, Site
from generator.model.urls import output_path
from generator.model.views import BriefItem, FrontPage, ListingPage
from generator.outputs import cards
from generator.outputs.moments import moment
from generator.outputs.pages_of import Part, pager, pages_of

NEWEST = 5
"""Among how many of the newest articles a featured one takes the lead."""
BRIEF = 5
"""Lines in the rail's essentials."""
TAGS = 14
"""Tags in the rail."""


def plan(site: Site) -> Iterable[Order]:
    """The front page, then the rest of the list."""
    entries = _lead_first(tuple(site.entries.values()))
    for part in pages_of("/", entries, site.habits.per_page):
        first = part.number == 1
        yield Order(
            path=output_path(part.address),
            kind=KIND.name,
            parts=(cards.faces(part.items), part.place, *(_rail_parts(site) if first else ())),
            draw=partial(_front if first else _later, site, part),
            template="front.html" if first else "listing.html",
            shell=site.lang,
            here=site.base.relative(part.address),
            origin="the front page" if first else "the list of articles",
        )


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """A page of the list."""
    return theme.page(job, job.view)


KIND = OutputKind("listing", plan, render, nothing_of_its_own)


def _lead_first(entries: Sequence[Entry]) -> Sequence[Entry]:
    featured = [entry for entry in entries[:NEWEST] if entry.article.featured][:1]
    return (*featured, *(entry for entry in entries if entry not in featured))


def _rail_parts(site: Site) -> Iterable[tuple[str, str]]:
    newest = next(iter(site.entries.values()), None)
    yield "edition", f"{len(site.entries)} {newest.article.date if newest else ''}"
    yield "tags", cards.tags_shown(site, _most_used(site), counted=True)


def _most_used(site: Site) -> list[str]:
    ranked = sorted(site.tags.values(), key=lambda tag: (-len(tag.paths), tag.key))
    return [tag.key for tag in ranked[:TAGS]]


def _front(site: Site, part: Part[Entry]) -> FrontPage:
    dates = [entry.article.date for entry in site.entries.values() if entry.article.date][:1]
    lead, others = part.items[:1], part.items[1:]
    ways = pager(site, part)
    return FrontPage(
        head=cards.head(site, "", part.address, older=ways.older),
        edition=moment(dates[0], site.lang) if dates else None,
        number=len(site.entries),
        lead=cards.card(site, lead[0], points=True) if lead else None,
        cards=tuple(cards.card(site, e, points=site.habits.card_points) for e in others),
        brief=_brief(site, others),
        tags=tuple(cards.tag_link(site, key, counted=True) for key in _most_used(site)),
        pager=ways,
    )


def _brief(site: Site, entries: Sequence[Entry]) -> tuple[BriefItem, ...]:
    """The first key point of each of the next articles; its links would stand inside a link."""
    told = [entry for entry in entries if entry.article.key_points][:BRIEF]
    return tuple(
        BriefItem(
            entry.article.key_points[0].mark,
            escape(entry.article.key_points[0].text, quote=False),
            site.base.relative(entry.address),
        )
        for entry in told
    )


def _later(site: Site, part: Part[Entry]) -> ListingPage:
    title = cards.word(site, "list_page", n=part.number)
    ways = pager(site, part)
    return ListingPage(
        head=cards.head(site, title, part.address, newer=ways.newer, older=ways.older),
        title=title,
        cards=tuple(cards.card(site, e, points=site.habits.card_points) for e in part.items),
        pager=ways,
    )
