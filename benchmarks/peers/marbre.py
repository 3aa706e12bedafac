"""Marbre itself, as it stands in this checkout, with its default theme."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.corpus import Article, yaml
from benchmarks.peers.peer import Absent, Peer, run

COMMAND = Path(sys.executable).with_name("marbre")


def _install(folder: Path) -> None:
    if not COMMAND.exists():
        raise Absent("there is no marbre beside this Python")


def _version(folder: Path) -> str:
    return run(COMMAND, "--version").split()[-1]


def _article(article: Article) -> tuple[str, str]:
    """Key points in the front matter of one half, pasted into the text of the other."""
    matter: dict[str, object] = {
        "title": article.title,
        "date": article.date.isoformat(),
        "slug": article.slug,
        "tags": article.tags,
        "summary": article.summary,
    }
    body = article.body
    if article.number % 2:
        matter["key_points"] = article.key_points
    else:
        body = "Points clés :\n" + "\n".join(article.key_points) + "\n\n" + body
    return f"content/{article.date:%Y}/{article.slug}.md", yaml(matter) + body


PEER = Peer(
    name="marbre",
    title="Marbre",
    install=_install,
    version=_version,
    command=lambda folder, site: [str(COMMAND), "build", "-s", str(site), "-q"],
    article=_article,
    images="content/images",
    template="templates/article.html",
    output="site",
    caches=(".cache",),
)
