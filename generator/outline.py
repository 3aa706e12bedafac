"""What the last build was planned from, as far as it outlives the edit of a text.

It holds the site without its articles: where each stands, and what stands around it. It is a cache
like the others, sealed by its digest; what does not verify is as good as none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from generator.engine import digest
from generator.model.article import Article
from generator.model.diagnostic import Diagnostic
from generator.model.site import Entry, Site, Standing

ArticleOf = Callable[[str], Article]
"""Gives an article by its source path. Raises KeyError when it is lost."""


class Outline(Struct, frozen=True, array_like=True):
    """A site on the shelf."""

    site: bytes
    """As JSON, because MessagePack forgets time zones; without entries and without what is not
    needed to plan the pages of articles."""
    entries: dict[str, msgspec.Raw]
    """The standing of each article by source path, newest first."""
    pages: dict[str, msgspec.Raw]
    problems: tuple[Diagnostic, ...]
    """What was odd about the content; errors never get this far."""
    made: float
    """The build's own now, in seconds since 1970."""
    due: float | None
    """When an article appears or expires next, in seconds since 1970; None is never."""
    until: float | None
    """When time alone will change the site; None is never."""

    def holds_at(self, now: datetime) -> bool:
        """Whether time has not changed the site since."""
        moment = now.timestamp()
        return self.made <= moment and (self.until is None or moment < self.until)

    def site_at(self, now: datetime, article_of: ArticleOf) -> Site:
        """The site; its entries are put together when they are asked for."""
        entries, pages = _Recalled(self.entries, article_of), _Recalled(self.pages, article_of)
        return replace(_sites.decode(self.site), now=now, entries=entries, pages=pages)


class _Recalled(Mapping[str, Entry]):
    """Entries that are put together when they are asked for; most are not."""

    def __init__(self, standings: Mapping[str, msgspec.Raw], article_of: ArticleOf) -> None:
        self._standings = standings
        self._article_of = article_of
        self._entries: dict[str, Entry] = {}

    def __getitem__(self, path: str) -> Entry:
        if path not in self._entries:
            standing = _standings.decode(self._standings[path])
            self._entries[path] = Entry(article=self._article_of(path), **asdict(standing))
        return self._entries[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._standings)

    def __len__(self) -> int:
        return len(self._standings)


_sites = msgspec.json.Decoder(Site)
_standings = msgspec.msgpack.Decoder(Standing)
_outlines = msgspec.msgpack.Decoder(Outline)
_encoder = msgspec.msgpack.Encoder()


def outline_of(
    site: Site, problems: tuple[Diagnostic, ...], due: float | None, until: float | None
) -> Outline:
    """The outline of a site that was planned."""
    bare = replace(site, entries={}, pages={}, static=(), promises=(), redirects=())
    return Outline(
        site=digest.encode(bare),
        entries=_encoded(site.entries),
        pages=_encoded(site.pages),
        problems=problems,
        made=site.now.timestamp(),
        due=due,
        until=until,
    )


def read_outline(file: Path, sum_: str) -> Outline | None:
    """The outline of which this is the digest, if it is there."""
    try:
        data = file.read_bytes()
        return _outlines.decode(data) if digest.of_bytes(data) == sum_ else None
    except (OSError, msgspec.DecodeError):
        return None


def write_outline(file: Path, outline: Outline) -> str:
    """Keep an outline, whole or not at all; gives its digest. Raises OSError."""
    data = _encoder.encode(outline)
    new = file.with_suffix(".new")
    new.write_bytes(data)
    os.replace(new, file)
    return digest.of_bytes(data)


def _encoded(entries: Mapping[str, Entry]) -> dict[str, msgspec.Raw]:
    return {
        path: msgspec.Raw(_encoder.encode(msgspec.convert(entry, Standing, from_attributes=True)))
        for path, entry in entries.items()
    }
