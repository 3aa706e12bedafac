"""Key points are data: written once in the article, used wherever a reader looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from newsletters import Newsletter
from selectolax.lexbor import LexborHTMLParser

BODY = """Premier paragraphe.

Points clés :
🌟 Un point *vif*
🇪🇺 Un autre & un lien [là](/tags/)

Dernier paragraphe.
"""


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path)
    made.config("title: Essai\nbase_url: https://exemple.fr/\n")
    made.article("2025-03-10-a", BODY, title="Avec")
    made.article("2025-03-09-b", "Rien à retenir.\n", title="Sans")
    made.article("2025-03-08-c", BODY.replace("vif", "lointain"), title="Avant")
    return made


def order(page: str, *words: str) -> list[str]:
    return re.findall("|".join(words), page.partition("<main")[2])


def test_at_the_top_of_the_article(newsletter: Newsletter) -> None:
    newsletter.build()
    page = newsletter.page("2025/03/a/")
    assert order(page, "vif", "Premier", "Dernier")[:3] == ["vif", "Premier", "Dernier"]
    callout = LexborHTMLParser(page).css_first("aside.keypoints")
    assert callout is not None
    assert [mark.text() for mark in callout.css(".mark")] == ["🌟", "🇪🇺"]
    assert all(mark.attributes["aria-hidden"] == "true" for mark in callout.css(".mark"))
    assert page.partition("<main")[2].count("vif") == 1, "taken out of the text"


def test_where_the_author_wrote_them(newsletter: Newsletter) -> None:
    newsletter.config("base_url: https://exemple.fr/\nkey_points: {position: inline}\n")
    newsletter.build()
    page = newsletter.page("2025/03/a/")
    assert order(page, "vif", "Premier", "Dernier")[:3] == ["Premier", "vif", "Dernier"]


def test_on_the_front_page_with_the_lead_alone(newsletter: Newsletter) -> None:
    newsletter.build()
    front = LexborHTMLParser(newsletter.page(""))
    assert len(front.css("aside.keypoints")) == 1
    lead = front.css_first(".lead aside.keypoints")
    assert lead is not None
    assert "Un point vif" in lead.text()
    rail = front.css_first(".brief")
    assert rail is not None
    assert "Un point lointain" in rail.text()


def test_in_cards_when_asked(newsletter: Newsletter) -> None:
    newsletter.config("base_url: https://exemple.fr/\nkey_points: {cards: true}\n")
    newsletter.build()
    listed = LexborHTMLParser(newsletter.page("")).css_first(".latest")
    assert listed is not None
    assert "Un autre & un lien là" in listed.text()


def test_in_the_briefing_by_day(newsletter: Newsletter) -> None:
    newsletter.build()
    page = newsletter.page("essentiel/")
    assert order(page, "10 mars 2025", "vif", "8 mars 2025", "lointain") == [
        *("10 mars 2025", "vif"),
        *("8 mars 2025", "lointain"),
    ]
    assert "Sans" not in page.partition("<main")[2]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a", "Un point vif Un autre & un lien là"), ("b", "Rien à retenir.")],
)
def test_in_the_description_when_there_is_no_summary(
    newsletter: Newsletter, name: str, wanted: str
) -> None:
    newsletter.build()
    head = LexborHTMLParser(newsletter.page(f"2025/03/{name}/"))
    meta = head.css_first("meta[name=description]")
    assert meta is not None
    assert meta.attributes["content"] == wanted


def test_a_summary_comes_first_in_the_description(newsletter: Newsletter) -> None:
    newsletter.article("2025-03-10-a", BODY, summary="Le chapô")
    newsletter.build()
    assert '<meta name="description" content="Le chapô">' in newsletter.page("2025/03/a/")
