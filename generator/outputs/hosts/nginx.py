"""A piece of nginx configuration (nginx.org/en/docs), to be included in a `server`.

Everything stands inside one `location`, so that nothing of the server's own is set twice. A nested
location that has one `add_header` inherits none, so each says all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.model.caching import ALWAYS_ASK, FEEDS, FOR_EVER, HASHED, MEDIA
from generator.outputs.hosts.rules import (
    SECURITY,
    XML,
    Feeds,
    Rules,
    encoded,
    endings_by_type,
    feed_pattern,
    media_endings,
    text_types,
)

_HIDDEN = r"/\.(?!well-known/)"


def snippet(rules: Rules) -> str:
    """The whole file."""
    base = rules.base
    nested: list[str] = _location("~ " + _quoted(_HIDDEN), ["return 404;"])
    pattern = f"^{re.escape(base)}{HASHED.pattern}$"
    nested += _location("~ " + _quoted(pattern), _headers(FOR_EVER))
    for feeds in rules.feeds:
        nested += _location("~ " + _quoted(feed_pattern(base, feeds)), _feed(feeds, base))
    endings = "|".join(media_endings())
    nested += _location("~* " + _quoted(rf"\.(?:{endings})$"), _headers(MEDIA))
    for one in rules.redirects:
        for old in dict.fromkeys((one.old, one.old.removesuffix("/"))):
            nested += _location("= " + _quoted(old), [f"return 301 {_quoted(one.url)};"])
    lines = [*_common(base), *_types(), *_headers(ALWAYS_ASK, always=True), *nested]
    top = [*_about(base), *_location(_quoted(base), lines)]
    if base != "/":
        home = ["absolute_redirect off;", f"return 301 {_quoted(encoded(base))};"]
        top += _location("= " + _quoted(base.removesuffix("/")), home)
    if any(feeds.type.endswith("xml") for feeds in rules.feeds):
        top += _location(_reading(base), [*_common(base), *_reading_page()])
    return "\n".join((*top, ""))


def _about(base: str) -> list[str]:
    return [
        f"# Written by Marbre: how nginx serves the newsletter at {base}",
        "# Include this file in the `server` whose `root` holds the site there; see docs/hosts.md.",
    ]


def _common(base: str) -> list[str]:
    texts = " ".join(type_ for type_ in text_types() if type_ != "text/html")
    return [
        "index index.html;",
        "absolute_redirect off;",
        f"error_page 404 {_quoted(base + '404.html')};",
        "charset utf-8;",
        f"charset_types {texts};",
        "gzip on;",
        "gzip_vary on;",
        "gzip_proxied any;",
        f"gzip_types {texts};",
    ]


def _types() -> list[str]:
    known = [f"{type_} {' '.join(endings)};" for type_, endings in endings_by_type().items()]
    return [*_braced("types", known), "default_type application/octet-stream;"]


def _headers(caching: str, *, always: bool = False) -> list[str]:
    """Caching only for what is there; security also for what is not."""
    return [
        f"add_header Cache-Control {_quoted(caching)}{' always' if always else ''};",
        *(f"add_header {name} {_quoted(value)} always;" for name, value in SECURITY),
    ]


def _feed(feeds: Feeds, base: str) -> list[str]:
    """A feed by its own type; to a browser, which asks for HTML, as XML that it can show."""
    lines = ["types { }", f"default_type {feeds.type};", *_headers(FEEDS)]
    if feeds.type.endswith("xml"):
        lines += [
            "add_header Vary Accept;",
            "recursive_error_pages on;",  # a lost browser, too, gets our page
            f"error_page 404 {_quoted(base + '404.html')};",
            f"error_page 418 = {_reading(base)};",
            *_braced('if ($http_accept ~ "text/html")', ["return 418;"]),
        ]
    return lines


def _reading(base: str) -> str:
    """The name of the place where browsers find feeds."""
    return "@marbre" + re.sub(r"[^a-z0-9]+", "_", base.lower()).rstrip("_") + "_feed"


def _reading_page() -> Iterator[str]:
    yield from (
        "types { }",
        f"default_type {XML};",
    )
    yield from (*_headers(FEEDS), "add_header Vary Accept;")


def _location(where: str, lines: Iterable[str]) -> list[str]:
    return _braced(f"location {where}", lines)


def _braced(head: str, lines: Iterable[str]) -> list[str]:
    return [f"{head} {{", *(f"    {line}" for line in lines), "}"]


def _quoted(text: str) -> str:
    """A text as nginx reads it, whatever is in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
