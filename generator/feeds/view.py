"""A feed before it is written in a format."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class FeedItem(Struct, frozen=True):
    """One article in a feed."""

    path: str
    """Source path, by which the body is found and which messages name."""
    guid: str
    title: str
    """Plain text."""
    url: str
    date: datetime
    updated: datetime
    """When the text last changed; its date when the author says nothing."""
    lang: str
    """BCP 47, when it is not the feed's; else empty."""
    dir: str
    """`ltr` or `rtl`, when `lang` is said."""
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    """Plain text: what a list says of it."""
    points: str
    """HTML: the key points as a short list, or empty."""
    top: str
    """HTML that stands before the key points: chapô, lead image, their heading."""
    bottom: str
    """HTML that stands after the body: correction and sources."""
    slots: tuple[str, ...]
    pictures: tuple[tuple[str, int, int], ...] = ()
    """Pictures whose size is known: URL, width and height in pixels."""
    image: tuple[str, str, str] | None = None
    """The lead image: URL, MIME type, what it shows."""
    enclosure: tuple[str, int, str] | None = None
    """URL, length in bytes, MIME type."""


class FeedView(Struct, frozen=True):
    """A feed, complete but for the bodies of its articles."""

    format: str
    """A key of FORMATS."""
    id: str
    title: str
    newsletter: str
    """Name of the newsletter, which is the author of what nobody signs."""
    description: str
    link: str
    """The page that it is the feed of."""
    url: str
    """Its own address."""
    lang: str
    hubs: tuple[str, ...]
    full: bool
    """Whether whole articles are in it."""
    size: int
    """Bytes after which no further article is taken in."""
    image: str
    """URL of a square picture (GIF, JPEG or PNG), or empty."""
    icon: str
    """URL of the favicon."""
    style: str
    """Root-relative URL of the style sheet for browsers, or empty."""
    items: tuple[FeedItem, ...]


class Written(Struct, frozen=True):
    """An item with its HTML as readers get it: absolute, and without what they strip or fear."""

    item: FeedItem
    description: str
    """HTML: the key points as a list, else the summary."""
    content: str
    """HTML: the whole article; empty when only summaries are given."""
