"""Tags: the index of all, and a paginated page for each."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from generator.contracts import Bodies, OutputKind, Theme
from generator.model.job import Job
from generator.model.site import Site, Tag
from generator.model.urls import output_path
from generator.model.views import TagGroup, TagLink, TagPage, TagsPage
from generator.outputs import cards
from generator.outputs.pages_of import pages_of

RELATED = 6
"""How many neighbouring tags a tag's page names."""


def plan(site: Site) -> Iterable[Job]:
    """The index, then each tag's pages."""
    yield _job(site, "/tags/", _index(site), "tags.html", "the list of tags")
    for tag in site.tags.values():
        yield from _tag_pages(site, tag)


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The index or a tag's page."""
    return theme.page(job, job.view)


KIND = OutputKind("tag", plan, render)


def _job(site: Site, address: str, view: TagsPage | TagPage, template: str, origin: str) -> Job:
    return Job(
        path=output_path(address),
        kind=KIND.name,
        view=view,
        template=template,
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


def _tag_pages(site: Site, tag: Tag) -> Iterable[Job]:
    feed = cards.tag_feed(site, tag.key)
    count = len(tag.paths)
    told = tag.description or cards.word(
        site, "description_tag", n=count, name=tag.name, site=site.shell.title
    )
    related = _related(site, tag)
    for address, paths, pager in pages_of(site, tag.address, tag.paths, site.habits.per_page):
        later = pager.number > 1
        title = (
            cards.word(site, "title_page", title=tag.name, n=pager.number) if later else tag.name
        )
        head = cards.head(
            site,
            title,
            address,
            description=told,
            feeds=(feed, *site.shell.feeds),
            newer=pager.newer,
            older=pager.older,
        )
        chosen = (site.entries[path] for path in paths)
        view = TagPage(
            head=head,
            title=tag.name,
            description=tag.description,
            count=count,
            feed=feed,
            cards=tuple(cards.card(site, e, points=site.habits.card_points) for e in chosen),
            pager=pager,
            related=related,
        )
        yield _job(site, address, view, "tag.html", f"the tag “{tag.name}”")


def _related(site: Site, tag: Tag) -> tuple[TagLink, ...]:
    """Tags that stand beside this one most often."""
    others = Counter(key for path in tag.paths for key in site.entries[path].tags)
    del others[tag.key]
    ranked = sorted(others, key=lambda key: (-others[key], key))
    return tuple(cards.tag_link(site, key) for key in ranked[:RELATED])


def _initial(link: TagLink) -> str:
    letter = _plain(link.name)[:1].upper()
    return letter if letter.isalpha() else "#"


def _plain(name: str) -> str:
    """Without accents and case, so that É stands with E."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
