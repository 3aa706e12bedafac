"""For who took a wrong turn: the 404 page, and pages at old addresses that lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Entry, Redirect, Site
from generator.model.urls import output_path
from generator.model.views import NotFoundPage, RedirectPage
from generator.outputs import cards

LATEST = 5
"""How many new articles a lost reader is offered."""


def plan(site: Site) -> Iterable[Order]:
    """The 404 page and one page for each old address."""
    yield _not_found(site)
    for redirect in site.redirects:
        yield _redirect(site, redirect)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """A page that shows the way."""
    return theme.page(job, job.view)


KIND = OutputKind("wayfinding", plan, render, nothing_of_its_own)


def _not_found(site: Site) -> Order:
    latest = list(site.entries.values())[:LATEST]
    return Order(
        path="404.html",
        kind=KIND.name,
        parts=(cards.faces(latest),),
        draw=lambda: _not_found_page(site, latest),
        template="404.html",
        shell=site.lang,
        origin="the 404 page",
    )


def _not_found_page(site: Site, latest: Sequence[Entry]) -> NotFoundPage:
    title = cards.word(site, "not_found")
    links = (cards.link(site, entry.article.path) for entry in latest)
    return NotFoundPage(
        head=cards.head(site, title, "/", canonical="", noindex=True),
        title=title,
        latest=tuple(link for link in links if link),
    )


def _redirect(site: Site, redirect: Redirect) -> Order:
    entry = site.entries.get(redirect.to) or site.pages[redirect.to]
    return Order(
        path=output_path(redirect.address),
        kind=KIND.name,
        parts=(("article", f"{entry.article.title}\0{entry.address}"),),
        draw=lambda: _redirect_page(site, entry),
        template="redirect.html",
        shell=site.lang,
        here=site.base.relative(redirect.address),
        origin=f"{redirect.to} (alias)",
    )


def _redirect_page(site: Site, entry: Entry) -> RedirectPage:
    title = entry.article.title
    return RedirectPage(
        head=cards.head(site, title, entry.address, description="", noindex=True),
        title=title,
        url=site.base.relative(entry.address),
        absolute_url=site.base.absolute(entry.address),
    )
