"""For who took a wrong turn: the 404 page, and pages at old addresses that lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterable

from generator.contracts import Bodies, OutputKind, Theme
from generator.model.job import Job
from generator.model.site import Redirect, Site
from generator.model.urls import output_path
from generator.model.views import NotFoundPage, RedirectPage
from generator.outputs import cards

LATEST = 5
"""How many new articles a lost reader is offered."""


def plan(site: Site) -> Iterable[Job]:
    """The 404 page and one page for each old address."""
    yield _not_found(site)
    for redirect in site.redirects:
        yield _redirect(site, redirect)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """A page that shows the way."""
    return theme.page(job, job.view)


KIND = OutputKind("wayfinding", plan, render)


def _not_found(site: Site) -> Job:
    title = cards.word(site, "not_found")
    latest = (cards.link(site, path) for path in list(site.entries)[:LATEST])
    return Job(
        path="404.html",
        kind=KIND.name,
        view=NotFoundPage(
            head=cards.head(site, title, "/", canonical="", noindex=True),
            title=title,
            latest=tuple(link for link in latest if link),
        ),
        template="404.html",
        shell=site.lang,
        origin="the 404 page",
    )


def _redirect(site: Site, redirect: Redirect) -> Job:
    entry = site.entries.get(redirect.to) or site.pages[redirect.to]
    title = entry.article.title
    return Job(
        path=output_path(redirect.address),
        kind=KIND.name,
        view=RedirectPage(
            head=cards.head(site, title, entry.address, description="", noindex=True),
            title=title,
            url=site.base.relative(entry.address),
            absolute_url=site.base.absolute(entry.address),
        ),
        template="redirect.html",
        shell=site.lang,
        here=site.base.relative(redirect.address),
        origin=f"{redirect.to} (alias)",
    )
