"""Where things are: one address each, inside the output, right under a base path."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsletters import Newsletter, codes

from generator.model import urls


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    return Newsletter(tmp_path / "lettre")


def test_an_article_is_found_by_year_month_and_file_name(newsletter: Newsletter) -> None:
    newsletter.article("divers/2025-03-10-mai", title="Un autre titre")
    newsletter.build()
    assert "Un autre titre" in newsletter.page("2025/03/mai/")


def test_the_pattern_can_be_chosen(newsletter: Newsletter) -> None:
    newsletter.config("permalink: /{section}/{year}-{month}-{day}-{slug}.html\n")
    newsletter.article("divers/2025-03-10-mai")
    newsletter.build()
    assert newsletter.page("divers/2025-03-10-mai.html")


def test_pages_stand_at_the_top(newsletter: Newsletter) -> None:
    newsletter.article("pages/a-propos")
    newsletter.article("pages/equipe/charte")
    newsletter.build()
    assert newsletter.page("a-propos/")
    assert newsletter.page("equipe/charte/")


def test_other_files_are_copied_to_their_own_path(newsletter: Newsletter) -> None:
    newsletter.file("content/CNAME", "exemple.fr")
    newsletter.file("content/docs/rapport.pdf", b"%PDF")
    newsletter.file("content/.well-known/security.txt", "x")
    newsletter.file("content/.DS_Store", "x")
    newsletter.build()
    tree = newsletter.tree()
    assert tree["CNAME"] == b"exemple.fr"
    assert tree["docs/rapport.pdf"] == b"%PDF"
    assert ".well-known/security.txt" in tree
    assert ".DS_Store" not in tree


def test_a_bundles_files_follow_its_article(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-mai/index", "![x](a.png)\n\n![y](sub/b.png)\n")
    newsletter.file("content/2025-03-10-mai/a.png", b"a")
    newsletter.file("content/2025-03-10-mai/sub/b.png", b"b")
    newsletter.build()
    assert newsletter.tree()["2025/03/mai/a.png"] == b"a"
    assert 'src="/2025/03/mai/sub/b.png"' in newsletter.page("2025/03/mai/")


def test_two_outputs_at_one_address_name_both_and_write_nothing(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-mai")
    newsletter.article("divers/2025-03-11-mai")
    problems = newsletter.problems()
    assert codes(problems) == ["same-address"]
    named = {problems[0].facts["one"], problems[0].facts["other"]}
    assert named == {"content/2025-03-10-mai.md", "content/divers/2025-03-11-mai.md"}
    assert not (newsletter.folder / "site").exists()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/tags/index.html", "x"),
        ("content/Archives/index.html", "x"),
        ("content/feed.xml", "x"),
        ("content/pages/tags.md", "---\ntitle: T\n---\n"),
        ("content/2025", "a file where a folder must be"),
    ],
)
def test_what_is_ours_cannot_be_taken(newsletter: Newsletter, path: str, text: str) -> None:
    newsletter.article("2025-03-10-mai")
    newsletter.file(path, text)
    assert "same-address" in codes(newsletter.problems())


def test_an_alias_cannot_take_an_address_that_is_in_use(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a")
    newsletter.article("2025-03-11-b", aliases="[/2025/03/a/]")
    assert codes(newsletter.problems()) == ["same-address"]


def test_an_alias_leads_to_the_article(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", aliases="[/2019/été/, https://ancien.fr/vieux.html?x=1]")
    newsletter.build()
    for old in ("2019/été/", "vieux.html"):
        page = newsletter.page(old)
        assert 'http-equiv="refresh"' in page
        assert "/2025/03/a/" in page


def test_the_authors_favicon_and_robots_take_the_place_of_ours(newsletter: Newsletter) -> None:
    newsletter.file("content/favicon.svg", "<svg/>")
    newsletter.file("content/robots.txt", "User-agent: *")
    newsletter.build()
    assert newsletter.tree()["favicon.svg"] == b"<svg/>"
    assert newsletter.tree()["robots.txt"] == b"User-agent: *"


def test_every_url_honours_the_base_path(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", "[b](2025-03-11-b.md) ![c](c.png) [d](/a-propos/)\n")
    newsletter.article("2025-03-11-b", tags="IA")
    newsletter.article("pages/a-propos")
    newsletter.file("content/c.png", b"c")
    newsletter.build(base_url="https://exemple.fr/lettre")
    page = newsletter.page("2025/03/a/")
    assert 'href="/lettre/2025/03/b/"' in page
    assert 'src="/lettre/c.png"' in page
    assert 'href="/lettre/a-propos/"' in page
    assert 'rel="canonical" href="https://exemple.fr/lettre/2025/03/a/"' in page
    for path, data in newsletter.tree().items():
        if path.endswith(".html"):
            text = data.decode()
            assert 'href="/2025' not in text, path
            assert 'src="/assets' not in text, path


WORD = st.text(max_size=30) | st.sampled_from(
    [
        "..",
        "../..",
        "/etc/passwd",
        "C:\\x",
        "a/../../b",
        "%2e%2e/x",
        ".git/config",
        "con",
        "\x00",
        "~",
    ]
)


@settings(max_examples=40, deadline=None)
@given(slug=WORD, permalink=WORD, alias=WORD, tag=WORD, author=WORD)
def test_nothing_leaves_the_output_whatever_the_front_matter_says(
    tmp_path_factory: pytest.TempPathFactory,
    slug: str,
    permalink: str,
    alias: str,
    tag: str,
    author: str,
) -> None:
    import json

    folder = tmp_path_factory.mktemp("x")
    newsletter = Newsletter(folder / "lettre")
    matter = {
        "title": "T",
        "date": "2025-01-01",
        "slug": slug,
        "permalink": permalink,
        "aliases": [alias],
        "tags": [tag],
        "authors": [author],
    }
    newsletter.file("content/a.md", "---\n" + json.dumps(matter) + "\n---\nTexte\n")
    newsletter.problems()
    inside = newsletter.folder / "site"
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_relative_to(newsletter.folder / "content"):
            assert file.is_relative_to(inside) or ".cache" in file.parts, file
            assert ".git" not in file.parts


@given(st.text())
def test_a_slug_is_plain_ascii_and_the_slug_of_itself(text: str) -> None:
    made = urls.slug(text)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(made) <= urls.SLUG_LENGTH
    assert urls.slug(made) == made


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Régulation", "regulation", True),
        ("Open source", "open-source", True),
        ("Droit d’auteur", "droit d'auteur", True),
        ("C", "C++", False),
        ("C++", "C#", False),
    ],
)
def test_tags_are_matched_without_case_and_accents(one: str, other: str, same: bool) -> None:
    assert (urls.tag_key(one) == urls.tag_key(other)) == same
    assert (urls.tag_slug(one) == urls.tag_slug(other)) == same
