"""Article HTML as feed readers take it: whole, absolute, without what they strip or fear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from generator.model.urls import srcset

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LEFT_OUT = (
    *("script", "style", "template", "noscript", "form", "button", "select", "textarea", "dialog"),
    *("canvas", "link", "meta", "base", "title", "applet", "frameset", "noembed", "noframes"),
)
"""Elements that go with all that is in them."""
FRAMED = ("iframe", "object", "embed", "frame")
"""Elements in whose place a link stands."""
FOREIGN = ("svg", "math")
RARE = frozenset((*LEFT_OUT, *FRAMED, *FOREIGN, "input", "label"))
ADDRESSES = frozenset(("href", "src", "poster", "cite"))
KEPT = frozenset(
    (
        *("alt", "title", "width", "height", "lang", "dir", "datetime", "rel", "hreflang", "type"),
        *("colspan", "rowspan", "scope", "abbr", "span", "start", "reversed", "value"),
        *("controls", "loop", "preload", "kind", "srclang", "media", "sizes", "open"),
    )
)
"""Attributes that mean the same in every reader; all others belong to our theme or to a browser."""
_BARE = "span:not([lang], [dir])"
"""Elements that say nothing once their class is gone: every word of highlighted code is in one."""
_OUR_ID = re.compile(r"(?:fn|fnref|footnotes)-[0-9a-f]{8}\b")
"""Ids that are unique among articles: of footnotes."""
_UNSAFE_SCHEME = re.compile(r"(?:javascript|vbscript|file|blob|about):|data:(?!image/)", re.I)
_NOT_IN_URLS = re.compile(r'[\s"<>\\^`{|}]')
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=256)
def feed_html(html: str, address: str, pictures: tuple[tuple[str, int, int], ...] = ()) -> str:
    """Rewrite a fragment that stands at an absolute address (FEEDS, Body HTML).

    `pictures` are those whose width and height are known, by absolute URL; a reader then keeps
    their place.

    Remembered, because an article is in the feeds of the newsletter, of its tags and its authors;
    the newest are met most, and remembering all costs 30 MB a process and saves no time.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html, is_fragment=True)
    if "<span" in html:
        tree.unwrap_tags([_BARE])
    nodes = tree.css("*")
    foreign: frozenset[int] = frozenset()
    if not RARE.isdisjoint([node.tag for node in nodes]):
        _replace(tree, address)
        nodes = tree.css("*")
        foreign = frozenset(
            node.mem_id for name in FOREIGN for node in tree.css(f"{name}, {name} *")
        )
    for node in nodes:
        if attributes := node.attributes:
            if node.mem_id in foreign:
                _clean_foreign(node, attributes, address)
            else:
                _clean(node, attributes, address)
    for node in tree.css("img:not([width], [height])") if pictures else ():
        _measure(node, pictures)
    if "<!--" in html:
        _without_comments(tree)
    return _ready(tree.html or "")


def characters(text: str) -> str:
    """A text without the characters that XML 1.0 forbids (section 2.2)."""
    return _NOT_IN_XML.sub("", text)


def absolute(url: str, address: str) -> str:
    """A URL as it is meant at an address; empty when it leads nowhere or would run code."""
    url = "".join(url.split("\n")).replace("\r", "").replace("\t", "").strip()
    if _UNSAFE_SCHEME.match(url):
        return ""
    try:
        joined = urljoin(address, url)
    except ValueError:  # an unfinished [ of an IPv6 host
        return ""
    return _NOT_IN_URLS.sub(lambda found: quote(found[0]), joined)


def _replace(tree: LexborHTMLParser, address: str) -> None:
    """Do away with elements that readers do not show, or put what they can show in their place."""
    for node in tree.css(", ".join(LEFT_OUT)):
        node.decompose()
    for frame in tree.css(", ".join(FRAMED)):
        _unframe(frame, address)
    for node in tree.css("input"):
        _show_box(node)
    tree.unwrap_tags(["label"])


def _ready(html: str) -> str:
    """Ready for CDATA; with the characters themselves where only HTML knows their names."""
    return characters(html).replace("]]>", "]]&gt;").replace("&nbsp;", "\u00a0")


def _clean(node: LexborNode, attributes: dict[str, str | None], address: str) -> None:
    for name, value in attributes.items():
        if name in ADDRESSES:
            if url := absolute(value or "", address):
                node.attrs[name] = url
            else:
                del node.attrs[name]
        elif name == "srcset":
            node.attrs[name] = ", ".join(_candidates(value or "", address))
        elif name not in KEPT and not (name == "id" and _OUR_ID.match(value or "")):
            del node.attrs[name]


def _measure(node: LexborNode, pictures: tuple[tuple[str, int, int], ...]) -> None:
    url = node.attributes.get("src")
    for known, width, height in pictures:
        if known == url:
            node.attrs["width"], node.attrs["height"] = str(width), str(height)
            return


def _clean_foreign(node: LexborNode, attributes: dict[str, str | None], address: str) -> None:
    """Drawings and formulas need attributes of their own; none may run or be relative."""
    for name, value in attributes.items():
        if name in ("href", "xlink:href", "src", "definitionurl", "altimg", "cdgroup"):
            node.attrs[name] = absolute(value or "", address)
        elif name.startswith("on") or name in ("style", "class", "id") or "url(" in (value or ""):
            del node.attrs[name]


def _candidates(text: str, address: str) -> Iterator[str]:
    for url, descriptors in srcset(text):
        if found := absolute(url, address):
            yield f"{found} {descriptors}".rstrip()


def _unframe(frame: LexborNode, address: str) -> None:
    """Put a link in the place of what readers do not show."""
    given = frame.attributes
    url = absolute(given.get("src") or given.get("data") or "", address)
    if url in ("", address):
        frame.decompose()
        return
    from selectolax.lexbor import LexborHTMLParser

    text = (given.get("title") or "").strip() or url
    link = LexborHTMLParser(f'<a href="{escape(url)}">{escape(text)}</a>', is_fragment=True)
    found = link.css_first("a")
    assert found is not None
    frame.replace_with(found)


def _show_box(node: LexborNode) -> None:
    given = node.attributes
    if (given.get("type") or "").lower() == "checkbox":
        node.replace_with("☑" if "checked" in given else "☐")
    else:
        node.decompose()


def _without_comments(tree: LexborHTMLParser) -> None:
    assert tree.root is not None
    for node in [n for n in tree.root.traverse() if n.is_comment_node]:
        node.decompose()
