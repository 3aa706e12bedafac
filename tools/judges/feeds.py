"""Reads the feeds as a feed reader does, over HTTP, and follows what they give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import feedparser  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser

from .built import Built
from .links import Server, addresses, follow

FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def announced(built: Built, server: Server) -> dict[str, str]:
    """Address and type of every feed that some page announces in its head."""
    feeds: dict[str, str] = {}
    for page in built.pages:
        tree = LexborHTMLParser(server.get(page.url).body)
        for link in tree.css('link[rel~="alternate"][type][href]'):
            kind, url = link.attributes["type"] or "", link.attributes["href"] or ""
            if kind in FEEDS:
                feeds[url if url.startswith("http") else server.base_url + url] = kind
    return feeds


def check(url: str, kind: str, server: Server) -> list[str]:
    """What a feed reader would stumble over in the feed at `url`."""
    answer = server.get(url)
    if answer.status != 200:
        return [f"{url} answers {answer.status}"]
    read = read_json if kind == "application/feed+json" else read_xml
    return [f"{url}: {reason}" for reason in read(url, server)]


def read_xml(url: str, server: Server) -> Iterator[str]:
    feed = feedparser.parse(url, resolve_relative_uris=False, sanitize_html=False)
    if feed.bozo:
        yield f"not well-formed: {feed.bozo_exception}"
    if not feed.feed.get("title"):
        yield "no title"
    if url not in {link["href"] for link in feed.feed.get("links", ()) if link["rel"] == "self"}:
        yield "does not name its own address (rel=self)"
    entries = [
        (
            entry.get("id", ""),
            entry.get("link", ""),
            entry.get("title", ""),
            bool(entry.get("published_parsed")),
            "".join(part.value for part in entry.get("content", ())) or entry.get("summary", ""),
        )
        for entry in feed.entries
    ]
    yield from check_entries(url, entries, server)


def read_json(url: str, server: Server) -> Iterator[str]:
    feed: dict[str, Any] = json.loads(server.get(url).body)
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/"):
        yield "no version of JSON Feed"
    if feed.get("feed_url") != url:
        yield "does not name its own address (feed_url)"
    entries = [
        (
            item.get("id", ""),
            item.get("url", ""),
            item.get("title", ""),
            "date_published" in item,
            item.get("content_html", item.get("content_text", "")),
        )
        for item in feed.get("items", ())
    ]
    yield from check_entries(url, entries, server)


Entry = tuple[str, str, str, bool, str]
"""Identity, address, title, whether it is dated, HTML."""


def check_entries(url: str, entries: list[Entry], server: Server) -> Iterator[str]:
    if not entries:
        yield "no entries"
    seen: set[str] = set()
    for identity, link, title, dated, html in entries:
        name = f"“{title or link or identity}”"
        if not identity:
            yield f"{name} has no identity"
        elif identity in seen:
            yield f"{name} has the identity of another entry: {identity}"
        seen.add(identity)
        if not title:
            yield f"{name} has no title"
        if not dated:
            yield f"{name} has no date that a reader understands"
        if not html:
            yield f"{name} has no content"
        yield from (f"{name}: {reason}" for reason in follow(url, [link], server))
        yield from (f"{name}: {reason}" for reason in check_html(url, html, server))


def check_html(url: str, html: str, server: Server) -> Iterator[str]:
    """Feed readers resolve relative addresses each in their own way, so there must be none."""
    for address in dict.fromkeys(addresses(html.encode())):
        if address.startswith("#"):
            yield f"{address} leads nowhere in a feed reader: make it absolute"
        elif ":" not in address.split("/")[0]:
            yield f"{address} is relative: feed readers want absolute addresses"
        else:
            yield from follow(url, [address], server)
