"""What every host is told, before it is said in the host's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from msgspec import Struct

from generator.feeds.formats import FORMATS
from generator.model.caching import HASHED
from generator.model.media_types import WEB, is_text
from generator.model.site import Site

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "img-src 'self' https: data:",
        "media-src 'self' https:",
        "frame-src 'self' https:",
        "form-action 'self' https:",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
"""What a page may load (CSP, level 3). Nothing inline and no script from elsewhere; the pictures,
videos, frames and forms that authors put into a letter may be anywhere on the secure web."""

SECURITY = (
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
"""On every answer. A referrer's host is told to others: video players refuse to play without."""

XML = "application/xml"
_MEDIA = ("image/", "audio/", "video/", "font/")
_PLAIN = "/!$&'()+,;=@[]~-._"
"""What all browsers leave as it is in a path (URL Standard, path percent-encode set), but for `*`
and `:`, which have a meaning in rules."""


class Feeds(Struct, frozen=True):
    """The feeds of one format."""

    file: str
    type: str
    folders: tuple[str, ...]
    """Where they are, below the site's address: empty, `tags/`, `authors/`; in the last two each
    has a folder of its own."""


class Redirect(Struct, frozen=True):
    """An old path and where it leads."""

    old: str
    """Path with its slash in front and the base path, as people read it: `/lettre/été 2024/`."""
    url: str
    """Root-relative, encoded."""
    absolute: str


class Rules(Struct, frozen=True):
    """All that the files of hosts are made from."""

    base: str
    """Base path with both slashes, decoded."""
    hosts: tuple[str, ...]
    redirects: tuple[Redirect, ...]
    hashed: tuple[str, ...]
    """URLs of files whose content is in their name."""
    feeds: tuple[Feeds, ...]


def rules_of(site: Site) -> Rules:
    """The rules that a site needs."""
    base = unquote(site.base.path)
    return Rules(
        base=base,
        hosts=site.hosts,
        redirects=tuple(_redirects(site, base)),
        hashed=tuple(
            site.base.relative(file.address)
            for file in site.static
            if HASHED.fullmatch(file.address[1:])
        ),
        feeds=tuple(_feeds(site)),
    )


def encoded(path: str) -> str:
    """A path as browsers send it."""
    return quote(path, safe=_PLAIN)


def endings_by_type() -> dict[str, tuple[str, ...]]:
    """Types with their endings."""
    types = dict.fromkeys(WEB.values())
    return {type_: tuple(e for e, known in WEB.items() if known == type_) for type_ in types}


def media_endings() -> tuple[str, ...]:
    """Endings of pictures, sounds, films and fonts."""
    return tuple(ending for ending, type_ in WEB.items() if type_.startswith(_MEDIA))


def text_types() -> tuple[str, ...]:
    """Types of texts in UTF-8, which are worth compressing."""
    feeds = (known.type for known in FORMATS.values())
    found = (type_ for type_ in (*WEB.values(), *feeds) if is_text(type_))
    return tuple(dict.fromkeys(found))


def feed_pattern(base: str, feeds: Feeds) -> str:
    """A regular expression (PCRE) of the paths of some feeds."""
    folders = "|".join(f"{folder}[^/]+/" if folder else "" for folder in feeds.folders)
    where = f"(?:{folders})" if folders else ""
    return f"^{re.escape(base)}{where}{re.escape(feeds.file)}$"


def _redirects(site: Site, base: str) -> Iterator[Redirect]:
    for redirect in site.redirects:
        entry = site.entries.get(redirect.to) or site.pages[redirect.to]
        yield Redirect(
            base + redirect.address.removeprefix("/"),
            site.base.relative(entry.address),
            site.base.absolute(entry.address),
        )


def _feeds(site: Site) -> Iterator[Feeds]:
    habits = site.habits
    folders = {"": habits.feed_formats, "tags/": habits.tag_feeds, "authors/": habits.author_feeds}
    for key, known in FORMATS.items():
        found = tuple(folder for folder, formats in folders.items() if key in formats)
        if found:
            yield Feeds(known.file, known.type, found)
