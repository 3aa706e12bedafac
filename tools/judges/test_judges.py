"""The judges are fair: they pass a sound site, and each says what is wrong with a broken one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from . import axe, feeds, layout, links, nu, weight
from .browser import Look, Visit, visits
from .built import Built, Page, Sample, choose, read_site
from .links import Server
from .server import serve

SOUND = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Points clés</title>
<link rel="stylesheet" href="/lettre/style.css">
<link rel="icon" href="data:,">
<link rel="alternate" type="application/rss+xml" title="RSS" href="BASE_URLfeed.xml">
</head>
<body data-kind="front">
<a class="skip" href="#main">Aller au contenu</a>
<header><nav aria-label="Principal"><a href="/lettre/">À la une</a></nav></header>
<main id="main">
<h1>Le point</h1>
<p>Trois idées par jour, <a href="/lettre/2025/">en entier</a>.</p>
</main>
</body>
</html>
"""
STYLE = """:root { color-scheme: light dark; color: light-dark(#111, #eee) }
body { background: light-dark(#fff, #111) }
.skip { position: absolute; inset-block-start: -5rem }
.skip:focus { position: static }
a { color: light-dark(#00c, #9cf) }
"""
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Points clés</title>
<link>BASE_URL</link><description>IA</description>
<atom:link href="BASE_URLfeed.xml" rel="self" type="application/rss+xml"/>
<item><title>Le point</title><link>BASE_URL2025/</link><guid>urn:1</guid>
<pubDate>Mon, 10 Mar 2025 08:00:00 +0100</pubDate>
<description>&lt;a href="BASE_URL"&gt;Le point&lt;/a&gt;</description></item>
</channel></rss>
"""
MOVED = SOUND.replace("<title>", '<meta http-equiv="refresh" content="0; url=/lettre/">\n<title>')
FILES = {
    "index.html": SOUND,
    "2025/index.html": SOUND.replace('kind="front"', 'kind="article"'),
    "old/index.html": MOVED.replace('kind="front"', 'kind="redirect"'),
    "style.css": STYLE,
    "feed.xml": FEED,
    "sitemap.xml": "<urlset><url><loc>BASE_URL2025/</loc></url></urlset>",
}


@contextmanager
def site(folder: Path, *changes: tuple[str, str, str]) -> Iterator[Built]:
    """The sound site, with some text replaced in some files."""
    files = dict(FILES)
    for name, old, new in changes:
        assert old in files[name], f"{old} is not in {name}"
        files[name] = files[name].replace(old, new)
    with serve(folder) as base_url:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text.replace("BASE_URL", base_url), encoding="utf-8")
        yield read_site(folder, base_url)


def seen(
    browser: Browser,
    built: Built,
    look: Look,
    judge: Callable[[Visit], list[str]],
    *,
    all_pages: bool = False,
) -> str:
    """What the judge finds on the front page, the one that the tests break."""
    return "\n".join(
        finding
        for _, visit in visits(browser, built.samples if all_pages else fronts(built), look)
        for finding in judge(visit)
    )


def fronts(built: Built) -> tuple[Sample, ...]:
    return tuple(sample for sample in built.samples if sample.page.kind == "front")


def test_a_sound_site_passes_every_judge(tmp_path: Path, browser: Browser, axe_source: str) -> None:
    with site(tmp_path) as built:
        server, wide = Server(built.base_url), Look("wide", 1280)
        assert nu.check(tmp_path) == []
        assert links.check(built) == []
        (url, kind), *_ = feeds.announced(built, server).items()
        assert feeds.check(url, kind, server) == []
        for look in (wide, Look("dark", 1280, scheme="dark"), Look("narrow", 320)):
            judge = all_of(axe_source, server)
            assert seen(browser, built, look, judge, all_pages=True) == ""
        assert seen(browser, built, wide, lambda visit: layout.keyboard(visit.tab)) == ""


def all_of(axe_source: str, server: Server) -> Callable[[Visit], list[str]]:
    def judge(visit: Visit) -> list[str]:
        return [
            *axe.check(visit.tab, axe_source),
            *layout.sideways(visit.tab),
            *visit.foreign,
            *visit.errors,
            *weight.check(visit.statuses, server),
        ]

    return judge


def test_nu_sees_bad_html_and_css(tmp_path: Path) -> None:
    with site(
        tmp_path,
        ("index.html", "<h1>", '<img src="/lettre/x.png"><h1>'),
        ("2025/index.html", "<h1>Le point</h1>", "<h2>Le point</h2>"),
        ("old/index.html", "<p>", "<p><div></div>"),
        (
            "style.css",
            ".skip {",
            "@container (width > 9rem) { a { color: red } }\n.skip { colour: red;",
        ),
    ):
        findings = nu.check(tmp_path)
        for where, message in (
            ("index.html:", "must have an “alt” attribute"),
            ("2025/index.html:", "warning: This document has heading elements but none"),
            ("old/index.html:", "No “p” element in scope"),
            ("style.css:", "“colour” doesn't exist"),
        ):
            assert any(f.startswith(where) and message in f for f in findings), findings
        assert "@container" not in "".join(findings)


@pytest.mark.parametrize(
    ("look", "file", "old", "new", "rule"),
    [
        (Look("", 1280), "index.html", "<p>", '<p><img src="x.png">', "image-alt"),
        (Look("", 1280), "style.css", "#00c", "#bbb", "color-contrast"),
        (Look("", 1280, scheme="dark"), "style.css", "#9cf", "#333", "color-contrast"),
        (Look("", 1280), "index.html", ' lang="fr"', "", "html-has-lang"),
        (Look("", 1280), "index.html", "<p>", "<h4>Avant</h4><p>", "heading-order"),
        (
            Look("", 320),
            "index.html",
            "</main>",
            '<button style="width:9px;height:9px;padding:0;border:0">a</button>'
            '<button style="width:9px;height:9px;padding:0;border:0">b</button></main>',
            "target-size",
        ),
    ],
)
def test_axe_sees_barriers(
    tmp_path: Path,
    browser: Browser,
    axe_source: str,
    look: Look,
    file: str,
    old: str,
    new: str,
    rule: str,
) -> None:
    with site(tmp_path, (file, old, new)) as built:
        found = seen(browser, built, look, lambda visit: axe.check(visit.tab, axe_source))
        assert f"{rule} (" in found


@pytest.mark.parametrize(
    ("look", "style"),
    [
        (Look("", 320), "width: 400px"),
        (Look("", 1280, zoom=2), "width: 700px"),
        (Look("", 1280, text=200), "width: 70rem"),
    ],
)
def test_sideways_scrolling_is_seen(
    tmp_path: Path, browser: Browser, look: Look, style: str
) -> None:
    with site(tmp_path, ("index.html", "<h1>", f'<h1 class="big" style="{style}">')) as built:
        assert "h1.big" in seen(browser, built, look, lambda visit: layout.sideways(visit.tab))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("index.html", '<a class="skip" href="#main">Aller au contenu</a>', "", "not a skip link"),
        ("index.html", 'href="#main"', 'href="#nowhere"', "nothing has that id"),
        ("style.css", ".skip:focus { position: static }", "", "out of sight"),
        ("style.css", "a {", "a { outline: none;", "focus is not marked"),
    ],
)
def test_keyboard_traps_are_seen(
    tmp_path: Path, browser: Browser, file: str, old: str, new: str, message: str
) -> None:
    with site(tmp_path, (file, old, new)) as built:
        wide = Look("", 1280)
        assert message in seen(browser, built, wide, lambda visit: layout.keyboard(visit.tab))


def test_text_that_needs_javascript_is_seen(tmp_path: Path, browser: Browser) -> None:
    script = "document.querySelector('main').innerHTML += '<p>Un paragraphe entier.</p>'"
    with site(tmp_path, ("index.html", "</body>", f"<script>{script}</script></body>")) as built:
        on, off = (
            seen(browser, built, look, lambda visit: [layout.main_text(visit.tab)])
            for look in (Look("", 1280), Look("", 1280, javascript=False))
        )
        assert layout.lost(on, off) == ["is lost without JavaScript: Un paragraphe entier."]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<script src="https://stats.example.com/x.js"></script>', "stats.example.com"),
        ("<script>undefined_name()</script>", "undefined_name is not defined"),
        ("<script>console.error('broken')</script>", "console: broken"),
        ('<img alt="" src="/lettre/none.png">', "404 for "),
    ],
)
def test_strangers_and_errors_are_seen(
    tmp_path: Path, browser: Browser, html: str, message: str
) -> None:
    with site(tmp_path, ("index.html", "</body>", html + "</body>")) as built:
        found = seen(browser, built, Look("", 1280), lambda visit: visit.foreign + visit.errors)
        assert message in found


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("index.html", "/lettre/2025/", "/lettre/2026/", "/lettre/2026/ answers 404"),
        ("index.html", "/lettre/2025/", "/lettre/2025", "link to that"),
        ("index.html", "/lettre/2025/", "/2025/", "outside the site"),
        ("index.html", "/lettre/2025/", "/lettre/2025/#note", "nothing has the id “note” there"),
        ("index.html", "<h1>", '<h1><img alt="" srcset="a.webp 1x, b.webp 2x">', "b.webp answers"),
        ("style.css", ".skip", ".x { background: url('x.png') } .skip", "x.png answers 404"),
        ("sitemap.xml", "2025/", "2024/", "sitemap.xml: "),
    ],
)
def test_dead_links_are_seen(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    with site(tmp_path, (file, old, new)) as built:
        assert message in "\n".join(links.check(built))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</channel>", "", "not well-formed"),
        ("feed.xml", "rss.xml", "own address"),
        ("urn:1", "", "no identity"),
        ("<pubDate>Mon, 10 Mar 2025 08:00:00 +0100</pubDate>", "", "no date"),
        ("BASE_URL2025/", "BASE_URL2026/", "answers 404"),
        ('href="BASE_URL"&gt', 'href="/lettre/"&gt', "is relative"),
    ],
)
def test_broken_feeds_are_seen(tmp_path: Path, old: str, new: str, message: str) -> None:
    with site(tmp_path, ("feed.xml", old, new)) as built:
        server = Server(built.base_url)
        found = feeds.check(built.base_url + "feed.xml", "application/rss+xml", server)
        assert message in "\n".join(found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('content="0; ', 'content="5; ', "waits 5 s"),
        ("url=/lettre/", "url=/lettre/gone/", "answers 404"),
        ("url=/lettre/", "url=/lettre/old/", "redirects again"),
    ],
)
def test_redirects_to_nowhere_are_seen(tmp_path: Path, old: str, new: str, message: str) -> None:
    with site(tmp_path, ("old/index.html", old, new)) as built:
        redirect = next(page for page in built.pages if page.refresh)
        found = "\n".join(links.check_refresh(redirect, Server(built.base_url)))
        assert message in found


def test_heavy_pages_are_seen(tmp_path: Path, browser: Browser) -> None:
    noise = "".join(f".c{n * 7919:x}{{color:#{n * 104729 % 0xFFFFFF:06x}}}" for n in range(20_000))
    with site(tmp_path, ("style.css", ".skip {", f"{noise} .skip {{")) as built:
        server = Server(built.base_url)
        found = seen(
            browser, built, Look("", 1280), lambda visit: [*weight.check(visit.statuses, server)]
        )
        assert "bytes of style sheets" in found


def test_samples_show_every_kind_and_what_the_richest_page_lacks() -> None:
    def page(path: str, kind: str, *features: str) -> Page:
        return Page(path, path, kind, frozenset(features), "")

    pages = [
        page("a", "article", "p", "table", "figure"),
        page("b", "article", "p", "pre"),
        page("c", "article", "p"),
        page("d", "article", "p", "table"),
        page("e", "novelty", "p"),
        page("f", "", "p"),
    ]
    assert [(sample.name, sample.page.path) for sample in choose(pages)] == [
        ("article", "a"),
        ("article-2", "b"),
        ("article-3", "c"),
        ("novelty", "e"),
    ]
