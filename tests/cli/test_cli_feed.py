"""`marbre feed`: what the feeds hold, and what subscribers will see of a change."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from newsletters import NOW, Newsletter

from generator.feeds.changes import compare
from generator.feeds.reading import Unreadable, read_feed

HEAD = "title: Essai\nid: {id}\nbase_url: {base}\n"
BASE = "https://exemple.fr/lettre/"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def newsletter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsletter:
    made = Newsletter(tmp_path / "lettre")
    made.config(HEAD.format(id="un", base=BASE))
    for day in (10, 11, 12):
        made.article(f"2025-03-{day}-a{day}", f"Texte {day}.\n", title=f"J{day}")
    made.build()
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    return made


@pytest.fixture
def before(newsletter: Newsletter, tmp_path: Path) -> Path:
    """The site as it is online."""
    shutil.copytree(newsletter.folder / "site", tmp_path / "online")
    return tmp_path / "online"


@pytest.fixture
def online(before: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(before))) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_what_the_feeds_hold(newsletter, marbre):
    out = marbre("feed").out
    assert out.splitlines()[0].split("  ")[0:1] == [f"{BASE}feed.xml"]
    assert [line.split()[0] for line in out.splitlines()] == [
        f"{BASE}feed.xml",
        f"{BASE}atom.xml",
        f"{BASE}feed.json",
    ]
    assert "3 articles" in out
    found = json.loads(marbre("feed", "--json").out)
    assert [feed["items"] for feed in found["feeds"]] == [3, 3, 3]
    assert found["feeds"][0]["bytes"] == (newsletter.folder / "site/feed.xml").stat().st_size


@pytest.mark.parametrize("file", ["feed.xml", "atom.xml", "feed.json", ""])
def test_new_updated_gone_and_unchanged_in_every_format(newsletter, before, marbre, file):
    newsletter.article("2025-03-13-neuf", title="Neuf")
    newsletter.article("2025-03-11-a11", "Autre texte.\n", title="J11")
    (newsletter.folder / "content/2025-03-12-a12.md").unlink()
    newsletter.build()
    done = marbre("feed", "--diff", str(before / file))
    assert done.code == 0, done.err
    told = [line.strip() for line in done.out.splitlines()]
    assert told[1].startswith("1 nouvel article")
    assert told[2].split("  ")[:2] == ["2025-03-13", "Neuf"]
    assert told[3] == "1 article modifié"
    assert "J11" in told[4]
    assert told[5] == "1 article retiré"
    assert "J12" in told[6]
    assert told[7] == "1 article inchangé"


def test_older_articles_make_room(newsletter, before, marbre):
    newsletter.config(HEAD.format(id="un", base=BASE) + "feeds: {items: 3}\n")
    newsletter.article("2025-03-14-neuf")
    newsletter.build()
    out = json.loads(marbre("feed", "--diff", str(before), "--json").out)
    assert [item["title"] for item in out["past"]] == ["J10"]
    assert (out["gone"], out["same"]) == ([], 2)


def test_against_what_is_online(newsletter, online, marbre):
    newsletter.config(HEAD.format(id="un", base=online))
    newsletter.article("2025-03-13-neuf", title="Neuf")
    newsletter.build()
    done = marbre("feed", "--diff")
    assert done.code == 0, done.err
    assert f"comparé à {online}feed.xml" in done.out
    assert "1 nouvel article" in done.out
    assert "3 articles modifiés" in done.out, "their addresses"
    direct = marbre("feed", "--diff", f"{online}atom.xml")
    assert "site/atom.xml, comparé" in direct.out


@pytest.mark.parametrize("change", ["rename", "guid"])
def test_what_would_be_sent_again_is_said_loudly(newsletter, before, marbre, change):
    file = newsletter.folder / "content/2025-03-11-a11.md"
    if change == "rename":
        file.rename(file.with_name("2025-03-11-autre.md"))
    else:
        newsletter.article("2025-03-11-a11", "Texte 11.\n", title="J11", guid="autre")
    newsletter.build()
    done = marbre("feed", "--diff", str(before))
    assert done.code == 1
    assert "erreur[feed-again]" in done.err
    assert "« J11 » serait reçu une seconde fois" in done.err
    former = read_feed((before / "feed.xml").read_bytes()).items[1].guid
    assert f"guid: {former}" in done.err
    found = json.loads(marbre("feed", "--diff", str(before), "--json").out)
    assert (found["ok"], found["new"]) == (False, [])
    assert [item["former"] for item in found["again"]] == [former]


def test_another_id_of_the_newsletter_is_one_mistake(newsletter, before, marbre):
    newsletter.config(HEAD.format(id="deux", base="https://ailleurs.example/"))
    newsletter.build()
    done = marbre("feed", "--diff", str(before))
    assert done.code == 1
    assert done.err.count("erreur[") == 1
    assert "les 3 articles" in done.err


def test_a_title_a_slug_a_domain_or_a_permalink_send_nothing_again(newsletter, before, marbre):
    newsletter.config(
        HEAD.format(id="un", base="https://ailleurs.example/") + "permalink: /{slug}/\n"
    )
    newsletter.article("2025-03-11-a11", "Texte 11.\n", title="Autre titre", slug="autre")
    newsletter.build()
    found = json.loads(marbre("feed", "--diff", str(before), "--json").out)
    assert (found["ok"], found["again"], found["new"], len(found["updated"])) == (True, [], [], 3)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("rien.xml", "feed-unreachable"),
        ("content/2025-03-10-a10.md", "feed-not-one"),
        ("site/sitemap.xml", "feed-not-one"),
        ("{online}rien.xml", "feed-absent"),
        ("http://127.0.0.1:{closed}/feed.xml", "feed-unreachable"),
        ("http://[", "feed-unreachable"),
    ],
)
def test_what_cannot_be_compared_is_said(newsletter, online, marbre, where, said):
    with socket.socket() as probe:  # a port at which nobody listens
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    done = marbre("feed", "--diff", where.format(online=online, closed=closed))
    assert done.code == 1
    assert f"erreur[{said}]" in done.err


def test_without_a_site_or_an_address_there_is_nothing_to_compare(newsletter, marbre):
    newsletter.config("title: Essai\n")
    assert "feed-no-address" in marbre("feed", "--diff").err
    shutil.rmtree(newsletter.folder / "site")
    assert "feed-not-built" in marbre("feed").err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<rss>",
        b"<html/>",
        b"{}",
        b'{"items": [1]}',
        b'{"items": 3}',
        b"[]",
        b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>',
    ],
)
def test_what_is_no_feed_is_said_and_nothing_else_happens(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_feed(data)


def test_a_feed_compared_with_itself_has_not_changed(newsletter) -> None:
    feeds = [read_feed(newsletter.tree()[f]) for f in ("feed.xml", "atom.xml", "feed.json")]
    for one in feeds:
        changes = compare(one, one)
        assert (changes.same, changes.new, changes.updated, changes.gone) == (3, (), (), ())
        assert all(compare(one, other).new == () for other in feeds)
