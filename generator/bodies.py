"""The texts of articles, from the shelf: what a page holds beside what others know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec

from generator.content.load import Found
from generator.engine.shelf import Shelf
from generator.model.article import Body, Settings
from generator.reading import take

_bodies = msgspec.json.Decoder(Body)
RECENT = 256
"""Bodies that a process keeps at hand: the newest articles are in many feeds."""


class ShelvedBodies(Mapping[str, Body]):
    """Bodies by source path, fetched when they are asked for, by the process that needs them: all
    of them at once would be most of its memory. One that was lost is parsed again.
    """

    def __init__(
        self,
        wanted: Iterable[tuple[str, str]],
        files: Mapping[str, Found],
        settings: Settings,
        shelf: Shelf,
    ) -> None:
        """`wanted` are (source path, body digest)."""
        self._digests = dict(wanted)
        self._files = files
        self._settings = settings
        self._shelf = shelf
        self._fetched = lru_cache(RECENT)(self._fetch)

    def __getitem__(self, path: str) -> Body:
        return self._fetched(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def _fetch(self, path: str) -> Body:
        record = self._shelf.body(self._digests[path])
        return _bodies.decode(record or take(self._settings, (self._files[path], "")).body)
