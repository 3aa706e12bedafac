"""The one place that makes an address: slugs, permalinks, output paths, absolute URLs.

An *address* is a path on the site without the base path (`/2025/03/slug/`); a *URL* is what a page
prints (`/lettre/2025/03/slug/`) or, absolute, what a feed prints.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import cached_property, lru_cache
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

SLUG_LENGTH = 80
"""Characters after which a slug is cut at a word."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SIGNS = {
    "fr": (("€", " euros "), ("&", " et "), ("%", " pour cent ")),
    "en": (("€", " euros "), ("&", " and "), ("%", " percent ")),
}
_QUOTES = (("’", "-"), ("'", "-"), ("°", "-"))
_TAG_SIGNS = (("++", " plus plus "), ("#", " sharp "), ("+", " plus "))
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._~/-]*")
_ODD_DOTS = re.compile(r"(?:^|/)\.|\.(?:/|$)")
_ENDING = re.compile(r"[^/]\.(?:html?|xml|json|txt|php|aspx?)$", re.I)
_SLASHES = re.compile(r"/{2,}")
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])((?:\s+[^,(]*(?:\([^)]*\)[^,(]*)*)?)(?:,|$)")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")


class Base(Struct, frozen=True, dict=True):
    """Where the site will be online; makes URLs of addresses."""

    url: str
    """Absolute, with a slash at the end: `https://exemple.fr/lettre/`."""

    @cached_property
    def path(self) -> str:
        """The base path with both slashes: `/lettre/`."""
        return urlsplit(self.url).path or "/"

    def relative(self, address: str) -> str:
        """The URL that pages print, root-relative."""
        return self.path + _quoted(address)

    def absolute(self, address: str) -> str:
        """The URL that feeds and `canonical` print."""
        return self.url + _quoted(address)


@lru_cache(maxsize=1 << 12)
def slug(text: str, lang: str = "fr") -> str:
    """Make the ASCII name of a text: lower case, hyphens; empty when nothing of it is speakable.

    The slug of a slug is itself. Headings recur from one letter to the next, hence the cache.
    """
    if len(text) <= SLUG_LENGTH and _SLUG.fullmatch(text):
        return text
    from slugify import slugify  # here, since most builds parse nothing that needs it

    signs = _SIGNS.get(lang[:2], _SIGNS["en"])
    name = slugify(
        unicodedata.normalize("NFC", text),
        max_length=SLUG_LENGTH,
        word_boundary=True,
        save_order=True,
        replacements=(*_QUOTES, *signs),
        backend="text-unidecode",  # the other, where it is installed, would make other addresses
    )
    return name.strip("-")


@lru_cache(maxsize=1 << 16)
def tag_key(tag: str) -> str:
    """What two ways of writing a tag have in common: no case, no accents, single spaces.

    Signs stay, so `C`, `C++` and `C#` are three tags.
    """
    decomposed = unicodedata.normalize("NFKD", tag.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.replace("-", " ").replace("_", " ").replace("’", "'").split())


@lru_cache(maxsize=1 << 14)
def tag_slug(tag: str, lang: str = "fr") -> str:
    """The tag's part of its address: `c-plus-plus`, `c-sharp`, `droit-d-auteur`."""
    for sign, words in _TAG_SIGNS:
        tag = tag.replace(sign, words)
    return slug(tag, lang)


def expand(pattern: str, *, date: datetime | None, slug: str, lang: str, section: str) -> str:
    """Fill a permalink pattern; the result still has to pass `address`."""
    year, month, day = (
        (f"{date.year:04}", f"{date.month:02}", f"{date.day:02}") if date else [""] * 3
    )
    known = {
        "{year}": year,
        "{month}": month,
        "{day}": day,
        "{slug}": slug,
        "{lang}": lang,
        "{section}": section,
    }
    for name, text in known.items():
        pattern = pattern.replace(name, text)
    return _SLASHES.sub("/", pattern) if "//" in pattern else pattern


def address(text: str) -> str | None:
    """Check an address that an author chose: ASCII, inside the site; None when it is neither.

    `/x` and `x/` become `/x/`; a last segment with an ending stays a file (`/x.html`).
    """
    path = text.strip("/")
    if not path:
        return "/"
    if not _PLAIN_PATH.fullmatch(path) or _ODD_DOTS.search(path) or "//" in path:
        return None
    return f"/{path}" if is_file(path) else f"/{path}/"


def foreign_address(text: str) -> str | None:
    """Check an old address kept as a redirect: it may hold any letters, but not leave the site.

    Accepts what `redirect_from` holds elsewhere: paths, percent-encoded or not, and whole URLs.
    """
    try:
        path = unicodedata.normalize("NFC", unquote(urlsplit(text.strip()).path))
    except ValueError:  # an unfinished [ of an IPv6 host
        return None
    segments = [s for s in path.split("/") if s]
    if not segments or _UNSAFE.search(path):
        return None
    if any(s.startswith(".") or len(s.encode()) > 250 for s in segments):
        return None
    joined = "/" + "/".join(segments)
    return joined if is_file(joined) else joined + "/"


def is_file(address: str) -> bool:
    """Whether an address names a file (`/feed.xml`) and not a folder (`/2025/`)."""
    return bool(_ENDING.search(address))


def output_path(address: str) -> str:
    """The file in the output that answers an address: `/x/` → `x/index.html`."""
    path = address.removeprefix("/")
    return path + "index.html" if path == "" or path.endswith("/") else path


def page_address(listing: str, number: int) -> str:
    """The address of a later page of a listing: `/tags/ia/` → `/tags/ia/page/2/`."""
    return listing if number == 1 else f"{listing}page/{number}/"


@lru_cache(maxsize=1 << 16)
def _quoted(address: str) -> str:
    path = address.removeprefix("/")
    return path if _PLAIN_PATH.fullmatch(path) else quote(path, safe="/~-._#?=&")


def srcset(text: str) -> tuple[tuple[str, str], ...]:
    """The images of a `srcset`: URLs, commas included, with descriptors (HTML, 4.8.4)."""
    found: list[tuple[str, str]] = _CANDIDATE.findall(text)
    return tuple((url, " ".join(descriptors.split())) for url, descriptors in found)


def is_external(url: str) -> bool:
    """Whether a URL leads off the site (it has a scheme or a host)."""
    return url.startswith("//") or bool(_SCHEME.match(url))
