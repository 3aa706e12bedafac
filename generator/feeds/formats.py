"""The three formats of a feed, and where each is found."""

from __future__ import annotations

from msgspec import Struct


class Format(Struct, frozen=True):
    """A format."""

    key: str
    """As the configuration calls it."""
    file: str
    """Name of the file, beside the page that it is the feed of."""
    type: str
    """MIME type, as `<link rel=alternate>` announces it."""
    name: str
    """As people call it."""


FORMATS = {
    known.key: known
    for known in (
        Format("rss", "feed.xml", "application/rss+xml", "RSS"),
        Format("atom", "atom.xml", "application/atom+xml", "Atom"),
        Format("json", "feed.json", "application/feed+json", "JSON Feed"),
    )
}
"""RSS first: every reader takes it."""


def in_order(keys: tuple[str, ...]) -> tuple[Format, ...]:
    """The formats that are asked for, in our order."""
    return tuple(known for key, known in FORMATS.items() if key in keys)
