"""Authors: a paginated page for each."""

from __future__ import annotations

from collections.abc import Iterable

from generator.contracts import Bodies, OutputKind, Theme
from generator.model.job import Job
from generator.model.site import Author, Site
from generator.model.urls import output_path
from generator.model.views import AuthorPage
from generator.outputs import cards
from generator.outputs.pages_of import pages_of


def plan(site: Site) -> Iterable[Job]:
    """Each author's pages."""
    for author in site.authors.values():
        yield from _pages(site, author)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """An author's page."""
    return theme.page(job, job.view)


KIND = OutputKind("author", plan, render)


def _pages(site: Site, author: Author) -> Iterable[Job]:
    told = author.bio or cards.word(
        site, "description_author", name=author.name, site=site.shell.title
    )
    for address, paths, pager in pages_of(site, author.address, author.paths, site.habits.per_page):
        title = (
            cards.word(site, "title_page", title=author.name, n=pager.number)
            if pager.number > 1
            else author.name
        )
        head = cards.head(
            site, title, address, description=told, newer=pager.newer, older=pager.older
        )
        chosen = (site.entries[path] for path in paths)
        listed = tuple(cards.card(site, e, points=site.habits.card_points) for e in chosen)
        yield Job(
            path=output_path(address),
            kind=KIND.name,
            view=AuthorPage(head, cards.person(site, author), len(author.paths), listed, pager),
            template="author.html",
            shell=site.lang,
            here=site.base.relative(address),
            origin=f"the author “{author.name}”",
        )
