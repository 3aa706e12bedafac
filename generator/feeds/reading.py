"""Reads a feed as its readers do, in any of the three formats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Unreadable(Exception):  # noqa: N818 - it says what the data is
    """It is no feed, or a broken one; says why."""


class ReadItem(Struct, frozen=True):
    """An item as it arrives; what is missing is empty."""

    guid: str
    title: str
    url: str
    date: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str = ""
    """HTML, or in JSON plain text."""
    content: str = ""
    """HTML."""
    enclosures: tuple[tuple[str, str, str], ...] = ()
    """URL, length in bytes, MIME type, as written."""
    is_address: bool = False
    """Whether the guid claims to be an address (RSS, `isPermaLink`)."""
    parts: tuple[str, ...] = ()
    """Names of its elements, in order."""


class ReadFeed(Struct, frozen=True):
    """A feed as it arrives; what is missing is empty."""

    format: str
    title: str
    url: str
    """Its own address, as it says (`rel=self`, `feed_url`)."""
    link: str
    """The page that it is the feed of."""
    description: str
    language: str
    items: tuple[ReadItem, ...]
    changed: datetime | None = None
    """`lastBuildDate` or `updated`."""
    hubs: tuple[str, ...] = ()


def read_feed(data: bytes) -> ReadFeed:
    """Read a feed. Raises Unreadable."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json(data)
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise Unreadable(str(problem)) from None
    channel = root.find("channel") if root.tag == "rss" else None
    if channel is not None:
        return _rss(channel)
    if root.tag == f"{_ATOM}feed":
        return _atom(root)
    raise Unreadable(f"<{root.tag}>")


def _rss(channel: Element) -> ReadFeed:
    links = [(link.get("rel"), link.get("href", "")) for link in channel.findall(f"{_ATOM}link")]
    return ReadFeed(
        format="rss",
        title=_text(channel, "title"),
        url=next((href for rel, href in links if rel == "self"), ""),
        link=_text(channel, "link"),
        description=_text(channel, "description"),
        language=_text(channel, "language"),
        items=tuple(_rss_item(item) for item in channel.findall("item")),
        changed=_date(_text(channel, "lastBuildDate"), parsedate_to_datetime),
        hubs=tuple(href for rel, href in links if rel == "hub"),
    )


def _rss_item(item: Element) -> ReadItem:
    texts: dict[str, str] = {}
    for element in item:  # once through, which is much quicker than a search for each name
        texts.setdefault(str(element.tag), element.text or "")
    guid = item.find("guid")
    return ReadItem(
        guid=texts.get("guid", ""),
        title=texts.get("title", ""),
        url=texts.get("link", ""),
        date=_date(texts.get("pubDate", ""), parsedate_to_datetime),
        authors=tuple(e.text or "" for e in item.findall(f"{_DC}creator")),
        tags=tuple(e.text or "" for e in item.findall("category")),
        description=texts.get("description", ""),
        content=texts.get(_CONTENT, ""),
        enclosures=tuple(
            (e.get("url", ""), e.get("length", ""), e.get("type", ""))
            for e in item.findall("enclosure")
        ),
        is_address=guid is not None and guid.get("isPermaLink", "true") == "true",
        parts=tuple(str(e.tag).rpartition("}")[2] for e in item),
    )


def _atom(root: Element) -> ReadFeed:
    links = [(e.get("rel", "alternate"), e.get("href", "")) for e in root.findall(f"{_ATOM}link")]
    return ReadFeed(
        format="atom",
        title=_text(root, f"{_ATOM}title"),
        url=next((href for rel, href in links if rel == "self"), ""),
        link=next((href for rel, href in links if rel == "alternate"), ""),
        description=_text(root, f"{_ATOM}subtitle"),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        items=tuple(_atom_entry(entry) for entry in root.findall(f"{_ATOM}entry")),
        changed=_date(_text(root, f"{_ATOM}updated"), datetime.fromisoformat),
        hubs=tuple(href for rel, href in links if rel == "hub"),
    )


def _atom_entry(entry: Element) -> ReadItem:
    links = entry.findall(f"{_ATOM}link")
    pages = (e.get("href", "") for e in links if e.get("rel", "alternate") == "alternate")
    names = entry.findall(f"{_ATOM}author/{_ATOM}name")
    return ReadItem(
        guid=_text(entry, f"{_ATOM}id"),
        title=_text(entry, f"{_ATOM}title"),
        url=next(pages, ""),
        date=_date(_text(entry, f"{_ATOM}published"), datetime.fromisoformat),
        updated=_date(_text(entry, f"{_ATOM}updated"), datetime.fromisoformat),
        authors=tuple(name.text or "" for name in names),
        tags=tuple(e.get("term", "") for e in entry.findall(f"{_ATOM}category")),
        description=_text(entry, f"{_ATOM}summary"),
        content=_text(entry, f"{_ATOM}content"),
        enclosures=tuple(
            (e.get("href", ""), e.get("length", ""), e.get("type", ""))
            for e in links
            if e.get("rel") == "enclosure"
        ),
        parts=tuple(str(e.tag).rpartition("}")[2] for e in entry),
    )


def _json(data: bytes) -> ReadFeed:
    try:
        feed = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=dict[str, Any])
        items = tuple(_json_item(item) for item in feed["items"])
        hubs = tuple(str(hub["url"]) for hub in feed.get("hubs", ()))
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as problem:
        raise Unreadable(f"JSON: {problem}") from None
    return ReadFeed(
        format="json",
        title=_said(feed, "title"),
        url=_said(feed, "feed_url"),
        link=_said(feed, "home_page_url"),
        description=_said(feed, "description"),
        language=_said(feed, "language"),
        items=items,
        hubs=hubs,
    )


def _json_item(item: dict[str, Any]) -> ReadItem:
    return ReadItem(
        guid=_said(item, "id"),
        title=_said(item, "title"),
        url=_said(item, "url"),
        date=_date(_said(item, "date_published"), datetime.fromisoformat),
        updated=_date(_said(item, "date_modified"), datetime.fromisoformat),
        authors=tuple(_said(author, "name") for author in item.get("authors", ())),
        tags=tuple(map(str, item.get("tags", ()))),
        description=_said(item, "summary"),
        content=_said(item, "content_html") or _said(item, "content_text"),
        enclosures=tuple(
            (_said(e, "url"), _said(e, "size_in_bytes"), _said(e, "mime_type"))
            for e in item.get("attachments", ())
        ),
        parts=tuple(item),
    )


def _text(element: Element, name: str) -> str:
    return element.findtext(name) or ""


def _said(value: dict[str, Any], key: str) -> str:
    said = value.get(key)
    return "" if said is None else str(said)


def _date(text: str, read: Callable[[str], datetime]) -> datetime | None:
    """A date with its zone; one without is none."""
    try:
        found = read(text.strip())
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else None
