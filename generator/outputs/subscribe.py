"""The subscribe page: every feed, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Site
from generator.model.urls import output_path
from generator.model.views import SubscribePage
from generator.outputs import cards
from generator.outputs.feed_opml import OPML, has_feeds


def plan(site: Site) -> Iterable[Order]:
    """One page."""
    address = f"/{cards.word(site, 'slug_subscribe')}/"
    yield Order(
        path=output_path(address),
        kind=KIND.name,
        parts=(
            ("tags", cards.tags_shown(site, site.tags, counted=True)),
            ("author", cards.authors_shown(site)),
        ),
        draw=lambda: _page(site, address),
        template="subscribe.html",
        shell=site.lang,
        here=site.base.relative(address),
        origin="the subscribe page",
    )


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The subscribe page."""
    return theme.page(job, job.view)


KIND = OutputKind("subscribe", plan, render, nothing_of_its_own)


def _page(site: Site, address: str) -> SubscribePage:
    title = cards.word(site, "subscribe")
    description = cards.word(site, "description_subscribe", site=site.shell.title)
    return SubscribePage(
        head=cards.head(site, title, address, description=description),
        title=title,
        feeds=site.shell.feeds,
        tag_feeds=tuple(feed for key in site.tags for feed in cards.tag_feeds(site, key)),
        author_feeds=tuple(
            feed for name in site.authors for feed in cards.author_feeds(site, name)
        ),
        opml=site.base.relative(OPML) if has_feeds(site) else "",
    )
