"""Tags: the index of all, and a paginated page for each."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, groupby

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Entry, Site, Tag
from generator.model.urls import output_path
from generator.model.views import TagGroup, TagLink, TagPage, TagsPage
from generator.outputs import cards
from generator.outputs.pages_of import Part, pager, pages_of

RELATED = 6
"""How many neighbouring tags a tag's page names."""


def plan(site: Site) -> Iterable[Order]:
    """The index, then each tag's pages."""
    listed = ("tags", cards.tags_shown(site, site.tags, counted=True))
    yield _order(site, "/tags/", (listed,), partial(_index, site), "the list of tags")
    for tag in site.tags.values():
        yield from _tag_pages(site, tag)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The index or a tag's page."""
    return theme.page(job, job.view)


KIND = OutputKind("tag", plan, render, nothing_of_its_own)


def _order(
    site: Site,
    address: str,
    parts: tuple[tuple[str, str], ...],
    draw: Callable[[], TagsPage | TagPage],
    origin: str,
) -> Order:
    return Order(
        path=output_path(address),
        kind=KIND.name,
        parts=parts,
        draw=draw,
        template="tags.html" if address == "/tags/" else "tag.html",
        shell=site.lang,
        here=site.base.relative(address),
        origin=origin,
    )


def _index(site: Site) -> TagsPage:
    links = sorted(
        (cards.tag_link(site, key, counted=True) for key in site.tags),
        key=lambda link: (_plain(link.name), link.name),
    )
    groups = (TagGroup(letter, tuple(tags)) for letter, tags in groupby(links, key=_initial))
    title = cards.word(site, "tags")
    description = cards.word(site, "description_tags", site=site.shell.title)
    head = cards.head(site, title, "/tags/", description=description)
    return TagsPage(head, tuple(groups), len(links))


def _tag_pages(site: Site, tag: Tag) -> Iterable[Order]:
    related = _related(site, tag)
    named = ("tags", cards.tags_shown(site, (tag.key, *related), counted=False))
    counted = ("number of articles", str(len(tag.paths)))
    entries = [site.entries[path] for path in tag.paths]
    for part in pages_of(tag.address, entries, site.habits.per_page):
        parts = (cards.faces(part.items), part.place, named, counted)
        draw = partial(_tag_page, site, tag, part, related)
        yield _order(site, part.address, parts, draw, f"the tag “{tag.name}”")


def _tag_page(site: Site, tag: Tag, part: Part[Entry], related: Sequence[str]) -> TagPage:
    ways = pager(site, part)
    feeds = cards.tag_feeds(site, tag.key)
    count = len(tag.paths)
    later = part.number > 1
    head = cards.head(
        site,
        cards.word(site, "title_page", title=tag.name, n=part.number) if later else tag.name,
        part.address,
        description=tag.description
        or cards.word(site, "description_tag", n=count, name=tag.name, site=site.shell.title),
        feeds=(*feeds, *site.shell.feeds),
        newer=ways.newer,
        older=ways.older,
    )
    return TagPage(
        head=head,
        title=tag.name,
        description=tag.description,
        count=count,
        feed=feeds[0] if feeds else None,
        cards=tuple(cards.card(site, e, points=site.habits.card_points) for e in part.items),
        pager=ways,
        related=tuple(cards.tag_link(site, key) for key in related),
    )


def _related(site: Site, tag: Tag) -> tuple[str, ...]:
    """Tags that stand beside this one most often."""
    others = Counter(chain.from_iterable([site.entries[path].tags for path in tag.paths]))
    del others[tag.key]
    return tuple(sorted(others, key=lambda key: (-others[key], key))[:RELATED])


def _initial(link: TagLink) -> str:
    letter = _plain(link.name)[:1].upper()
    return letter if letter.isalpha() else "#"


def _plain(name: str) -> str:
    """Without accents and case, so that É stands with E."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
