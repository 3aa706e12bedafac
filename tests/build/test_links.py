"""Links between content files: by path, checked, with a suggestion when they lead nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsletters import Newsletter, codes


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path)
    made.article("2025-03-10-cible", "## Une partie\n\nTexte\n")
    made.article("sous/2025-03-11-autre")
    made.article("pages/a-propos")
    made.file("content/images/a b.png", b"x")
    return made


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("2025-03-10-cible.md", "/2025/03/cible/"),
        ("2025-03-10-cible", "/2025/03/cible/"),
        ("./sous/2025-03-11-autre.md", "/2025/03/autre/"),
        ("/2025-03-10-cible.md", "/2025/03/cible/"),
        ("2025-03-10-cible.md#une-partie", "/2025/03/cible/#une-partie"),
        ("pages/a-propos.md", "/a-propos/"),
        ("/a-propos/", "/a-propos/"),
        ("/a-propos", "/a-propos"),
        ("/tags/", "/tags/"),
        ("/feed.xml", "/feed.xml"),
        ("images/a%20b.png", "/images/a%20b.png"),
        ("https://exemple.org/x?y=1#z", "https://exemple.org/x?y=1#z"),
        ("mailto:a@exemple.org", "mailto:a@exemple.org"),
        ("#ici", "#ici"),
    ],
)
def test_links_lead_where_the_author_meant(newsletter: Newsletter, link: str, url: str) -> None:
    newsletter.article("2025-03-12-x", f"## Ici\n\n[lien]({link})\n")
    assert newsletter.problems() == ()
    assert f'href="{url}">lien</a>' in newsletter.page("2025/03/x/")


@pytest.mark.parametrize(
    ("body", "code", "known"),
    [
        ("[x](2025-03-10-cibel.md)", "unknown-file", "2025-03-10-cible.md"),
        ("![x](a b.png)", None, None),
        ("![x](<a b.png>)", "unknown-file", "images/a b.png"),
        ("[x](rien-de-tel.pdf)", "missing-file", None),
        ("[x](/a-propo/)", "dead-link", "/a-propos/"),
        ("[x](2025-03-10-cible.md#une-parti)", "dead-anchor", "une-partie"),
        ("[x](../../../etc/passwd)", "missing-file", None),
    ],
)
def test_what_leads_nowhere_is_said_with_its_place(
    newsletter: Newsletter, body: str, code: str | None, known: str | None
) -> None:
    newsletter.file("content/2025-03-12-x.md", f"---\ntitle: X\n---\n\nUn.\n\n{body}\n")
    problems = newsletter.problems()
    assert codes(problems) == ([code] if code else [])
    if code:
        place = problems[0].place
        assert (place.path, place.line) == ("content/2025-03-12-x.md", 7)
        assert problems[0].line_text == body
    if known:
        assert problems[0].facts["known"] == known


def test_all_dead_links_are_said_at_once(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-12-x", "[a](a.md)\n\n[b](b.md)\n")
    newsletter.article("2025-03-13-y", "[c](c.md)\n")
    assert len(newsletter.problems()) == 3


def test_a_scheduled_articles_links_are_checked_today(newsletter: Newsletter) -> None:
    newsletter.article("2030-01-01-x", "[a](a.md)\n")
    assert codes(newsletter.problems()) == ["missing-file"]


def test_links_in_key_points_summaries_and_raw_html_are_resolved_too(
    newsletter: Newsletter,
) -> None:
    newsletter.article(
        "2025-03-12-x",
        '<p><a href="2025-03-10-cible.md">brut</a></p>\n\n**À retenir**\n\n'
        "- 🌟 [point](2025-03-10-cible.md)\n",
        summary='"Un [chapô](2025-03-10-cible.md)"',
        correction='"Une [erreur](2025-03-10-cible.md)"',
    )
    assert newsletter.problems() == ()
    page = newsletter.page("2025/03/x/")
    assert '<a href="/2025/03/cible/">brut</a>' in page
    for text in ("point", "chapô", "erreur"):
        assert f'<a href="/2025/03/cible/">{text}</a>' in page
    for path, data in newsletter.tree().items():
        assert path.startswith("assets/") or b"\x00" not in data, path
