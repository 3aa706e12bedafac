"""The subscribe page: every feed, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from generator.contracts import Bodies, OutputKind, Theme
from generator.model.job import Job
from generator.model.site import Site
from generator.model.urls import output_path
from generator.model.views import SubscribePage
from generator.outputs import cards


def plan(site: Site) -> Iterable[Job]:
    """One page."""
    address = f"/{cards.word(site, 'slug_subscribe')}/"
    title = cards.word(site, "subscribe")
    description = cards.word(site, "description_subscribe", site=site.shell.title)
    yield Job(
        path=output_path(address),
        kind=KIND.name,
        view=SubscribePage(
            head=cards.head(site, title, address, description=description),
            title=title,
            feeds=site.shell.feeds,
            tag_feeds=tuple(cards.tag_feed(site, key) for key in site.tags),
            author_feeds=(),
            opml="",
        ),
        template="subscribe.html",
        shell=site.lang,
        here=site.base.relative(address),
        origin="the subscribe page",
    )


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The subscribe page."""
    return theme.page(job, job.view)


KIND = OutputKind("subscribe", plan, render)
