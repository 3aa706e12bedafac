"""How an article looks elsewhere: cut out of what was really built, not made a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from generator.model.urls import output_path

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_NUMBER = re.compile(r"\d+")


class FeedEntry(Struct, frozen=True):
    """An item of the RSS feed."""

    title: str
    summary: str
    """HTML."""
    content: str
    """HTML."""


class SocialCard(Struct, frozen=True):
    """What networks and messengers show of a shared link (Open Graph)."""

    host: str
    title: str
    description: str
    image: str
    """URL of the picture in the preview, or empty."""
    image_alt: str


class Looks(Struct, frozen=True):
    """The article in a list, in a feed reader, in a shared link."""

    card: str
    """HTML of the theme, or empty when no list shows it."""
    entry: FeedEntry | None
    """None when the feed does not reach back so far."""
    social: SocialCard | None


def looks_of(address: str, url: str, output: Path, host: str, origin: str) -> Looks:
    """Look for an article in what was built; `url` is how pages link to it."""
    try:
        page = (output / output_path(address)).read_bytes()
    except OSError:
        page = b""
    social = _social(LexborHTMLParser(page), host, origin) if page else None
    return Looks(_card(url, output), _entry(origin + url, output), social)


def _card(url: str, output: Path) -> str:
    wanted = f'href="{url}"'.encode()
    for file in _lists(output):
        page = file.read_bytes()
        if wanted not in page:
            continue
        for card in LexborHTMLParser(page).css("main article"):
            if any(link.attributes.get("href") == url for link in card.css(".headline a, h2 a")):
                return card.html or ""
    return ""


def _lists(output: Path) -> Iterator[Path]:
    """The front page and the pages after it, newest first."""
    yield from (file for file in (output / "index.html",) if file.is_file())
    later = output.glob("page/*/index.html")
    yield from sorted(later, key=lambda file: [int(n) for n in _NUMBER.findall(file.parent.name)])


def _entry(url: str, output: Path) -> FeedEntry | None:
    try:
        feed = ElementTree.parse(output / "feed.xml")
    except (OSError, ElementTree.ParseError):
        return None
    for item in feed.iter("item"):
        if item.findtext("link") == url:
            texts = (item.findtext(name) or "" for name in ("title", "description", _CONTENT))
            return FeedEntry(*texts)
    return None


def _social(page: LexborHTMLParser, host: str, origin: str) -> SocialCard:
    def meta(name: str) -> str:
        found = page.css_first(f'meta[property="{name}"]')
        return (found.attributes.get("content") or "") if found else ""

    return SocialCard(
        host=host,
        title=meta("og:title"),
        description=meta("og:description"),
        image=meta("og:image").removeprefix(origin),
        image_alt=meta("og:image:alt"),
    )
