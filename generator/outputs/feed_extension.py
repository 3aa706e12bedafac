"""What feedgen leaves out or gets wrong, mended through its own extension mechanism (FEEDS).

In RSS: authors by name, hubs, the lead image, dates without `setlocale`, a feed that is empty. In
Atom: the rel, type and length of links, languages, content that is not escaped sign by sign.
"""

from __future__ import annotations

from email.utils import format_datetime

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from generator.feeds.view import FeedView, Written

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class MarbreFeed(BaseExtension):
    """What a feed needs beside its items."""

    view: FeedView

    def extend_ns(self) -> dict[str, str]:
        """Dublin Core for creators, Media RSS for lead images."""
        return {"dc": DUBLIN_CORE, "media": MEDIA} if self.view.format == "rss" else {}

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the hubs after the feed's own address (W3C WebSub, section 4)."""
        channel = feed[0]
        for url in self.view.hubs:
            etree.SubElement(channel, f"{{{ATOM}}}link", href=url, rel="hub")
        date = channel.find("lastBuildDate")
        if date is not None and not self.view.items:
            channel.remove(date)  # it has not been built at any date that would mean something
        _dress(feed, self.view)
        return feed

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Add nothing but the style sheet for browsers."""
        _dress(feed, self.view)
        return feed


class MarbreEntry(BaseEntryExtension):
    """What an item needs beside its texts."""

    written: Written

    def extend_rss(self, entry: etree._Element) -> etree._Element:
        """Add the date, one `dc:creator` an author (RSS's own must be an e-mail), the image."""
        item = self.written.item
        _text(entry, "pubDate", format_datetime(item.date))
        for name in item.authors:
            _text(entry, f"{{{DUBLIN_CORE}}}creator", name)
        if item.image:
            url, kind, alt = item.image
            media = etree.SubElement(entry, f"{{{MEDIA}}}content", url=url, type=kind)
            media.set("medium", "image")
            for _, width, height in [known for known in item.pictures if known[0] == url][:1]:
                media.set("width", str(width))
                media.set("height", str(height))
            if alt:
                _text(media, f"{{{MEDIA}}}description", alt)
        return entry

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Add the texts as HTML and the enclosure with all that it is."""
        item = self.written.item
        if item.lang:
            entry.set(LANG, item.lang)
        for name, html in (
            ("summary", self.written.description),
            ("content", self.written.content),
        ):
            if html:
                _text(entry, name, "").text = etree.CDATA(html)
                entry[-1].set("type", "html")
        if item.enclosure:
            url, length, kind = item.enclosure
            link = etree.SubElement(entry, "link", rel="enclosure", href=url, type=kind)
            link.set("length", str(length))
        return entry


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element


def _dress(feed: etree._Element, view: FeedView) -> None:
    """Name the style sheet by which a browser shows the feed (xml-stylesheet, W3C 2010)."""
    if view.style:
        sheet = etree.ProcessingInstruction(
            "xml-stylesheet", f'href="{view.style}" type="text/css"'
        )
        feed.addprevious(sheet)
