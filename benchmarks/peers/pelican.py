"""Pelican, with a theme made for the comparison and its cache of read articles on."""

from __future__ import annotations

from benchmarks.corpus import Article
from benchmarks.peers.peer import Peer, install_python, run


def _article(article: Article) -> tuple[str, str]:
    """Pelican's own metadata, which has one list: further lines, indented."""
    points = "".join(f"\n    - {point}" for point in article.key_points)
    matter = (
        f"Title: {article.title}\n"
        f"Date: {article.date:%Y-%m-%d %H:%M}\n"
        f"Slug: {article.slug}\n"
        f"Tags: {', '.join(article.tags)}\n"
        f"Summary: {article.summary}\n"
        f"Key_points: {points.lstrip()}\n\n"
    )
    return f"content/posts/{article.date:%Y}/{article.slug}.md", matter + article.body


PEER = Peer(
    name="pelican",
    title="Pelican",
    install=lambda folder: install_python(folder, "pelican"),
    version=lambda folder: run(folder / "bin/pelican", "--version").split()[-1],
    command=lambda folder, site: [str(folder / "bin/pelican"), "--quiet", "-s", "pelicanconf.py"],
    article=_article,
    images="content/images",
    template="theme/templates/article.html",
    caches=("cache",),
)
