"""Who stands beside an article: before and after it, in its series, near it in subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from generator.assemble.collections import Keys
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


def related(keys: Keys, tags: Mapping[str, Tag]) -> dict[str, tuple[str, ...]]:
    """For each article those that share tags with it, rare tags in common first.

    `keys` has the tags of all that are online, `tags` the articles of each tag in order of time.

    A tag weighs less the more articles carry it; by powers of two, so that one article more does
    not change every page.
    """
    scores: dict[str, dict[str, float]] = {path: {} for path in keys}
    for tag in tags.values():
        paths = tag.paths
        weight = 1 / len(paths).bit_length() ** 2
        for here, path in enumerate(paths):
            mine = scores[path]
            for other in paths[max(0, here - REACH) : here + REACH + 1]:
                mine[other] = mine.get(other, 0) + weight
    return {path: _best(path, mine) for path, mine in scores.items()}


def _best(path: str, scores: dict[str, float]) -> tuple[str, ...]:
    """The highest scores; among equals the first met, by tags in their order and then by time."""
    scores.pop(path, None)
    return tuple(sorted(scores, key=scores.__getitem__, reverse=True)[:RELATED])
