"""Authors: a paginated page for each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Author, Entry, Site
from generator.model.urls import output_path
from generator.model.views import AuthorPage
from generator.outputs import cards
from generator.outputs.pages_of import Part, pager, pages_of


def plan(site: Site) -> Iterable[Order]:
    """Each author's pages."""
    for author in site.authors.values():
        yield from _pages(site, author)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """An author's page."""
    return theme.page(job, job.view)


KIND = OutputKind("author", plan, render, nothing_of_its_own)


def _pages(site: Site, author: Author) -> Iterable[Order]:
    who = ("author", "\0".join((author.name, author.bio, author.home, author.image)))
    counted = ("number of articles", str(len(author.paths)))
    entries = [site.entries[path] for path in author.paths]
    for part in pages_of(author.address, entries, site.habits.per_page):
        yield Order(
            path=output_path(part.address),
            kind=KIND.name,
            parts=(cards.faces(part.items), part.place, who, counted),
            draw=partial(_page, site, author, part),
            template="author.html",
            shell=site.lang,
            here=site.base.relative(part.address),
            origin=f"the author “{author.name}”",
        )


def _page(site: Site, author: Author, part: Part[Entry]) -> AuthorPage:
    later = part.number > 1
    ways = pager(site, part)
    feeds = cards.author_feeds(site, author.name)
    head = cards.head(
        site,
        cards.word(site, "title_page", title=author.name, n=part.number) if later else author.name,
        part.address,
        description=author.bio
        or cards.word(site, "description_author", name=author.name, site=site.shell.title),
        feeds=(*feeds, *site.shell.feeds),
        newer=ways.newer,
        older=ways.older,
    )
    return AuthorPage(
        head=head,
        person=cards.person(site, author),
        count=len(author.paths),
        feed=feeds[0] if feeds else None,
        cards=tuple(cards.card(site, e, points=site.habits.card_points) for e in part.items),
        pager=ways,
    )
