"""One gate in front of every output: what is held back leaves no trace."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from newsletters import NOW, Newsletter, codes

SECRET = "zibeline"
"""A word that no template and no other article has."""


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path)
    made.article("2025-06-01-public", tags="IA, Europe")
    return made


HELD = {
    "draft": "draft: true\ndate: 2025-05-01\n",
    "scheduled": "date: 2025-07-01\n",
    "expired": "date: 2025-05-01\nexpires: 2025-06-15\n",
}
WRITTEN = (
    f"title: {SECRET} titre\nslug: {SECRET}-slug\ntags: [{SECRET}-tag, IA]\n"
    f"summary: {SECRET} chapô\nauthors: [{SECRET} auteur]\n"
    f"series: {SECRET} série\naliases: [/{SECRET}-alias/]\n"
    f"key_points: ['🌟 {SECRET} point']\ncorrection: {SECRET} erreur\n"
)


@pytest.mark.parametrize("why", HELD)
def test_no_text_of_a_held_article_is_anywhere(newsletter: Newsletter, why: str) -> None:
    newsletter.file(
        f"content/{SECRET}/index.md",
        f"---\n{WRITTEN}{HELD[why]}---\n{SECRET} corps ![{SECRET}](photo.png)\n",
    )
    newsletter.file(f"content/{SECRET}/photo.png", f"{SECRET}")
    report = newsletter.build()
    assert [h.status for h in report.held] == [why]
    for path, data in newsletter.tree().items():
        assert SECRET not in path
        assert SECRET.encode() not in data, f"{path} tells of a {why} article"


@pytest.mark.parametrize(
    ("why", "asked"), [("draft", {"drafts": True}), ("scheduled", {"future": True})]
)
def test_a_preview_shows_it_with_a_ribbon_and_hides_it_from_search_engines(
    newsletter: Newsletter, why: str, asked: dict[str, bool]
) -> None:
    newsletter.file("content/x.md", f"---\n{WRITTEN}{HELD[why]}---\nCorps\n")
    newsletter.build(**asked)
    folder = "2025/05" if why == "draft" else "2025/07"
    page = newsletter.page(f"{folder}/{SECRET}-slug/")
    assert 'name="robots" content="noindex"' in page
    assert "ribbon" in page


@pytest.mark.parametrize(
    "name",
    ["#d.md#", "d.md~", "d.md.bak", "d.md.orig", ".d.md.swp", "d.md___jb_tmp___", "4913", ".#d.md"],
)
def test_what_editors_leave_behind_is_not_published(newsletter: Newsletter, name: str) -> None:
    newsletter.file(f"content/{name}", f"---\ntitle: {SECRET}\ndraft: true\n---\n{SECRET}\n")
    newsletter.build()
    assert not any(SECRET.encode() in data for data in newsletter.tree().values())


@pytest.mark.parametrize("name", ["d.txt", "d.md.txt", "d.mdx", "d", "d.html"])
def test_an_article_under_another_name_is_not_copied(newsletter: Newsletter, name: str) -> None:
    newsletter.file(f"content/{name}", f"---\ntitle: {SECRET}\ndraft: true\n---\n{SECRET}\n")
    assert codes(newsletter.problems()) == ["looks-like-an-article"]
    assert codes(newsletter.problems()) == ["looks-like-an-article"], "the second time too"


def test_a_picture_of_a_draft_cannot_be_borrowed(newsletter: Newsletter) -> None:
    newsletter.article("brouillon/index", draft="true", date="2025-01-01")
    newsletter.file("content/brouillon/p.png", "p")
    newsletter.article("2025-06-02-b", "![x](brouillon/p.png)\n")
    assert codes(newsletter.problems()) == ["image-held"]


def test_it_appears_when_its_time_has_come(newsletter: Newsletter) -> None:
    newsletter.article("2025-07-01-demain")
    newsletter.build()
    assert "demain" not in newsletter.page("")
    report = newsletter.build(now=NOW + timedelta(days=1))
    assert report.held == ()
    assert "demain" in newsletter.page("")


def test_a_date_alone_is_midnight_in_the_newsletters_zone(newsletter: Newsletter) -> None:
    newsletter.config("timezone: Pacific/Auckland\n")  # noon in Paris is 22:00 there
    newsletter.article("2025-07-01-demain")
    assert newsletter.build(now=NOW + timedelta(hours=1)).held != ()
    assert newsletter.build(now=NOW + timedelta(hours=2)).held == ()


def test_a_link_to_a_held_article_becomes_text(newsletter: Newsletter) -> None:
    newsletter.article("brouillon", draft="true", date="2025-01-01")
    newsletter.article("2025-06-02-b", "Voir [ceci](brouillon.md).\n")
    assert codes(newsletter.problems()) == ["link-held"]
    assert "Voir <a>ceci</a>." in newsletter.page("2025/06/b/")


@settings(max_examples=20, deadline=None)
@given(
    draft=st.booleans(),
    date=st.integers(-3, 3),
    expires=st.none() | st.integers(-3, 3),
)
@example(draft=False, date=0, expires=None)
@example(draft=False, date=-1, expires=0)
def test_visible_is_what_the_dates_say(
    tmp_path_factory: pytest.TempPathFactory, draft: bool, date: int, expires: int | None
) -> None:
    newsletter = Newsletter(tmp_path_factory.mktemp("lettre"))
    newsletter.article(
        "x",
        draft=str(draft).lower(),
        date=(NOW + timedelta(hours=date)).isoformat(),
        expires=None if expires is None else (NOW + timedelta(hours=expires)).isoformat(),
    )
    newsletter.build()
    visible = not draft and date <= 0 and (expires is None or expires > 0)
    assert (newsletter.folder / "site/2025/06/x/index.html").exists() == visible
