"""Entries: visible articles with all that only the whole site can tell about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from generator.assemble import neighbours
from generator.assemble.collections import Keys
from generator.assemble.links import Map
from generator.engine import digest
from generator.model.article import Article, Enclosure
from generator.model.report import Status
from generator.model.site import Author, Entry, Tag


def make_entries(
    visible: Sequence[Article],
    *,
    statuses: Mapping[str, Status],
    places: Map,
    urls: Mapping[str, Sequence[str]],
    keys: Keys,
    signed: Keys,
    tags: Mapping[str, Tag],
    authors: Mapping[str, Author],
) -> dict[str, Entry]:
    """One entry for each article and page, newest first, by source path.

    `urls` has what the references of each lead to, after them its lead image and its enclosure;
    `keys` and `signed` the tags and the authors of those that stand in lists.
    """
    articles = [article for article in visible if not article.is_page]
    beside, series = neighbours.beside(articles), neighbours.make_series(articles)
    near = neighbours.related(keys, tags)
    of_tags = {key: "\0".join((t.name, t.address, t.description)) for key, t in tags.items()}
    of_authors = {
        name: "\0".join((a.name, a.address, a.bio, a.home, a.image)) for name, a in authors.items()
    }
    entries = {}
    for article in visible:
        path = article.path
        filed, signers = keys.get(path, ()), signed.get(path, ())
        *slots, image, enclosure = urls[path]
        pictures = _pictures((*slots, image), places)
        newer, older = beside.get(path, ("", ""))
        where = (article.face, places.addresses[path], " ".join(slots), image, enclosure)
        face = digest.of_texts(
            (*where, *(of_authors[name] for name in signers), of_tags[filed[0]] if filed else "")
        )
        length = str(places.sizes.get(enclosure, 0))
        around = (face, statuses[path], length, str(pictures))
        entries[path] = Entry(
            article=article,
            address=places.addresses[path],
            tags=filed,
            authors=signers,
            status=statuses[path],
            slots=tuple(slots),
            face=face,
            around="\0".join((*around, *(of_tags[key] for key in filed))),
            image=image,
            enclosure=_enclosure(article, enclosure, places.sizes),
            pictures=pictures,
            newer=newer,
            older=older,
            related=near.get(path, ()),
            series=series.get(path, ()),
        )
    return entries


def _pictures(urls: Iterable[str], places: Map) -> tuple[tuple[str, int, int], ...]:
    return tuple((url, *places.extents[url]) for url in urls if url in places.extents)


def entry_again(old: Entry, article: Article, urls: Sequence[str]) -> Entry:
    """The entry of an article of which nothing changed that others know; `urls` as above."""
    *slots, image, _ = urls
    return replace(old, article=article, slots=tuple(slots), image=image)


def _enclosure(article: Article, url: str, sizes: Mapping[str, int]) -> Enclosure | None:
    """The file offered for download; its length is known when it is ours."""
    if article.enclosure is None:
        return None
    return replace(article.enclosure, url=url, length=article.enclosure.length or sizes.get(url, 0))
