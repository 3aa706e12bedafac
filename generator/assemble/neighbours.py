"""Who stands beside an article: before and after it, in its series, near it in subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from generator.model import urls
from generator.model.article import Article
from generator.model.site import Tag

RELATED = 3
"""How many related articles a page shows."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
REACH = 4
"""How far to look on either side of an article in each tag's list, which is in order of time."""


def sorted_newest_first(articles: Sequence[Article]) -> list[Article]:
    """Articles by date, then by path, so that the order never depends on the disk."""
    return sorted(articles, key=lambda a: (a.date or LONG_AGO, a.path), reverse=True)


def beside(articles: Sequence[Article]) -> dict[str, tuple[str, str]]:
    """For each article, newest first, the paths of the next newer and the next older one."""
    paths = ["", *(a.path for a in articles), ""]
    return {
        path: (newer, older)
        for newer, path, older in zip(paths, paths[1:], paths[2:], strict=False)
    }


def make_series(articles: Sequence[Article]) -> dict[str, tuple[str, ...]]:
    """For each article of a series of two or more, all its parts, oldest first."""
    parts: dict[str, list[str]] = defaultdict(list)
    for article in reversed(articles):
        if article.series:
            parts[urls.tag_key(article.series)].append(article.path)
    return {path: tuple(all_) for all_ in parts.values() if len(all_) > 1 for path in all_}


def ranks(tags: Mapping[str, Tag]) -> dict[str, dict[str, int]]:
    """For each tag, where each of its articles stands in its list."""
    return {key: {path: n for n, path in enumerate(tag.paths)} for key, tag in tags.items()}


def related(
    path: str,
    keys: Sequence[str],
    tags: Mapping[str, Tag],
    ranked: Mapping[str, Mapping[str, int]],
) -> tuple[str, ...]:
    """Articles that share tags with one, those with rare tags in common first.

    A tag weighs less the more articles carry it; by powers of two, so that one article more does
    not change every page.
    """
    scores: dict[str, float] = {}
    for key in keys:
        paths = tags[key].paths
        here = ranked[key][path]
        weight = 1 / len(paths).bit_length() ** 2
        for other in paths[max(0, here - REACH) : here + REACH + 1]:
            scores[other] = scores.get(other, 0) + weight
    scores.pop(path, None)
    return tuple(sorted(scores, key=lambda other: (-scores[other], other))[:RELATED])
