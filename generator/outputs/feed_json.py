"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from generator.feeds.view import FeedView, Written


class JsonAuthor(Struct, frozen=True):
    """Who writes."""

    name: str


class JsonHub(Struct, frozen=True):
    """Where to be told of news."""

    type: str
    url: str


class JsonAttachment(Struct, frozen=True, omit_defaults=True):
    """A file to download."""

    url: str
    mime_type: str
    size_in_bytes: int = 0


class JsonItem(Struct, frozen=True, omit_defaults=True):
    """An article; the names are the format's."""

    id: str
    url: str
    title: str
    content_html: str = ""
    content_text: str = ""
    summary: str = ""
    image: str = ""
    date_published: str = ""
    date_modified: str = ""
    authors: tuple[JsonAuthor, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    attachments: tuple[JsonAttachment, ...] = ()


class JsonFeed(Struct, frozen=True, omit_defaults=True):
    """A feed; the names are the format's."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    items: tuple[JsonItem, ...]
    description: str = ""
    icon: str = ""
    favicon: str = ""
    authors: tuple[JsonAuthor, ...] = ()
    language: str = ""
    hubs: tuple[JsonHub, ...] = ()


def json(view: FeedView, items: Sequence[Written]) -> bytes:
    """The feed as JSON Feed."""
    feed = JsonFeed(
        version="https://jsonfeed.org/version/1.1",
        title=view.title,
        description=view.description,
        home_page_url=view.link,
        feed_url=view.url,
        icon=view.image,
        favicon=view.icon,
        language=view.lang,
        authors=(JsonAuthor(view.newsletter),),
        hubs=tuple(JsonHub("WebSub", url) for url in view.hubs),
        items=tuple(_item(written) for written in items),
    )
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


def _item(written: Written) -> JsonItem:
    item = written.item
    url, length, kind = item.enclosure or ("", 0, "")
    return JsonItem(
        id=item.guid,
        url=item.url,
        title=item.title,
        content_html=written.content or written.description,
        summary=item.summary,
        image=item.image[0] if item.image else "",
        date_published=item.date.isoformat(),
        date_modified=item.updated.isoformat() if item.updated != item.date else "",
        authors=tuple(JsonAuthor(name) for name in item.authors),
        tags=item.tags,
        language=item.lang,
        attachments=(JsonAttachment(url, kind, length),) if url else (),
    )
