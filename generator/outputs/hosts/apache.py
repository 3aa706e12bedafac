"""`.htaccess` for Apache 2.4 (httpd.apache.org/docs/2.4), as shared hosting has it.

A directive that the host does not allow makes every page an error, so each stands behind its
module, and none needs more than `AllowOverride FileInfo`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.model.caching import ALWAYS_ASK, FEEDS, FOR_EVER, HASHED, MEDIA
from generator.outputs.hosts.rules import (
    SECURITY,
    XML,
    Rules,
    endings_by_type,
    feed_pattern,
    media_endings,
    text_types,
)


def htaccess(rules: Rules) -> str:
    """The whole file."""
    base = rules.base
    lines = [
        f"# Written by Marbre: how Apache serves the newsletter at {base} (see docs/hosts.md).",
        f"ErrorDocument 404 {_quoted(base + '404.html')}",
        "AddDefaultCharset utf-8",
        *_module("mime", _types()),
        *_module("alias", _redirects(rules)),
        *_module("deflate", _module("filter", _compression())),
        *_module("headers", _headers(base)),
        *_feeds(rules),
    ]
    return "\n".join((*lines, ""))


def _types() -> Iterator[str]:
    known = endings_by_type()
    for type_, endings in known.items():
        yield f"AddType {type_} {_dotted(endings)}"
    texts = (ending for type_ in text_types() for ending in known.get(type_, ()))
    yield f"AddCharset utf-8 {_dotted(texts)}"


def _compression() -> list[str]:
    return [f"AddOutputFilterByType DEFLATE {' '.join(text_types())}"]


def _redirects(rules: Rules) -> Iterator[str]:
    yield r'RedirectMatch 404 "/\.(?!well-known/)"'
    for one in rules.redirects:
        pattern = f"^{re.escape(one.old.removesuffix('/'))}/?$"
        yield f"RedirectMatch 301 {_quoted(pattern)} {_quoted(one.absolute)}"


def _headers(base: str) -> Iterator[str]:
    for name, value in SECURITY:
        yield f"Header always set {name} {_quoted(value)}"
    yield f"Header set Cache-Control {_quoted(ALWAYS_ASK)}"
    endings = "|".join(media_endings())
    yield from _caching(rf"\.(?:{endings})$", MEDIA)
    yield from _caching(f"^{re.escape(base)}{HASHED.pattern}$", FOR_EVER)
    # Apache adds to the ETag of what it compresses, and does not know it again (bug 45023).
    yield r"""RequestHeader edit "If-None-Match" '^(.*)-gzip"$' '$1", $1-gzip"'"""


def _feeds(rules: Rules) -> Iterator[str]:
    """A feed by its own type; to a browser, which asks for HTML, as XML that it can show."""
    for feeds in rules.feeds:
        here = f"%{{REQUEST_URI}} =~ m#{feed_pattern(rules.base, feeds)}#"
        lines = [_type(feeds.type)]
        caching = [f"Header set Cache-Control {_quoted(FEEDS)}"]
        if feeds.type.endswith("xml"):
            browser = f"{here} && %{{HTTP_ACCEPT}} =~ m#text/html#"
            caching.append("Header merge Vary Accept")
            yield from _section(f'If "{here}"', [*lines, *_module("headers", caching)])
            yield from _section(f'If "{browser}"', [_type(XML)])
        else:
            yield from _section(f'If "{here}"', [*lines, *_module("headers", caching)])


def _type(type_: str) -> str:
    return f'ForceType "{type_}; charset=utf-8"'


def _caching(pattern: str, value: str) -> list[str]:
    condition = f"%{{REQUEST_URI}} =~ m#{pattern}#"
    return _section(f'If "{condition}"', [f"Header set Cache-Control {_quoted(value)}"])


def _dotted(endings: Iterable[str]) -> str:
    return " ".join(f".{ending}" for ending in endings)


def _module(name: str, lines: Iterable[str]) -> list[str]:
    return _section(f"IfModule mod_{name}.c", lines)


def _section(head: str, lines: Iterable[str]) -> list[str]:
    return [f"<{head}>", *(f"  {line}" for line in lines), f"</{head.split()[0]}>"]


def _quoted(text: str) -> str:
    """A text as Apache reads it: only a quote needs care, since regular expressions have already
    doubled what a backslash would eat.
    """
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'
