"""Every rule of a good feed is held: each is broken on purpose, in the bytes of a real feed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from newsletters import NOW, Newsletter, codes

import generator
from generator.builtin import BUILTIN
from generator.checks.bodies import faults
from generator.checks.feeds import check_feed
from generator.contracts import Check, Plugin
from generator.model.diagnostic import Diagnostic, error
from generator.model.job import Job
from generator.outputs import feeds
from generator.plugins import merge
from generator.survey import look_over

BASE = "https://exemple.fr/lettre/"
LOCALES = Path(generator.__file__).parent / "locales" / "diagnostics"


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    made = Newsletter(tmp_path_factory.mktemp("lettre"))
    made.config(
        f"title: Essai\nbase_url: {BASE}\nid: 6f1c2a34-0000-4000-8000-000000000001\n"
        "author: Anne\nfeeds: {hubs: [https://hub.example/]}\n"
    )
    made.article("2025-03-10-a", "Un.\n\n[lien](/tags/)\n", title="AT&T", tags="[IA, Europe]")
    made.file("content/2025-03-11-b/son.mp3", b"12345")
    made.article("2025-03-11-b/index", "Deux.\n", title="Second", enclosure="son.mp3")
    made.build()
    return made


def job_of(newsletter: Newsletter, path: str) -> Job:
    orders = feeds.plan(look_over(newsletter.request(now=NOW)).site)
    return next(order.job() for order in orders if order.path == path)


def broken(newsletter: Newsletter, path: str, old: str, new: str) -> list[Diagnostic]:
    text = newsletter.page(path)
    assert old in text, f"{path} has no {old}"
    return list(check_feed(job_of(newsletter, path), text.replace(old, new).encode()))


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml", "feed.json", "tags/ia/feed.xml"])
def test_a_good_feed_passes(newsletter: Newsletter, path: str) -> None:
    data = newsletter.page(path).encode()
    assert list(check_feed(job_of(newsletter, path), data)) == []


FIRST, SECOND = "content/2025-03-10-a.md", "content/2025-03-11-b/index.md"
SUN, MON = "Mon, 10 Mar 2025 00:00:00 +0100", "Tue, 11 Mar 2025 00:00:00 +0100"

RSS = [
    ("</channel>", "", "feed-unreadable", ""),
    ("<title>Essai</title>", "", "feed-missing", ""),
    ("<language>fr</language>", "", "feed-missing", ""),
    (' rel="self"', "", "feed-missing", ""),
    (f'href="{BASE}feed.xml"', 'href="https://autre.example/feed.xml"', "feed-address", ""),
    (f'href="{BASE}feed.xml"', 'href="/feed.xml"', "feed-relative-url", ""),
    (' rel="hub"', "", "feed-missing", ""),
    (f"<lastBuildDate>{MON}", f"<lastBuildDate>{SUN}", "feed-clock", ""),
    ("<title>AT&amp;T</title>", "", "feed-missing", FIRST),
    ("<title>AT&amp;T</title>", "<title>AT&amp;amp;T</title>", "feed-title", FIRST),
    (f"<link>{BASE}2025/03/a/</link>", "", "feed-missing", FIRST),
    (f"<link>{BASE}2025/03/a/</link>", "<link>/2025/03/a/</link>", "feed-relative-url", FIRST),
    (f"<link>{BASE}2025/03/a/</link>", f"<link>{BASE}x/</link>", "feed-address", FIRST),
    (f"<pubDate>{SUN}", "<pubDate>10 mars 2025", "feed-missing", FIRST),
    (f"<pubDate>{SUN}", f"<pubDate>{SUN[:-6]}", "feed-missing", FIRST),
    (f"<pubDate>{SUN}", "<pubDate>Mon, 10 Mar 2025 00:00:00 +0200", "feed-date", FIRST),
    (f"<pubDate>{SUN}", "<pubDate>Wed, 12 Mar 2025 00:00:00 +0100", "feed-order", FIRST),
    ("<category>IA</category>", "", "feed-lost", FIRST),
    ("<dc:creator>Anne</dc:creator>", "", "feed-lost", SECOND),
    ('isPermaLink="false"', 'isPermaLink="true"', "feed-identity", FIRST),
    ("<guid isPermaLink=", "<!-- --><g isPermaLink=", "feed-unreadable", ""),
    ('length="5"', 'length=""', "feed-enclosure", SECOND),
    ('type="audio/mpeg"', 'type="mp3"', "feed-enclosure", SECOND),
    (f'url="{BASE}2025/03/b/son.mp3"', 'url="son.mp3"', "feed-enclosure", SECOND),
    ("<p>Un.</p>", "<p>Un.</p><script>x</script>", "feed-forbidden", FIRST),
    ("<p>Un.</p>", '<p onclick="x">Un.</p>', "feed-forbidden", FIRST),
    ("<p>Un.</p>", "<p style='background: url(x)'>Un.</p>", "feed-forbidden", FIRST),
    ("<p>Un.</p>", '<a href="javascript:x">Un</a>', "feed-forbidden", FIRST),
    ("<p>Un.</p>", '<a href="#note">Un</a>', "feed-relative-url", FIRST),
    (
        "<p>Un.</p>",
        '<img alt="" srcset="https://x.example/a 1x, b.png 2x">',
        "feed-relative-url",
        FIRST,
    ),
    ("<p>Un.</p>", "<blockquote cite=x>Un</blockquote>", "feed-relative-url", FIRST),
    ("<p>Un.</p>", '<video poster="x.jpg"></video>', "feed-relative-url", FIRST),
    ("description>", "content:encoded>", "feed-missing", FIRST),
]


@pytest.mark.parametrize(("old", "new", "code", "path"), RSS)
def test_every_rule_of_rss(
    newsletter: Newsletter, old: str, new: str, code: str, path: str
) -> None:
    found = broken(newsletter, "feed.xml", old, new)
    assert (code, path) in {(problem.code, problem.place.path) for problem in found}


ATOM = [
    ("<title>Essai</title>", "", "feed-missing", ""),
    ("<updated>2025-03-11T00:00:00+01:00</updated>\n  <author>", "<author>", "feed-clock", ""),
    (
        "<published>2025-03-10T00:00:00+01:00",
        "<published>2025-03-10T00:00:00",
        "feed-missing",
        FIRST,
    ),
    ('<category term="IA"/>', "", "feed-lost", FIRST),
    ('length="5"', "", "feed-enclosure", SECOND),
    ("<p>Un.</p>", '<iframe src="https://x.example/"></iframe>', "feed-forbidden", FIRST),
]


@pytest.mark.parametrize(("old", "new", "code", "path"), ATOM)
def test_every_rule_of_atom(
    newsletter: Newsletter, old: str, new: str, code: str, path: str
) -> None:
    found = broken(newsletter, "atom.xml", old, new)
    assert (code, path) in {(problem.code, problem.place.path) for problem in found}


JSON = [
    ('"items":', '"itemz":', "feed-unreadable", ""),
    ('"feed_url":', '"feed_uri":', "feed-missing", ""),
    ('"language": "fr"', '"language": ""', "feed-missing", ""),
    ('"title": "AT&T"', '"title": "AT&amp;T"', "feed-title", FIRST),
    ('"title": "AT&T"', '"title": "AT\\u0008T"', "feed-control", FIRST),
    ('"2025-03-10T00:00:00+01:00"', '"10/03/2025"', "feed-missing", FIRST),
    ('"content_html": "<p>Un', '"content_txt": "<p>Un', "feed-missing", FIRST),
    ('"name": "Anne"', '"name": "Bob"', "feed-lost", FIRST),
    ('"size_in_bytes": 5', '"size_in_bytes": "cinq"', "feed-enclosure", SECOND),
    ("<p>Un.</p>", '<img src=\\"/x.png\\">', "feed-relative-url", FIRST),
]


@pytest.mark.parametrize(("old", "new", "code", "path"), JSON)
def test_every_rule_of_json_feed(
    newsletter: Newsletter, old: str, new: str, code: str, path: str
) -> None:
    found = broken(newsletter, "feed.json", old, new)
    assert (code, path) in {(problem.code, problem.place.path) for problem in found}


def test_another_identity_is_said_and_so_is_the_same_twice(newsletter: Newsletter) -> None:
    view = job_of(newsletter, "feed.xml").view
    second, first = (item.guid for item in view.items)  # type: ignore[attr-defined]
    assert codes(tuple(broken(newsletter, "feed.xml", first, "urn:uuid:autre"))) == [
        "feed-identity"
    ]
    assert "feed-twice" in codes(tuple(broken(newsletter, "feed.xml", first, second)))


def test_the_summary_stands_before_the_article(newsletter: Newsletter) -> None:
    text = newsletter.page("feed.xml")
    start, middle = text.index("<description>Un."), text.index("<content:encoded><![CDATA[<p>Un.")
    end = text.index("</content:encoded>", middle) + len("</content:encoded>")
    turned = text[:start] + text[middle:end] + text[start:middle] + text[end:]
    found = list(check_feed(job_of(newsletter, "feed.xml"), turned.encode()))
    assert codes(tuple(found)) == ["feed-parts"]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://a.example/?a=1&amp;b=2" title="a &gt; b">x</a>',
        '<img src="data:image/gif;base64,R0lG" alt="url(x)=y" srcset="https://a.example/b 1x">',
        "<p>un attribut href=x hors d’une balise, <b>onclick</b></p>",
        '<a href="mailto:a@example.org">x</a>',
    ],
)
def test_what_is_right_is_not_complained_of(html: str) -> None:
    assert faults(html) == ()


def test_articles_that_do_not_fit_are_left_out_aloud(tmp_path: Path) -> None:
    newsletter = Newsletter(tmp_path)
    newsletter.config(f"base_url: {BASE}\nid: x\nfeeds: {{size: 50, formats: [rss, json]}}\n")
    for day in (1, 2, 3):
        newsletter.article(f"2025-03-0{day}-a{day}", "Mot. " * 6000 + "\n")
    (problem,) = {p for p in newsletter.problems() if p.facts["feed"] == "/feed.xml"}
    assert (problem.code, problem.severity) == ("feed-shortened", "warning")
    assert (problem.facts["held"], problem.facts["asked"]) == ("1", "3")
    assert newsletter.page("feed.xml").count("<item>") == 1
    assert newsletter.page("feed.json").count('"content_html"') == 1
    again = newsletter.problems()
    assert problem in again, "said as long as it is so, though nothing was made anew"


def test_an_article_of_one_megabyte_is_whole_and_named(tmp_path: Path) -> None:
    newsletter = Newsletter(tmp_path)
    newsletter.config(f"base_url: {BASE}\nid: x\n")
    newsletter.article("2025-03-02-gros", "Mot. " * 260_000 + "Fin.\n")
    newsletter.article("2025-03-01-petit")
    problems = newsletter.problems()
    assert ("feed-large", "content/2025-03-02-gros.md") in {
        (p.code, p.place.path) for p in problems
    }
    assert {p.severity for p in problems} == {"warning"}
    assert "Fin." in newsletter.page("feed.xml")
    assert newsletter.page("feed.xml").count("<item>") == 1


def test_a_check_that_finds_an_error_stops_before_a_byte_is_written(
    newsletter: Newsletter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plugin's check has the shape of ours."""
    before = newsletter.tree()
    check = Check(
        "sad", "feed", lambda job, data: [error("feed-unreadable", feed=job.path, reason="x")]
    )
    plugin = Plugin("p", checks=(check,))
    monkeypatch.setattr("generator.pipeline.installed", lambda: (plugin,))
    found = newsletter.problems(base_url="https://autre.example/")
    assert codes(found) == ["feed-unreadable"]
    assert newsletter.tree() == before
    assert [c.name for c in merge((BUILTIN, plugin)).checks["feed"]] == ["feeds", "sad"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_rule_has_its_sentence(newsletter: Newsletter, lang: str) -> None:
    texts = yaml.safe_load((LOCALES / f"{lang}.yaml").read_text("utf-8"))
    for path, cases in (("feed.xml", RSS), ("atom.xml", ATOM), ("feed.json", JSON)):
        for old, new, *_ in cases:
            for problem in broken(newsletter, path, old, new):
                for sentence in texts[problem.code].values():
                    sentence.format(**problem.facts)
