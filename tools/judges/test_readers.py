"""Real feed readers subscribe to a newsletter of all that they stumble over, on a real server."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from . import hostile, readers, tools
from .conftest import AT
from .feeds import check, check_html
from .links import Server
from .readers import Newsboat, Seen
from .server import serve
from .verdict import verdict

FEEDS = ("feed.xml", "atom.xml", "feed.json", "tags/essai/feed.xml", "tags/essai/atom.xml")
TYPES = {"feed.xml": "rss+xml", "atom.xml": "atom+xml", "feed.json": "feed+json"}


@dataclass
class Letter:
    """A newsletter, its site, and where that is served."""

    folder: Path
    site: Path
    url: str

    def marbre(self, *words: str, fails: bool = False) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "generator", *words, "-s", str(self.folder)],
            cwd=tools.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def build(self, *words: str) -> None:
        self.marbre("build", "-o", str(self.site), "--at", AT, *words)

    def feeds(self) -> list[str]:
        return [self.url + path for path in FEEDS]


@pytest.fixture
def letter(tmp_path: Path) -> Iterator[Letter]:
    with serve(tmp_path / "site") as url:
        letter = Letter(tmp_path / "lettre", tmp_path / "site", url)
        letter.folder.mkdir()
        hostile.lay_out(letter.folder, url)
        letter.build()
        yield letter


@pytest.fixture(params=["feed.xml", "atom.xml"])
def subscriber(letter: Letter, tmp_path: Path, request: pytest.FixtureRequest) -> Newsboat:
    """Somebody who has read everything with newsboat."""
    reader = Newsboat(tmp_path / "newsboat", letter.url + request.param)
    reader.reload()
    assert len(reader.unread()) == len(hostile.TITLES)
    reader.read_everything()
    return reader


def test_every_reader_sees_the_same(letter: Letter, subscriber: Newsboat) -> None:
    seen: dict[tuple[str, str], list[Seen]] = dict(readers.by_node(letter.feeds()))
    for url in letter.feeds():
        if url.endswith(".xml"):
            seen[url, "feedparser"] = readers.by_feedparser(url)
    seen["its feed", "newsboat"] = subscriber.items()
    assert len(seen) == 5 + 4 + 4 + 1
    model = seen[letter.url + "feed.xml", "feedparser"]
    assert [item.title for item in reversed(model)] == list(hostile.TITLES.values())
    verdict(
        f"{reader} on {url}: {found}"
        for (url, reader), items in seen.items()
        for found in differences(model, items)
    )


def differences(model: list[Seen], items: list[Seen]) -> Iterator[str]:
    if len(model) != len(items):
        yield f"{len(items)} items, not {len(model)}"
    for one, other in zip(model, items, strict=False):
        for name in ("guid", "title", "url", "authors", "tags", "date"):
            wanted, got = getattr(one, name), getattr(other, name)
            if got is not None and got != wanted:
                yield f"{name} of “{one.title}” is {got!r}, not {wanted!r}"
        end = f"fin-{len(model) - model.index(one):02}"
        if end not in other.content:
            yield f"“{one.title}” is not whole"
        if len(words(other.content)) != len(words(one.content)):
            yield f"“{one.title}” has other words"


def words(html: str) -> list[str]:
    return re.sub(r"<[^>]*>", " ", html).split()


def test_every_address_in_every_article_exists(letter: Letter) -> None:
    server = Server(letter.url)
    announced = [(url, f"application/{TYPES[url.rpartition('/')[2]]}") for url in letter.feeds()]
    verdict(found for url, kind in announced for found in check(url, kind, server))
    raw = next(i for i in readers.by_feedparser(letter.url + "feed.xml") if "brut" in i.title)
    assert hostile.PIXEL in raw.content
    assert raw.content.count("photo.png") == 3, "src, srcset and poster"
    for feared in ("onclick", "style", "script", "<form", "commentaire", "url("):
        assert feared not in raw.content
    assert list(check_html(letter.url, raw.content, server)) == []


def test_hard_text_survives(letter: Letter) -> None:
    items = {item.title: item for item in readers.by_feedparser(letter.url + "feed.xml")}
    texts = {name: items[title].content for name, title in hostile.TITLES.items()}
    assert "👩‍🔬 👨‍👩‍👧‍👦 🇫🇷 ✊🏿 1️⃣" in texts["03-emoji"]
    assert '<div lang="ar" dir="rtl">' in texts["04-arabe"]
    assert '<div lang="ja" dir="ltr">' in texts["05-japonais"]
    assert texts["06-cdata"].count("]]&gt;") >= 3
    assert "if a &lt; b and c &amp; d:" in texts["08-code"]
    assert "☑" in texts["08-code"]
    assert '<a href="https://video.example/embed/1">Un film</a>' in texts["10-film"]
    assert "<mi>E</mi>" in texts["10-film"]
    assert len(texts["11-lourd"]) > 1_000_000
    ids = re.findall(r' id="([^"]+)"', "".join(texts.values()))
    assert len(ids) == len(set(ids)), "an id in two articles"


def test_a_second_fetch_is_answered_with_nothing_to_do(letter: Letter) -> None:
    for url in letter.feeds():
        status, tag, kind = fetch(url)
        assert (status, kind.split(";")[0]) == (200, f"application/{TYPES[url.rpartition('/')[2]]}")
        assert fetch(url, tag)[0] == 304
    before = {url: fetch(url)[1] for url in letter.feeds()}
    shutil.rmtree(letter.folder / ".cache")
    letter.build()
    assert {url: fetch(url)[1] for url in letter.feeds()} == before, "unchanged, yet written anew"


def fetch(url: str, known: str = "") -> tuple[int, str, str]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", parts.path, headers={"If-None-Match": known} if known else {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.getheader("ETag", ""), answer.getheader("Content-Type", "")


def test_an_edit_updates_one_article_and_sends_none(letter: Letter, subscriber: Newsboat) -> None:
    before = {item.guid: item for item in subscriber.items()}
    hostile.write(letter.folder, "02-esperluette", "Un autre titre", 2, more="Un ajout.\n\n")
    letter.build()
    subscriber.reload()
    after = {item.guid: item for item in subscriber.items()}
    assert subscriber.unread() == []
    assert before.keys() == after.keys()
    changed = [after[guid] for guid in after if after[guid] != before[guid]]
    assert [item.title for item in changed] == ["Un autre titre"]
    assert "Un ajout." in changed[0].content


def test_nothing_that_leaves_the_text_alone_sends_an_article_again(
    letter: Letter, subscriber: Newsboat, tmp_path: Path
) -> None:
    """Not another name, another pattern of addresses, another domain, nor all of them."""
    shutil.copytree(letter.site, tmp_path / "before")
    count = len(subscriber.items())
    content = letter.folder / "content"
    old, new = content / "2025-03-03-03-emoji.md", content / "ailleurs/2025-03-03-joyeux.md"
    told = letter.marbre("rename", str(old), str(new), "--links")
    assert "urn:uuid:" in told
    letter.marbre("rename", str(content / "2025-03-12-12"), str(content / "2025-03-12-son"))
    config = letter.folder / "newsletter.yaml"
    config.write_text(config.read_text("utf-8") + "permalink: /lire/{slug}/\n", "utf-8")
    letter.build("-b", "https://ailleurs.example/autre/")
    subscriber.reload()
    assert len(subscriber.items()) == count
    assert subscriber.unread() == []
    compared = letter.marbre(
        *("feed", "-o", str(letter.site), "--diff", str(tmp_path / "before"), "--json")
    )
    assert '"new": []' in compared
    assert '"again": []' in compared


def test_a_file_moved_by_hand_is_noticed_before_it_is_published(letter: Letter) -> None:
    """The readers would get it again; `marbre feed --diff` fails first."""
    content = letter.folder / "content"
    (content / "2025-03-03-03-emoji.md").rename(content / "2025-03-03-main.md")
    letter.marbre("build", "-o", str(letter.folder / "site"), "--at", AT)
    told = letter.marbre("feed", "--diff", letter.url + "feed.xml", fails=True)
    assert "feed-again" in told
