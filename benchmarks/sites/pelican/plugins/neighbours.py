"""Tells every article its neighbours and how long it takes to read."""

from itertools import pairwise

from pelican import signals
from pelican.generators import ArticlesGenerator


def _tell(generator: ArticlesGenerator) -> None:
    for article in generator.articles:
        article.minutes = -(-len(article.content.split()) // 213)
        article.newer = article.older = None
    for newer, older in pairwise(generator.articles):
        newer.older, older.newer = older, newer


def register() -> None:
    """Called by Pelican."""
    signals.article_generator_finalized.connect(_tell)
