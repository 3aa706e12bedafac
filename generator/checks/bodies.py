"""What in an item's HTML would fail in a feed reader (FEEDS, Body HTML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

_WITH_ATTRIBUTES = re.compile(
    r"<[A-Za-z][^\s/<>]*[\s/]([^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)>"
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ADDRESSES = frozenset(
    (
        *("href", "src", "poster", "data", "cite", "background", "longdesc", "action"),
        *("formaction", "xlink:href", "manifest", "usemap", "ping", "codebase"),
    )
)
_LISTS = frozenset(("srcset", "imagesrcset"))
_FORBIDDEN = frozenset(
    (
        *("script", "style", "form", "iframe", "object", "embed", "frame", "base", "meta", "link"),
        *("button", "input", "select", "textarea", "template", "noscript", "applet"),
    )
)
_FORBIDDEN_TAG = re.compile(rf"<({'|'.join(sorted(_FORBIDDEN))})\b(?!-)", re.IGNORECASE)
_NO_SCRIPT = ("javascript:", "vbscript:")


@lru_cache(maxsize=256)
def faults(html: str) -> tuple[tuple[str, str], ...]:
    """What is wrong with an item's HTML, as (code of a diagnostic, what is meant).

    Remembered: an article is in several feeds.
    """
    return tuple(dict.fromkeys(_faults(html)))


def _faults(html: str) -> Iterator[tuple[str, str]]:
    for tag in _FORBIDDEN_TAG.finditer(html):
        yield "feed-forbidden", f"<{tag[1].lower()}>"
    for tag in _WITH_ATTRIBUTES.finditer(html):
        yield from _in_attributes(tag[1])


def _in_attributes(text: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(text):
        name = found[1].lower()
        if name.startswith("on") or name in ("style", "class", "srcdoc"):
            yield "feed-forbidden", name
            continue
        value = unescape(next((part for part in found.groups()[1:] if part is not None), ""))
        if name in _ADDRESSES:
            yield from _in_address(value)
        elif name in _LISTS:
            for candidate in re.split(r",\s+", value):
                yield from _in_address(candidate.strip().partition(" ")[0])
        elif "url(" in value and name not in ("alt", "title"):
            yield "feed-relative-url", value


def _in_address(url: str) -> Iterator[tuple[str, str]]:
    if not _SCHEME.match(url):
        yield "feed-relative-url", url
    elif url.lower().startswith(_NO_SCRIPT):
        yield "feed-forbidden", url
