"""Which template an article may choose for its page (`template:` in its front matter)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from generator.model.article import Article
from generator.model.diagnostic import Diagnostic, error
from generator.theme.layers import OURS, Layers

ARTICLE_TEMPLATES = ("article.html", "page.html")
"""The templates of the theme that print an article's body; every other prints something else."""


def check_templates(articles: Iterable[Article], layers: Layers) -> Iterator[Diagnostic]:
    """A template that an article names and that is not there, or is not one for articles."""
    suitable = _suitable(layers)
    for article in articles:
        name = article.template
        if not name or name in suitable:
            continue
        place = article.place("template")
        if name in layers.templates:
            known = ", ".join(suitable)
            yield error("not-an-article-template", place, template=name, known=known)
        else:
            near = difflib.get_close_matches(name, suitable, n=1) or suitable
            known = ", ".join(near)
            yield error("missing-template", place, template=name, page=article.path, known=known)


def _suitable(layers: Layers) -> tuple[str, ...]:
    """Templates that print articles: the theme's two, and the newsletter's own whole pages."""
    theme = {file.name for file in layers.templates.values() if file.shown.startswith(OURS)}
    others = {name for name in theme if name not in ARTICLE_TEMPLATES}
    return tuple(
        name
        for name in sorted(layers.templates)
        if name.removeprefix("theme/") not in others
        and not name.removeprefix("theme/").startswith("partials/")
    )
