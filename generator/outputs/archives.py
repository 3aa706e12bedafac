"""The archives: every article by year and month, on one page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Entry, Site
from generator.model.urls import output_path
from generator.model.views import ArchiveItem, ArchiveMonth, ArchivesPage, ArchiveYear
from generator.outputs import cards
from generator.outputs.moments import moment, month

ADDRESS = "/archives/"


def plan(site: Site) -> Iterable[Order]:
    """One page."""
    yield Order(
        path=output_path(ADDRESS),
        kind=KIND.name,
        parts=(cards.faces(site.entries.values()),),
        draw=lambda: _page(site),
        template="archives.html",
        shell=site.lang,
        here=site.base.relative(ADDRESS),
        origin="the archives",
    )


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The archives."""
    return theme.page(job, job.view)


KIND = OutputKind("archives", plan, render, nothing_of_its_own)


def _page(site: Site) -> ArchivesPage:
    title = cards.word(site, "archives")
    description = cards.word(site, "description_archives", site=site.shell.title)
    head = cards.head(site, title, ADDRESS, description=description)
    return ArchivesPage(head, _years(site), len(site.entries))


def _years(site: Site) -> tuple[ArchiveYear, ...]:
    dated = [(entry.article.date or site.now, entry) for entry in site.entries.values()]
    return tuple(
        ArchiveYear(
            year,
            tuple(
                _month(site, tuple(in_month))
                for _, in_month in groupby(in_year, key=lambda pair: pair[0].month)
            ),
        )
        for year, in_year in groupby(dated, key=lambda pair: pair[0].year)
    )


def _month(site: Site, dated: tuple[tuple[datetime, Entry], ...]) -> ArchiveMonth:
    first = dated[0][0]
    items = (
        ArchiveItem(
            title=entry.article.title,
            url=site.base.relative(entry.address),
            date=moment(date, site.lang),
            kicker=cards.kicker(site, entry),
        )
        for date, entry in dated
    )
    return ArchiveMonth(month(first, site.lang), f"{first:%Y-%m}", tuple(items))
