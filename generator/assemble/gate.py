"""The one visibility gate in front of every output: what is not let through does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from generator.model.article import Article
from generator.model.report import Held, Status


class Gated(Struct, frozen=True):
    """Who is in and who is not."""

    visible: tuple[Article, ...]
    held: tuple[Held, ...]
    statuses: dict[str, Status]
    """Of all articles, by source path."""


def gate(
    articles: Iterable[Article], now: datetime, *, drafts: bool = False, future: bool = False
) -> Gated:
    """Part what is online from what is not (yet, or any more)."""
    visible, held, statuses = [], [], {}
    for article in articles:
        statuses[article.path] = status(article, now)
        if _is_shown(article, now, drafts, future):
            visible.append(article)
        else:
            held.append(_held(article, statuses[article.path]))
    return Gated(tuple(visible), tuple(held), statuses)


def status(article: Article, now: datetime) -> Status:
    """Why an article is or is not online; a draft is a draft whatever its dates."""
    if article.draft:
        return "draft"
    if article.expires and article.expires <= now:
        return "expired"
    return "scheduled" if article.date and article.date > now else "published"


def _is_shown(article: Article, now: datetime, drafts: bool, future: bool) -> bool:
    if article.draft and not drafts:
        return False
    if article.expires and article.expires <= now:
        return False
    return future or article.date is None or article.date <= now


def _held(article: Article, why: Status) -> Held:
    moment = article.expires if why == "expired" else article.date
    return Held(article.path, article.title, why, moment if why != "draft" else None)


def next_due(articles: Iterable[Article], now: datetime) -> float | None:
    """When the gate will next decide otherwise, in seconds since 1970; None is never."""
    moments = (moment for a in articles for moment in (a.date, a.expires) if moment)
    return _first_after(now, moments)


def next_update(articles: Iterable[Article], now: datetime) -> float | None:
    """When an article will next count as updated, which it says of a day to come."""
    return _first_after(now, (article.updated for article in articles if article.updated))


def _first_after(now: datetime, moments: Iterable[datetime]) -> float | None:
    return min((moment.timestamp() for moment in moments if moment > now), default=None)
