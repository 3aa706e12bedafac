"""Where everything goes: articles, their bundles' files, other files, old addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from generator.model import urls
from generator.model.article import Article
from generator.model.diagnostic import Diagnostic, error
from generator.model.site import Copy, Redirect
from generator.model.source import Asset


def article_address(article: Article, pattern: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """An article's address by its own permalink, else by the newsletter's pattern."""
    chosen = article.permalink or ("/{section}/{slug}/" if article.is_page else pattern)
    section = _section(article) if "{section}" in chosen else ""
    filled = urls.expand(
        chosen, date=article.date, slug=article.slug, lang=article.lang, section=section
    )
    checked = urls.address(filled)
    if checked is not None:
        return checked, ()
    parts = [part for each in filled.split("/") if (part := urls.slug(each, article.lang))]
    better = "/".join(("", *(parts or [article.slug]), ""))
    problem = error("bad-permalink", article.place("permalink"), permalink=filled, better=better)
    return f"/{article.slug}/", (problem,)


def redirects(
    articles: Iterable[Article], addresses: Mapping[str, str]
) -> tuple[tuple[Redirect, ...], tuple[Diagnostic, ...]]:
    """The old addresses of articles; one that would leave the site is an error.

    `addresses` has the present ones by source path: an article that came back to an old one needs
    no redirect from there.
    """
    kept, problems = [], []
    for article in articles:
        for alias in article.aliases:
            address = urls.foreign_address(alias)
            if address is None:
                problems.append(error("bad-alias", article.place("aliases"), alias=alias))
            elif address != addresses[article.path]:
                kept.append(Redirect(address, article.path))
    return tuple(kept), tuple(problems)


def copies(
    assets: Iterable[Asset], owners: Mapping[str, Article], addresses: Mapping[str, str]
) -> tuple[Copy, ...]:
    """Where content files go: a bundle's beside its article, others to their own path.

    `owners` has every bundle by its folder, `addresses` only what is online: the files of an
    article that is held back stay back with it.
    """
    placed = []
    for asset in assets:
        bundle = _bundle(asset.path, owners)
        if bundle is None:
            placed.append(Copy(asset, "/" + asset.path.removeprefix("content/")))
        elif owners[bundle].path in addresses:
            beside = addresses[owners[bundle].path].rpartition("/")[0]
            placed.append(Copy(asset, beside + asset.path.removeprefix(bundle)))
    return tuple(placed)


def bundles(articles: Iterable[Article]) -> dict[str, Article]:
    """Articles that own the folder they lie in, by that folder."""
    return {posixpath.dirname(a.path): a for a in articles if a.is_bundle}


def _bundle(path: str, owners: Mapping[str, Article]) -> str | None:
    """The innermost bundle folder that a file lies in."""
    folder = posixpath.dirname(path)
    while folder:
        if folder in owners:
            return folder
        folder = posixpath.dirname(folder)
    return None


def _section(article: Article) -> str:
    """The first folder under `content/` (for pages: all folders under `content/pages/`)."""
    root = "content/pages/" if article.is_page else "content/"
    folders = article.path.removeprefix(root).split("/")[: -2 if article.is_bundle else -1]
    named = (urls.slug(f, article.lang) for f in (folders if article.is_page else folders[:1]))
    return "/".join(named)
