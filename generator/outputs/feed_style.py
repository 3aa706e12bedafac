"""The style sheet by which a browser shows a feed that somebody opened in it."""

from __future__ import annotations

from collections.abc import Iterable

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.model.job import Job, Order
from generator.model.site import Site
from generator.model.views import FeedStyle

STYLE = "/feed.css"


def plan(site: Site) -> Iterable[Order]:
    """One file."""
    address = site.base.absolute(site.shell.subscribe.removeprefix(site.base.path))
    yield Order(
        path=STYLE[1:],
        kind=KIND.name,
        parts=(("feed", address),),
        draw=lambda: FeedStyle(address),
        template="feed.css",
        shell=site.lang,
        origin="the style sheet of feeds",
    )


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The CSS, in the words of the newsletter's language."""
    return theme.page(job, job.view)


KIND = OutputKind("feed-style", plan, render, nothing_of_its_own)
