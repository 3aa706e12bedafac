"""Where the pen is: which page, and which of its paragraphs, an edited file is shown as."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import quote

from generator.content.load import MARKDOWN
from generator.model.diagnostic import Stop
from generator.model.urls import output_path
from generator.serve.blocks import first_change
from generator.serve.state import Target
from generator.serve.workshop import Workshop

FEW = 4
"""Edited articles of which the place of the change is looked for."""


class Pen:
    """Follows the edited articles to their pages."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._addresses: dict[str, str] = {}
        self._before: dict[str, bytes] = {}
        """Pages of edited articles as they were shown before, by source path."""

    def learn(self) -> None:
        """Know the addresses as of the last build."""
        try:
            self._addresses = self._workshop.survey().addresses
        except (OSError, Stop):
            self._addresses = {}

    def note(self, changed: Iterable[str]) -> None:
        """Look at the pages of articles that were edited, before anything new is shown."""
        known = [path for path in _articles(changed) if path in self._addresses]
        self._before.update({path: self._page(self._addresses[path]) for path in known[:FEW]})

    def forget(self, changed: Iterable[str]) -> None:
        """Let go of the pages as they were: what is shown now is news no more."""
        for path in changed:
            self._before.pop(path, None)

    def target(self, changed: Iterable[str], shown: Collection[str], number: int) -> Target | None:
        """The page of the article that was edited last, when it is among the files that are newly
        shown; `number` is that of the state in which it is.
        """
        newest = max(_articles(changed), key=self._mtime, default="")
        address = self._addresses.get(newest)
        if address is None or output_path(address) not in shown:
            return None
        url = self._workshop.base_path + quote(address.removeprefix("/"), safe="/~-._")
        old = self._before.get(newest, b"")
        return Target(url, number, first_change(old, self._page(address)) if old else None)

    def _page(self, address: str) -> bytes:
        try:
            return self._workshop.page(output_path(address))
        except OSError:
            return b""

    def _mtime(self, path: str) -> float:
        try:
            return Path(self._workshop.folder, path).stat().st_mtime
        except OSError:
            return 0.0


def _articles(changed: Iterable[str]) -> list[str]:
    return [path for path in changed if path.lower().endswith(MARKDOWN)]
