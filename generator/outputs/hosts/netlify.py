"""`_headers` and `_redirects`, in the common words of Netlify and Cloudflare Pages.

Netlify: docs.netlify.com/manage/routing (headers, redirects). Cloudflare: developers.cloudflare.com
/pages/configuration (headers, redirects). Cloudflare joins the values of a header that two rules
name, so no header is named by two rules that meet; what is said nowhere is the hosts' own habit,
which is to ask for every page again (`max-age=0, must-revalidate`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.caching import FEEDS, FOR_EVER
from generator.outputs.hosts.rules import SECURITY, XML, Feeds, Rules, encoded

MOST_HEADERS = 100
"""Rules in `_headers` that Cloudflare reads."""
MOST_REDIRECTS = 2000
"""Lines in `_redirects` without a wildcard that Cloudflare reads."""
LONGEST = 1000
"""Characters of a line in `_redirects` that Cloudflare reads."""

Block = tuple[str, tuple[tuple[str, str], ...]]
"""A path and its headers."""


def headers(rules: Rules) -> str:
    """Security everywhere, types of feeds, and a year for what never changes under its name."""
    base = encoded(rules.base)
    blocks: list[Block] = [(f"{base}*", SECURITY), *_feeds(base, rules.feeds)]
    blocks.append((f"{base}feeds.opml", (("Content-Type", "text/x-opml; charset=utf-8"),)))
    hashed = rules.hashed[: MOST_HEADERS - len(blocks)]
    blocks += [(url, (("Cache-Control", FOR_EVER),)) for url in hashed]
    return "\n".join(_block(block) for block in blocks)


def redirects(rules: Rules) -> str:
    """Old addresses. Netlify follows a rule in spite of a file only with `301!`, at which
    Cloudflare shrugs, though the line counts; it takes the second.
    """
    statuses = [
        status
        for host, status in (("netlify", "301!"), ("cloudflare", "301"))
        if host in rules.hosts
    ]
    lines = (
        tuple(f"{encoded(one.old)} {one.url} {status}" for status in statuses)
        for one in rules.redirects
    )
    return "".join(f"{line}\n" for line in _within_limits(lines, "cloudflare" in rules.hosts))


def _feeds(base: str, feeds: Iterable[Feeds]) -> Iterator[Block]:
    """A rule cannot tell a browser from a reader here, so XML stays XML (docs/decisions.md)."""
    for known in feeds:
        type_ = f"{known.type if known.type.endswith('json') else XML}; charset=utf-8"
        for folder in known.folders:
            path = f"{base}{folder}{'*/' if folder else ''}{known.file}"
            yield path, (("Content-Type", type_), ("Cache-Control", FEEDS))


def _block(block: Block) -> str:
    path, values = block
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in values)


def _within_limits(groups: Iterable[tuple[str, ...]], limited: bool) -> Iterator[str]:
    """What fits; the other old addresses have their pages."""
    left = MOST_REDIRECTS
    for group in groups:
        if limited and (len(group) > left or max(map(len, group)) > LONGEST):
            continue
        left -= len(group)
        yield from group
