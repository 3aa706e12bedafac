"""What feedgen leaves out of RSS, through its own extension mechanism: authors by name, hubs."""

from __future__ import annotations

from collections.abc import Sequence

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


class MarbreFeed(BaseExtension):
    """WebSub hubs on the channel."""

    def __init__(self) -> None:
        self._hubs: Sequence[str] = ()
        self._empty = False

    def is_empty(self, empty: bool) -> None:
        """A feed without items has not been built at any date that would mean something."""
        self._empty = empty

    def hubs(self, urls: Sequence[str]) -> None:
        """Announce these hubs (W3C WebSub, section 4)."""
        self._hubs = urls

    def extend_ns(self) -> dict[str, str]:
        """Dublin Core, for its creators."""
        return {"dc": DUBLIN_CORE}

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the hubs after the feed's own address."""
        for url in self._hubs:
            etree.SubElement(feed[0], f"{{{ATOM}}}link", href=url, rel="hub")
        date = feed[0].find("lastBuildDate")
        if self._empty and date is not None:
            feed[0].remove(date)
        return feed


class MarbreEntry(BaseEntryExtension):
    """Authors by name: RSS's own `author` must be an e-mail address."""

    def __init__(self) -> None:
        self._creators: Sequence[str] = ()

    def creators(self, names: Sequence[str]) -> None:
        """Name the authors."""
        self._creators = names

    def extend_rss(self, entry: etree._Element) -> etree._Element:
        """Add one `dc:creator` each."""
        for name in self._creators:
            etree.SubElement(entry, f"{{{DUBLIN_CORE}}}creator").text = name
        return entry
