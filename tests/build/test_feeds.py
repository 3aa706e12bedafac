"""The feeds as a reader takes them: whole, absolute, always the same identity."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from newsletters import Newsletter, codes, png

BASE = "https://exemple.fr/lettre/"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}content"


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path)
    made.config(
        f"title: Essai\nbase_url: {BASE}\nid: 6f1c2a34-0000-4000-8000-000000000001\n"
        "author: Anne\ndescription: Une lettre.\n"
    )
    return made


def read(newsletter: Newsletter, path: str = "feed.xml") -> feedparser.FeedParserDict:
    """The feed as it is: without the cleaning that feedparser would do for a reader."""
    feed = feedparser.parse(
        newsletter.tree()[path], sanitize_html=False, resolve_relative_uris=False
    )
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_the_channel(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a")
    newsletter.article("2025-03-11-b")
    newsletter.build()
    feed = read(newsletter).feed
    assert (feed.title, feed.link, feed.language) == ("Essai", BASE, "fr")
    assert feed.subtitle == "Une lettre."
    assert {link.rel: link.href for link in feed.links}["self"] == f"{BASE}feed.xml"
    assert feed.updated == "Tue, 11 Mar 2025 00:00:00 +0100", "the newest item, never the clock"


def test_an_item_has_the_key_points_and_then_the_whole_article(newsletter: Newsletter) -> None:
    newsletter.article(
        "2025-03-10-a",
        "Premier.\n\nDernier.\n\nPoints clés :\n🌟 Un *vrai* point\n🔍 Un autre\n",
        title='"L’été chez AT&T <b>"',
        tags="[IA, Europe]",
        authors="[Anne, Bob]",
    )
    newsletter.build()
    (item,) = read(newsletter).entries
    assert item.title == "L’été chez AT&amp;T &lt;b>".replace("&amp;", "&").replace("&lt;", "<")
    assert item.link == f"{BASE}2025/03/a/"
    assert item.published == "Mon, 10 Mar 2025 00:00:00 +0100"
    assert [tag.term for tag in item.tags] == ["IA", "Europe"]
    assert [author.name for author in item.authors] == ["Anne", "Bob"]
    assert item.summary.startswith("<ul><li>🌟 Un <em>vrai</em> point</li>")
    whole = item.content[0].value
    assert re.findall("Points clés|vrai|Premier|Dernier", whole) == [
        "Points clés",
        "vrai",
        "Premier",
        "Dernier",
    ]


def test_not_one_relative_url(newsletter: Newsletter) -> None:
    newsletter.file("content/x.png", b"x")
    newsletter.article("2025-03-11-b")
    newsletter.article(
        "2025-03-10-a",
        "[b](2025-03-11-b.md) ![x](x.png) [haut](#ici) note[^1]\n\n## Ici\n\n"
        '<img src="x.png" alt="" srcset="https://x.example/a.png 1x, /x.png 2x, x.png 3x">\n\n'
        '<a href="2025-03-11-b.md">b</a>\n\n'
        "[^1]: En bas.\n",
        image="x.png",
        image_alt="Une image",
    )
    newsletter.build()
    html = next(e for e in read(newsletter).entries if e.link.endswith("/a/")).content[0].value
    urls = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert len(urls) >= 7
    assert all(url.startswith(BASE) for url in urls), urls
    images = f"https://x.example/a.png 1x, {BASE}x.png 2x, {BASE}x.png 3x"
    assert f'srcset="{images}"' in html
    assert f"{BASE}2025/03/a/#ici" in urls


def test_what_readers_fear_is_left_out(newsletter: Newsletter) -> None:
    newsletter.article(
        "2025-03-10-a",
        '<p onclick="x()" style="color:red">Ici</p>\n\n<script>alert(1)</script>\n\n'
        '<iframe src="https://v.exemple/1" title="Film"></iframe>\n\n<form><input></form>\n\n'
        "- [x] fait\n- [ ] à faire\n",
    )
    newsletter.build()
    html = read(newsletter).entries[0].content[0].value
    for feared in ("script", "onclick", "style", "iframe", "form", "class=", "tabindex", "input"):
        assert feared not in html, feared
    assert '<a href="https://v.exemple/1">Film</a>' in html
    assert "☑" in html
    assert "☐" in html


def test_identity_survives_title_slug_date_and_domain(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a")
    newsletter.build()
    first = read(newsletter).entries[0]
    newsletter.article("2025-03-10-a", title="Autre", slug="ailleurs", date="2025-01-01")
    newsletter.build(base_url="https://nouveau.example/")
    then = read(newsletter).entries[0]
    assert first.id == then.id
    assert first.id.startswith("urn:uuid:")
    assert first.link != then.link


def test_a_given_guid_is_kept(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", guid="https://ancien.example/?p=12")
    newsletter.build()
    assert read(newsletter).entries[0].id == "https://ancien.example/?p=12"


def test_each_tag_has_a_feed_that_its_page_announces(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", tags="[Europe]")
    newsletter.article("2025-03-11-b")
    newsletter.build()
    feed = read(newsletter, "tags/europe/feed.xml")
    assert [e.title for e in feed.entries] == ["2025-03-10-a"]
    assert feed.feed.link == f"{BASE}tags/europe/"
    assert f'href="{BASE}tags/europe/feed.xml"' in newsletter.page("tags/europe/")
    assert f'href="{BASE}feed.xml"' in newsletter.page("2025/03/b/")


def test_newest_first_and_no_more_than_configured(newsletter: Newsletter) -> None:
    newsletter.config(f"base_url: {BASE}\nfeeds: {{items: 2}}\n")
    for day in (1, 3, 2):
        newsletter.article(f"2025-03-0{day}-a{day}", title=f"J{day}")
    newsletter.build()
    assert [e.title for e in read(newsletter).entries] == ["J3", "J2"]


def test_summaries_only_when_asked(newsletter: Newsletter) -> None:
    newsletter.config(f"base_url: {BASE}\nfeeds: {{content: summary}}\n")
    newsletter.article("2025-03-10-a", "Tout le texte.\n", summary="Le chapô")
    newsletter.build()
    item = read(newsletter).entries[0]
    assert item.summary == "Le chapô"
    assert "content" not in item


def test_hard_characters_survive_or_are_removed(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", "Ici.\n\nFin ]]> ici \x08\x0b. &#8; 👩‍🔬 مرحبا 日本\n")
    (problem,) = newsletter.problems()
    assert (problem.code, problem.severity) == ("control-character", "warning")
    assert str(problem.place) == "content/2025-03-10-a.md:6:13"
    for path in ("feed.xml", "atom.xml", "feed.json"):
        text = newsletter.page(path)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
        assert "]]&gt; ici ." in text
        assert "👩‍🔬 مرحبا 日本" in text
    assert "\x08" not in newsletter.page("2025/03/a/")


def test_an_edit_elsewhere_leaves_the_bytes_alone(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", tags="[Europe]")
    newsletter.build()
    before = newsletter.tree()["tags/europe/feed.xml"]
    newsletter.article("2025-03-11-b")
    newsletter.build()
    assert newsletter.tree()["tags/europe/feed.xml"] == before


def test_no_articles_is_a_valid_feed(newsletter: Newsletter) -> None:
    newsletter.build()
    assert read(newsletter).entries == []
    assert b"lastBuildDate" not in newsletter.tree()["feed.xml"]


def test_chapo_correction_and_sources_are_part_of_the_whole(newsletter: Newsletter) -> None:
    newsletter.article(
        "2025-03-10-a",
        "Texte.\n",
        summary='"Un *chapô*"',
        correction='"Le *10*, et non le 11."',
        sources="[https://source.example/a]",
    )
    newsletter.build()
    html = read(newsletter).entries[0].content[0].value
    found = re.findall("<em>chapô</em>|Texte|<em>10</em>|https://source.example/a", html)
    assert found[:3] == ["<em>chapô</em>", "Texte", "<em>10</em>"]
    assert 'href="https://source.example/a"' in html


def test_an_enclosure_is_absolute_and_has_its_length(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-son/index", enclosure="a.mp3")
    newsletter.file("content/2025-03-10-son/a.mp3", b"12345")
    newsletter.build()
    (enclosure,) = read(newsletter).entries[0].enclosures
    assert enclosure.href == f"{BASE}2025/03/son/a.mp3"
    assert (enclosure.length, enclosure.type) == ("5", "audio/mpeg")


def test_an_enclosure_that_is_not_there_is_an_error(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", enclosure="rien.mp3")
    assert codes(newsletter.problems()) == ["missing-file"]


def test_a_guid_used_twice_is_an_error_that_names_both(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", guid="g")
    newsletter.article("2025-03-11-b", guid="g")
    (problem,) = newsletter.problems()
    assert (problem.code, problem.facts["guid"]) == ("same-guid", "g")
    named = {problem.place.path, problem.facts["other"]}
    assert named == {"content/2025-03-10-a.md", "content/2025-03-11-b.md"}


def test_an_article_at_the_old_path_of_a_renamed_one_is_another_article(
    newsletter: Newsletter,
) -> None:
    newsletter.article("2025-03-10-a")
    newsletter.build()
    old = read(newsletter).entries[0].id
    newsletter.article("2025-03-12-b", guid=old)
    (problem,) = newsletter.problems()
    assert (problem.code, problem.place.path) == ("same-guid", "content/2025-03-10-a.md")


def test_two_files_that_would_share_an_identity(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", slug="un")
    newsletter.article("2025-03-10-a/index", slug="deux")
    assert codes(newsletter.problems()) == ["same-guid"]


def test_atom_has_what_the_standard_asks_for(newsletter: Newsletter) -> None:
    newsletter.config(
        f"title: Essai\nbase_url: {BASE}\nid: x\nauthor: Anne\n"
        "feeds: {hubs: ['https://hub.example/']}\n"
    )
    newsletter.article("2025-03-10-son/index", enclosure="a.mp3", updated="2025-04-01", tags="[IA]")
    newsletter.file("content/2025-03-10-son/a.mp3", b"12345")
    newsletter.build()
    feed = read(newsletter, "atom.xml")
    assert feed.version == "atom10"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": f"{BASE}atom.xml",
        "hub": "https://hub.example/",
        "alternate": BASE,
    }
    assert (feed.feed.author, feed.feed.language) == ("Essai", "fr")
    assert feed.feed.id.startswith("urn:uuid:")
    assert feed.feed.updated == feed.entries[0].updated == "2025-04-01T00:00:00+02:00"
    (item,) = feed.entries
    assert (item.published, item.author) == ("2025-03-10T00:00:00+01:00", "Anne")
    assert item.content[0].type == "text/html"
    (enclosure,) = item.enclosures
    assert (enclosure.href, enclosure.length) == (f"{BASE}2025/03/son/a.mp3", "5")
    assert enclosure.type == "audio/mpeg"


def test_pictures_of_ours_have_their_size(newsletter: Newsletter) -> None:
    """A reader keeps their place; what the author said of it stays (FEEDS, Body HTML)."""
    newsletter.file("content/2025-03-10-a/x.png", png(30, 20))
    newsletter.article(
        "2025-03-10-a/index",
        '![x](x.png)\n\n<img src="x.png" alt="" width="9">\n\n![y](https://a.example/y.png)\n',
        image="x.png",
    )
    newsletter.build()
    feed = ElementTree.fromstring(newsletter.tree()["feed.xml"])
    html = feed.findtext(f".//{CONTENT}") or ""
    url = f"{BASE}2025/03/a/x.png"
    sizes = [
        (node["src"], node.get("width"), node.get("height"))
        for node in (
            dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall("<img[^>]*>", html)
        )
    ]
    assert sizes == [
        (url, "30", "20"),
        (url, "30", "20"),
        (url, "9", None),
        ("https://a.example/y.png", None, None),
    ]
    media = feed.find(f".//{MEDIA}")
    assert media is not None
    assert (media.get("width"), media.get("height")) == ("30", "20")
    newsletter.file("content/2025-03-10-a/x.png", png(40, 20))
    assert "feed.xml" in newsletter.build().written, "the size is part of what it depends on"
    assert b'width="40"' in newsletter.tree()["feed.xml"]


def test_an_article_may_be_its_title_alone(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", "", title="Pas de lettre <demain>")
    newsletter.build()
    (item,) = feedparser.parse(newsletter.tree()["atom.xml"]).entries
    assert item.content[0].value == "<p>Pas de lettre &lt;demain&gt;</p>"


def test_json_feed_has_what_the_standard_asks_for(newsletter: Newsletter) -> None:
    newsletter.file("content/2025-03-10-a/x.png", b"x")
    newsletter.article(
        "2025-03-10-a/index", tags="[IA]", updated="2025-04-01", image="x.png", image_alt="Un x"
    )
    newsletter.build()
    feed = json.loads(newsletter.page("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["home_page_url"], feed["feed_url"]) == (BASE, f"{BASE}feed.json")
    assert (feed["title"], feed["language"], feed["authors"]) == (
        "Essai",
        "fr",
        [{"name": "Essai"}],
    )
    (item,) = feed["items"]
    assert item["image"] == f"{BASE}2025/03/a/x.png"
    assert item["authors"] == [{"name": "Anne"}]
    assert (item["tags"], item["url"]) == (["IA"], f"{BASE}2025/03/a/")
    assert item["date_published"] == "2025-03-10T00:00:00+01:00"
    assert item["date_modified"] == "2025-04-01T00:00:00+02:00"
    assert "<p>Du texte.</p>" in item["content_html"]


def test_rss_names_the_lead_image_and_the_hubs(newsletter: Newsletter) -> None:
    newsletter.config(f"base_url: {BASE}\nid: x\nfeeds: {{hubs: ['https://hub.example/']}}\n")
    newsletter.file("content/icon.png", b"x")
    newsletter.file("content/x.webp", b"x")
    newsletter.article("2025-03-10-a", image="x.webp", image_alt="A < B")
    newsletter.build()
    feed = read(newsletter)
    assert feed.feed.image.href == f"{BASE}icon.png"
    assert "https://hub.example/" in {x.href for x in feed.feed.links if x.rel == "hub"}
    (media,) = feed.entries[0].media_content
    assert (media["url"], media["medium"], media["type"]) == (
        f"{BASE}x.webp",
        "image",
        "image/webp",
    )


def test_all_formats_tell_of_the_same_articles(newsletter: Newsletter) -> None:
    for day in (1, 2, 3):
        newsletter.article(f"2025-03-0{day}-a", f"Texte {day}.\n", slug=f"a{day}", tags="[IA]")
    newsletter.build()
    rss, atom = read(newsletter), read(newsletter, "atom.xml")
    items = json.loads(newsletter.page("feed.json"))["items"]
    assert [e.id for e in rss.entries] == [e.id for e in atom.entries] == [i["id"] for i in items]
    whole = [e.content[0].value for e in rss.entries]
    assert whole == [e.content[0].value for e in atom.entries]
    assert whole == [item["content_html"].strip() for item in items]


def test_each_author_has_a_feed_and_formats_are_a_choice(newsletter: Newsletter) -> None:
    newsletter.config(
        f"base_url: {BASE}\nid: x\nfeeds: {{formats: [json], tags: [], authors: [atom]}}\n"
    )
    newsletter.article("2025-03-10-a", authors="[Anne]", tags="[IA]")
    newsletter.article("2025-03-11-b", authors="[Bob]")
    newsletter.build()
    files = {p for p in newsletter.tree() if p.endswith(("feed.xml", "atom.xml", "feed.json"))}
    assert files == {"feed.json", "authors/anne/atom.xml", "authors/bob/atom.xml"}
    assert [e.link for e in read(newsletter, "authors/bob/atom.xml").entries] == [
        f"{BASE}2025/03/b/"
    ]
    page = newsletter.page("authors/bob/")
    link = f'type="application/atom+xml" title="Newsletter – Bob" href="{BASE}authors/bob/atom.xml"'
    assert f'<link rel="alternate" {link}>' in page
    assert f'<a href="{BASE}authors/bob/atom.xml"' in page
    assert f"{BASE}tags/ia/feed" not in newsletter.page("tags/ia/")


def test_a_preview_puts_nothing_into_feeds_before_its_time(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", tags="[IA]")
    newsletter.article("2025-03-11-b", draft="true", tags="[IA]")
    newsletter.article("2031-01-01-c", tags="[IA]")
    newsletter.build(drafts=True, future=True)
    assert "/b/" in newsletter.page("tags/ia/")
    for path in ("feed.xml", "atom.xml", "tags/ia/feed.xml"):
        assert [e.link for e in read(newsletter, path).entries] == [f"{BASE}2025/03/a/"]


def test_a_change_announced_for_tomorrow_is_not_yet_one(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", updated="2031-01-01")
    newsletter.build()
    assert read(newsletter, "atom.xml").entries[0].updated == "2025-03-10T00:00:00+01:00"
    later = datetime(2031, 1, 2, tzinfo=UTC)
    newsletter.build(now=later)
    assert read(newsletter, "atom.xml").entries[0].updated == "2031-01-01T00:00:00+01:00"


def test_an_article_in_another_language_says_so(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", "نص\n", lang="ar")
    newsletter.build()
    item = read(newsletter, "atom.xml").entries[0]
    assert item.content[0].value == '<div lang="ar" dir="rtl"><p>نص</p>\n</div>'
    assert item.content[0].language == "ar"
    assert json.loads(newsletter.page("feed.json"))["items"][0]["language"] == "ar"


def test_the_opml_and_the_subscribe_page_have_every_feed(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", tags="[IA, 'R&D']", authors="['A & B']")
    newsletter.build()
    opml = ElementTree.fromstring(newsletter.tree()["feeds.opml"])
    urls = [outline.get("xmlUrl") for outline in opml.iter("outline") if outline.get("xmlUrl")]
    assert urls == [
        f"{BASE}{path}feed.xml" for path in ("", "tags/ia/", "tags/r-et-d/", "authors/a-et-b/")
    ]
    assert [o.get("text") for o in opml.findall("body/outline")] == [
        "Essai",
        "Étiquettes",
        "Auteurs",
    ]
    page = newsletter.page("abonnement/")
    assert all(f'data-copy="{url}"' in page for url in urls)
    assert f'data-copy="{BASE}atom.xml"' in page
    assert 'href="/lettre/feeds.opml"' in page


def test_a_browser_is_told_what_a_feed_is(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a")
    newsletter.build()
    for path in ("feed.xml", "atom.xml"):
        second = newsletter.page(path).splitlines()[1]
        assert second == '<?xml-stylesheet href="/lettre/feed.css" type="text/css"?>'
    style = newsletter.page("feed.css")
    assert f"{BASE}abonnement/" in style
    assert "Ceci est un flux web" in style
    assert "&" not in style, "nothing is escaped as HTML"


def test_feedgen_is_not_loaded_when_no_feed_is_made(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a")
    newsletter.build()
    program = (
        "import sys\nfrom generator.cli.main import run\n"
        f"run(['build', '-s', {str(newsletter.folder)!r}, '--at', '2025-06-30 12:00', '-v'])\n"
        "print(*{'feedgen', 'lxml', 'selectolax'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == ""
    assert ".xml" not in done.stdout, "or it was made"
