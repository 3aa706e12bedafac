"""Entries: visible articles with all that only the whole site can tell about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from generator.assemble import collections, neighbours
from generator.config.schema import Config
from generator.engine import digest
from generator.model.article import Article, Enclosure
from generator.model.report import Status
from generator.model.site import Author, Entry, Tag


def make_entries(
    visible: Sequence[Article],
    *,
    statuses: Mapping[str, Status],
    addresses: Mapping[str, str],
    urls: Mapping[str, Sequence[str]],
    sizes: Mapping[str, int],
    tags: Mapping[str, Tag],
    authors: Mapping[str, Author],
    config: Config,
) -> dict[str, Entry]:
    """One entry for each article and page, newest first, by source path.

    `urls` has what the references of each lead to, after them its lead image and its enclosure;
    `sizes` the bytes of our own files by URL.
    """
    articles = [article for article in visible if not article.is_page]
    beside, series = neighbours.beside(articles), neighbours.make_series(articles)
    ranks = neighbours.ranks(tags)
    of_tags = {key: digest.of_texts((t.name, t.address, t.description)) for key, t in tags.items()}
    of_authors = {
        name: digest.of_texts((a.name, a.address, a.bio, a.home, a.image))
        for name, a in authors.items()
    }
    entries = {}
    for article in visible:
        path = article.path
        keys = () if article.is_page else collections.tag_keys(article, config.tags)
        signed = () if article.is_page else collections.author_names(article, config.authors)
        newer, older = beside.get(path, ("", ""))
        where = (article.face, addresses[path], *urls[path], *(of_authors[name] for name in signed))
        face = digest.of_texts((*where, of_tags[keys[0]] if keys else ""))
        status = statuses[path]
        whole = (face, article.meta, status, str(sizes.get(urls[path][-1], 0)))
        entries[path] = Entry(
            article=article,
            address=addresses[path],
            tags=keys,
            authors=signed,
            status=status,
            slots=tuple(urls[path][:-2]),
            face=face,
            digest=digest.of_texts((*whole, *(of_tags[key] for key in keys))),
            image=urls[path][-2],
            enclosure=_enclosure(article, urls[path][-1], sizes),
            newer=newer,
            older=older,
            related=neighbours.related(path, keys, tags, ranks),
            series=series.get(path, ()),
        )
    return entries


def _enclosure(article: Article, url: str, sizes: Mapping[str, int]) -> Enclosure | None:
    """The file offered for download; its length is known when it is ours."""
    if article.enclosure is None:
        return None
    return replace(article.enclosure, url=url, length=article.enclosure.length or sizes.get(url, 0))
