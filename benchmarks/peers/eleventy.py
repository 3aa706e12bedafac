"""Eleventy, with its syntax highlighter (Prism), templates in Nunjucks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.corpus import Article, yaml
from benchmarks.peers.peer import SITES, Peer, run, same

LOCK = SITES / "eleventy" / "package-lock.json"
COMMAND = "node_modules/@11ty/eleventy/cmd.cjs"


def _install(folder: Path) -> None:
    stamp = folder / "node_modules" / LOCK.name
    if same(stamp, LOCK):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", LOCK.name):
        shutil.copy(LOCK.with_name(name), folder)
    run("npm", "ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund")
    shutil.copy(LOCK, stamp)


def _version(folder: Path) -> str:
    package = folder / "node_modules/@11ty/eleventy/package.json"
    version: str = json.loads(package.read_text(encoding="utf-8"))["version"]
    return version


def _article(article: Article) -> tuple[str, str]:
    matter = yaml(
        {
            "title": article.title,
            "date": article.date.isoformat() + "Z",
            "slug": article.slug,
            "tags": article.tags,
            "summary": article.summary,
            "key_points": article.key_points,
        }
    )
    return f"content/posts/{article.date:%Y}/{article.slug}.md", matter + article.body


PEER = Peer(
    name="eleventy",
    title="Eleventy",
    install=_install,
    version=_version,
    command=lambda folder, site: ["node", str(folder / COMMAND), "--quiet"],
    article=_article,
    images="content/images",
    template="includes/article.njk",
)
