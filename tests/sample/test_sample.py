"""The sample newsletter, built whole: every feature is in it, and every address leads somewhere."""

from __future__ import annotations

import posixpath
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from newsletters import Newsletter
from selectolax.lexbor import LexborHTMLParser

from generator.model.report import Report

ROOT = Path(__file__).parent.parent.parent
BASE = "https://points-cles.example/lettre/"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    newsletter = Newsletter(tmp_path_factory.mktemp("sample"))
    shutil.rmtree(newsletter.folder / "content")
    shutil.copytree(ROOT / "content", newsletter.folder / "content")
    shutil.copy(ROOT / "newsletter.yaml", newsletter.folder)
    return newsletter


@pytest.fixture(scope="module")
def report(sample: Newsletter) -> Report:
    return sample.build(base_url=BASE)


@pytest.fixture(scope="module")
def pages(sample: Newsletter, report: Report) -> dict[str, LexborHTMLParser]:
    return {
        path: LexborHTMLParser(data.decode())
        for path, data in sample.tree().items()
        if path.endswith(".html")
    }


def test_it_builds_with_no_warning_but_the_deliberate_one(report: Report) -> None:
    assert [(d.code, d.place.path) for d in report.diagnostics] == [
        ("unquoted-text", "content/2025-02-15-ia-le-point-de-la-semaine.md")
    ]
    assert report.articles >= 14
    assert {held.status for held in report.held} == {"draft", "scheduled", "expired"}


def test_nothing_inline_stands_in_the_way_of_a_strict_policy(
    pages: dict[str, LexborHTMLParser],
) -> None:
    """The Content-Security-Policy of `outputs/hosts/` refuses styles, scripts and handlers."""
    for path, page in pages.items():
        assert not page.css("style, [style]"), path
        assert all("src" in node.attributes for node in page.css("script")), path
        named = {name for node in page.css("*") for name in node.attributes}
        assert not {name for name in named if name.startswith("on")}, path


def test_every_address_in_it_leads_to_a_file(
    sample: Newsletter, pages: dict[str, LexborHTMLParser]
) -> None:
    files = set(sample.tree())
    checked = 0
    for path, page in pages.items():
        here = urljoin(BASE, path.removesuffix("index.html"))
        for node in page.css("[href], [src]"):
            url = urljoin(here, node.attributes.get("href") or node.attributes.get("src") or "")
            if not url.startswith(BASE):
                continue
            parts = urlsplit(url.removeprefix(BASE))
            target = unquote(parts.path)
            file = target + "index.html" if target == "" or target.endswith("/") else target
            assert file in files, f"{path}: {url}"
            if parts.fragment and file.endswith(".html"):
                ids = {n.attributes.get("id") for n in pages[file].css("[id]")}
                assert unquote(parts.fragment) in ids, f"{path}: {url}"
            checked += 1
    assert checked > 1000


def test_ids_are_unique_on_every_page(pages: dict[str, LexborHTMLParser]) -> None:
    for path, page in pages.items():
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), path


def test_every_article_with_key_points_shows_them_once(
    pages: dict[str, LexborHTMLParser],
) -> None:
    shown = {
        path: len(page.css("aside.keypoints"))
        for path, page in pages.items()
        if re.match(r"2025/\d\d/", path) and not page.css_first("meta[http-equiv=refresh]")
    }
    without = [posixpath.dirname(path) for path, count in shown.items() if count == 0]
    assert set(shown.values()) == {0, 1}
    assert without == ["2025/04/a-l-ecole-l-ia-cherche-sa-place"]


@pytest.mark.parametrize(
    "selector",
    [
        "figure > figcaption",
        "table",
        ".footnotes li",
        "dl > dt",
        "li.task input[checked]",
        "main s",
        "aside.alert-note",
        "aside.alert-warning",
        "div.container",
        "nav.toc",
        "code.language-python span",
        "code.language-json span",
        "abbr[title]",
        "kbd",
        "blockquote",
        ".correction",
        ".series",
        ".sources a",
        "time[datetime*=T]",
        "meta[http-equiv=refresh]",
    ],
)
def test_every_feature_is_used(pages: dict[str, LexborHTMLParser], selector: str) -> None:
    assert any(page.css_first(selector) for page in pages.values())


def test_no_page_needs_a_script_or_carries_a_style(pages: dict[str, LexborHTMLParser]) -> None:
    for path, page in pages.items():
        assert not page.css("style, [style]"), path
        assert not page.css("script:not([src])"), path
        assert (page.css_first("main") or page.css_first("body")).text(strip=True), path  # type: ignore[union-attr]


def test_french_spaces_never_break_before_a_sign(pages: dict[str, LexborHTMLParser]) -> None:
    for path, page in pages.items():
        for node in page.css("main p, main h1, main h2, main li"):
            if node.css_first("code, pre, kbd"):
                continue
            found = re.search(r".{0,20} [;!?»:](?:\s|$)", node.text())
            assert not found, f"{path}: {found and found[0]!r}"
