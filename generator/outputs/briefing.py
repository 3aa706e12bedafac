"""The briefing: key points only, newest first, grouped by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Entry, Site
from generator.model.urls import output_path
from generator.model.views import BriefingDay, BriefingPage
from generator.outputs import cards
from generator.outputs.moments import moment
from generator.outputs.pages_of import Part, pager, pages_of


def plan(site: Site) -> Iterable[Order]:
    """Its pages, as many articles on each as on other lists."""
    told = [entry for entry in site.entries.values() if entry.article.key_points]
    home = f"/{cards.word(site, 'slug_briefing')}/"
    for part in pages_of(home, told, site.habits.per_page):
        yield Order(
            path=output_path(part.address),
            kind=KIND.name,
            parts=(cards.faces(part.items), part.place),
            draw=partial(_page, site, part),
            template="briefing.html",
            shell=site.lang,
            here=site.base.relative(part.address),
            origin="the briefing",
        )


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """A page of the briefing."""
    return theme.page(job, job.view)


KIND = OutputKind("briefing", plan, render, nothing_of_its_own)


def _page(site: Site, part: Part[Entry]) -> BriefingPage:
    name = cards.word(site, "briefing")
    later = part.number > 1
    ways = pager(site, part)
    head = cards.head(
        site,
        cards.word(site, "title_page", title=name, n=part.number) if later else name,
        part.address,
        description=cards.word(site, "description_briefing", site=site.shell.title),
        newer=ways.newer,
        older=ways.older,
    )
    return BriefingPage(head, _days(site, part.items), ways)


def _days(site: Site, entries: Sequence[Entry]) -> tuple[BriefingDay, ...]:
    dated = [(entry.article.date or site.now, entry) for entry in entries]
    return tuple(
        BriefingDay(
            moment(same[0][0], site.lang),
            tuple(cards.card(site, entry, points=True) for _, entry in same),
        )
        for _, group in groupby(dated, key=lambda pair: pair[0].date())
        for same in [tuple(group)]
    )
