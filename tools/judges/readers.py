"""Real feed readers: what each makes of a feed that a real server gives."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]

from . import tools


@dataclass(frozen=True)
class Seen:
    """An item as a reader shows it."""

    guid: str
    title: str
    url: str
    authors: tuple[str, ...]
    tags: tuple[str, ...] | None
    """None where the reader does not know them."""
    date: datetime
    content: str


def by_feedparser(url: str) -> list[Seen]:
    """What Python's feedparser sees of RSS and Atom."""
    feed = feedparser.parse(url, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.get("bozo_exception")
    return [
        Seen(
            guid=entry.id,
            title=entry.title,
            url=entry.link,
            authors=tuple(author.name for author in entry.authors),
            tags=tuple(tag.term for tag in entry.get("tags", ())),
            date=moment(entry.published),
            content=entry.content[0].value,
        )
        for entry in feed.entries
    ]


def by_node(urls: Sequence[str]) -> dict[tuple[str, str], list[Seen]]:
    """What rss-parser and feedme see, by address and reader."""
    modules = {"NODE_PATH": str(tools.NODE_MODULES)}
    script = Path(__file__).with_name("readers.js")
    done = subprocess.run(
        [tools.node(), str(script), *urls],
        env={**os.environ, **modules},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        (url, reader): [node_item(item, reader, url) for item in items]
        for url, readers in json.loads(done.stdout).items()
        for reader, items in readers.items()
    }


def node_item(item: dict[str, Any], reader: str, url: str) -> Seen:
    blind = reader == "rss-parser" and url.endswith("atom.xml")  # it knows no Atom category
    return Seen(
        guid=item["guid"],
        title=item["title"],
        url=item["url"],
        authors=tuple(item["authors"]),
        tags=None if blind else tuple(item["tags"]),
        date=moment(item["date"]),
        content=item["content"],
    )


class Newsboat:
    """A subscriber with newsboat, who keeps what came (and gets an item of two feeds once)."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        home.mkdir()
        (home / "urls").write_text(f"{url}\n")
        (home / "config").write_text("refresh-on-startup no\nreload-threads 1\n")

    def reload(self) -> None:
        """Fetch every feed."""
        files = ("-C", "config", "-u", "urls", "-c", "cache.db")
        done = subprocess.run(
            [tools.newsboat(), *files, "-x", "reload"],
            cwd=self.home,
            env={**os.environ, "HOME": str(self.home), "LANG": "C.UTF-8", "TERM": "xterm"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def items(self) -> list[Seen]:
        """All items that the subscriber has, newest first."""
        rows = self._rows(
            "SELECT guid, title, url, author, pubDate, content FROM rss_item ORDER BY pubDate DESC"
        )
        return [
            Seen(
                guid=guid,
                title=title,
                url=url,
                authors=tuple(author.split(", ")),
                tags=None,
                date=datetime.fromtimestamp(date, UTC),
                content=content,
            )
            for guid, title, url, author, date, content in rows
        ]

    def read_everything(self) -> None:
        self._rows("UPDATE rss_item SET unread = 0")

    def unread(self) -> list[str]:
        """Titles of what came since."""
        return [title for (title,) in self._rows("SELECT title FROM rss_item WHERE unread = 1")]

    def _rows(self, query: str) -> list[Any]:
        connection = sqlite3.connect(self.home / "cache.db")
        try:
            with connection:
                return connection.execute(query).fetchall()
        finally:
            connection.close()


def moment(text: str) -> datetime:
    """A date of any of the three formats."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return parsedate_to_datetime(text).astimezone(UTC)
