"""Article HTML as feed readers take it: whole, absolute, without what they strip or fear."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

FORBIDDEN = "script, style, form, button, link, meta, base, object, embed"
ADDRESSES = ("href", "src", "poster", "data", "cite")
MEANINGLESS = ("class", "style", "tabindex", "loading", "decoding", "role")
"""Attributes that mean something in our theme or to a browser, not to a reader."""
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,])(\s+[^,]+)?\s*(?:,|$)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def feed_html(html: str, address: str) -> str:
    """Rewrite a fragment that stands at an absolute address (FEEDS, Body HTML)."""
    tree = LexborHTMLParser(html, is_fragment=True)
    for node in tree.css(FORBIDDEN):
        node.decompose()
    for frame in tree.css("iframe"):
        frame.replace_with(_link_to(frame, address))
    for node in tree.css("*"):
        _clean(node, address)
    for node in tree.css("input"):
        node.replace_with("☑" if "checked" in node.attrs else "☐")
    tree.unwrap_tags(["label"])
    return tree.html or ""


def characters(text: str) -> str:
    """A text without the characters that XML 1.0 forbids (section 2.2)."""
    return _CONTROL.sub("", text)


def _clean(node: LexborNode, address: str) -> None:
    for name, value in list(node.attributes.items()):
        if name.startswith(("on", "aria-")) or name in MEANINGLESS:
            del node.attrs[name]
        elif name in ADDRESSES and value:
            node.attrs[name] = urljoin(address, value)
        elif name == "srcset" and value:
            node.attrs[name] = _CANDIDATE.sub(
                lambda found: f"{urljoin(address, found[1])}{found[2] or ''}, ", value
            ).rstrip(", ")


def _link_to(frame: LexborNode, address: str) -> LexborNode:
    source = urljoin(address, frame.attributes.get("src") or "")
    title = frame.attributes.get("title") or source
    link = LexborHTMLParser(f'<a href="{escape(source)}">{escape(title)}</a>', is_fragment=True)
    found = link.css_first("a")
    assert found is not None
    return found
