"""Key points in every form of PRODUCT.md, and what only looks like them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from newsletters import Newsletter
from reader import codes, points, read, shown

from generator.config.schema import Config, KeyPointsConfig
from generator.content.settings import settings_for
from generator.model.article import Body

UN_DEUX = [("", "Un"), ("", "Deux")]
EMOJI = [("🌟", "Un"), ("🔍", "Deux")]
LIST = "- Un\n- Deux\n"
LINES = "🌟 Un\n🔍 Deux\n"

FORMS = {
    "plain label, colon, French space": ("Points clés :\n\n" + LIST, UN_DEUX),
    "no-break space before the colon": ("Points clés\u00a0:\n\n" + LIST, UN_DEUX),
    "without colon": ("Points clés\n\n" + LIST, UN_DEUX),
    "without accents, in capitals": ("POINTS CLES :\n\n" + LIST, UN_DEUX),
    "bold": ("**À retenir**\n\n" + LIST, UN_DEUX),
    "bold, colon inside": ("**À retenir :**\n\n" + LIST, UN_DEUX),
    "bold, colon outside": ("**À retenir** :\n\n" + LIST, UN_DEUX),
    "bold with underscores": ("__À retenir__\n\n" + LIST, UN_DEUX),
    "heading": ("## Key points\n\n" + LIST, UN_DEUX),
    "heading of level 6": ("###### Points clés :\n" + LIST, UN_DEUX),
    "underlined heading": ("Points clés\n---\n\n" + LIST, UN_DEUX),
    "heading in bold": ("## **Points clés**\n\n" + LIST, UN_DEUX),
    "heading with an emoji": ("## 📌 Points clés\n\n" + LIST, UN_DEUX),
    "TL;DR": ("TL;DR\n\n" + LIST, UN_DEUX),
    "apostrophe of either style": ("Ce qu'il faut retenir :\n\n" + LIST, UN_DEUX),
    "typographic apostrophe": ("Ce qu’il faut retenir :\n\n" + LIST, UN_DEUX),
    "numbers": ("Points clés :\n\n1. Un\n2. Deux\n", UN_DEUX),
    "list without a blank line": ("Points clés :\n" + LIST, UN_DEUX),
    "list with emoji": ("Points clés :\n- 🌟 Un\n- 🔍 Deux\n", EMOJI),
    "loose list": ("Points clés :\n\n- Un\n\n- Deux\n", UN_DEUX),
    "emoji lines": ("Points clés :\n\n" + LINES, EMOJI),
    "emoji lines in the label's paragraph": ("Points clés :\n" + LINES, EMOJI),
    "emoji paragraphs": ("Points clés :\n\n🌟 Un\n\n🔍 Deux\n", EMOJI),
    "heading, emoji paragraphs": ("### À retenir\n\n🌟 Un\n\n🔍 Deux\n", EMOJI),
    "the first in the label's paragraph": ("Points clés :\n🌟 Un\n\n🔍 Deux\n", EMOJI),
    "bold emoji": ("Points clés :\n**🌟** Un\n🔍 **Deux**\n", EMOJI),
    "container": ("::: points-cles\n" + LIST + ":::\n", UN_DEUX),
    "container in English": ("::: key-points\n\n" + LIST + "\n:::\n", UN_DEUX),
    "container with an accent": ("::: points-clés\n" + LIST + ":::\n", UN_DEUX),
    "container of emoji lines": ("::: points-cles\n" + LINES + ":::\n", EMOJI),
    "container of paragraphs": ("::: points-cles\nUn\n\nDeux\n:::\n", UN_DEUX),
}


@pytest.mark.parametrize(("typed", "expected"), FORMS.values(), ids=FORMS)
def test_form(typed: str, expected: list[tuple[str, str]]) -> None:
    parsed = read(f"Avant.\n\n{typed}\nAprès.")
    assert points(parsed) == expected
    assert parsed.body
    assert parsed.body.before == "<p>Avant.</p>\n"
    assert parsed.body.after == "<p>Après.</p>\n"
    assert codes(parsed) == []


@pytest.mark.parametrize("typed", [LINES, LIST], ids=["emoji lines", "list"])
def test_label_at_the_end_of_a_longer_paragraph(typed: str) -> None:
    parsed = read(f"Une phrase.\nEt une autre.\nPoints clés :\n{typed}\nAprès.")
    assert shown(parsed) == "<p>Une phrase.\nEt une autre.</p>\n<p>Après.</p>\n"
    assert [text for _, text in points(parsed)] == ["Un", "Deux"]


def test_front_matter_list() -> None:
    parsed = read('---\ntitle: T\nkey_points:\n  - "🌟 Un *mot*"\n  - Deux\n---\nTexte.')
    assert points(parsed) == [("🌟", "Un mot"), ("", "Deux")]
    assert parsed.article
    assert parsed.article.key_points[0].html == "Un <em>mot</em>"


def test_configured_labels_count_too() -> None:
    assert points(read("En deux mots\n\n- Un", labels=("En deux mots",))) == [("", "Un")]


@pytest.mark.parametrize("label", ["En clair :", "En clair\u202f:", "**En clair**", "🌟 En clair"])
def test_a_configured_label_may_be_dressed_as_in_the_text(label: str) -> None:
    configured = settings_for(Config(key_points=KeyPointsConfig(labels=(label, ":"))))
    assert points(read("En clair :\n\n- Un", settings=configured)) == [("", "Un")]
    assert points(read("**\n\n- Un", settings=configured)) == []


def test_points_of_the_front_matter_stand_above_the_text() -> None:
    body = read("---\ntitle: T\nkey_points: [Un]\n---\nTexte.\n\nSuite.").body
    assert body == Body("", "<p>Texte.</p>\n<p>Suite.</p>\n")


@pytest.mark.parametrize("name", ["2025-03-10-a", "pages/a"])
@pytest.mark.parametrize("position", ["top", "inline"])
def test_where_the_callout_is_shown(tmp_path: Path, name: str, position: str) -> None:
    newsletter = Newsletter(tmp_path)
    newsletter.config(f"key_points: {{position: {position}}}")

    def order(body: str, **matter: object) -> list[str]:
        newsletter.article(name, body, title="T", permalink="/a/", **matter)
        newsletter.build()
        return re.findall(r'<aside class="keypoints|<p>(?:Avant|Après)', newsletter.page("a/"))

    callout = '<aside class="keypoints'
    where = [callout, "<p>Avant"] if position == "top" else ["<p>Avant", callout]
    assert order("Avant.\n\nPoints clés :\n- Un\n\nAprès.\n") == [*where, "<p>Après"]
    assert order("Avant.\n\nAprès.\n", key_points="[Un]") == [callout, "<p>Avant", "<p>Après"]
    assert order("Points clés :\n- Un\n\nAprès.\n") == [callout, "<p>Après"]


EMPTY = {
    "front matter, flow": ("---\ntitle: T\nkey_points: [Un, 🌟]\n---\n", 3),
    "front matter, list": ('---\ntitle: T\nkey_points:\n  - "🌟"\n  - Un\n---\n', 4),
    "front matter, block": ("---\ntitle: T\nkey_points: |\n  Un\n  - **🌟**\n---\n", 5),
    "list": ("Points clés :\n- Un\n- 🌟\n", 6),
    "lines": ("Points clés :\n🌟 Un\n🔍\n", 6),
    "only a note's call": ("Points clés :\n- Un\n- 🌟 ^[Une note.]\n", 6),
}


@pytest.mark.parametrize(("typed", "line"), EMPTY.values(), ids=EMPTY)
def test_a_point_without_text_is_left_out(typed: str, line: int) -> None:
    parsed = read(typed)
    assert [text for _, text in points(parsed)] == ["Un"]
    problem = next(p for p in parsed.problems if p.code == "key-point-empty")
    assert (problem.severity, problem.place.line) == ("warning", line)
    assert "🌟" in problem.line_text or "🔍" in problem.line_text


def test_both_places_are_joined_front_matter_first() -> None:
    parsed = read("---\ntitle: T\nkey_points: [Un]\n---\nPoints clés :\n- Deux\n")
    assert points(parsed) == UN_DEUX
    assert codes(parsed) == ["key-points-both"]


def test_second_group_stays_in_the_text() -> None:
    parsed = read("Points clés :\n- Un\n- Deux\n\nTexte.\n\n## À retenir\n\n- Trois\n")
    assert points(parsed) == UN_DEUX
    assert "<li>Trois</li>" in shown(parsed)
    assert codes(parsed) == ["key-points-twice"]
    assert str(parsed.problems[0].place) == "content/2025-03-10-cas.md:10"


def test_sections_after_a_heading_label_stay() -> None:
    parsed = read("## À retenir\n\n- Un\n- Deux\n\n## Suite\n\nTexte.")
    assert points(parsed) == UN_DEUX
    assert shown(parsed) == '<h2 id="suite">Suite</h2>\n<p>Texte.</p>\n'


def test_text_right_after_pasted_points_is_text() -> None:
    parsed = read("Points clés :\n🌟 Un point entier.\n🔍 Un autre.\nSource : une agence.")
    assert points(parsed) == [("🌟", "Un point entier."), ("🔍", "Un autre.")]
    assert shown(parsed) == "<p>Source\u00a0: une agence.</p>\n"


def test_a_wrapped_point_goes_on() -> None:
    parsed = read("Points clés :\n🌟 Un point que l'éditeur\na coupé.\n🔍 Deux\n")
    assert points(parsed) == [("🌟", "Un point que l’éditeur a coupé."), ("🔍", "Deux")]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Points clés :\n\n- Un", ""),
        ("**À retenir**\n\n- Un", "À retenir"),
        ("::: key-points [L'essentiel *du jour*]\n- Un\n:::", "L’essentiel du jour"),
        (
            "::: key-points [Le `point` & [*le lien*](a.md) !]\n- Un\n:::",
            "Le point & le lien\u202f!",
        ),
        ("::: points-cles\n- Un\n:::", ""),
    ],
)
def test_title_is_the_authors_own_or_empty(typed: str, title: str) -> None:
    article = read(typed).article
    assert article
    assert article.key_points_title == title


def test_points_hold_markdown_and_references() -> None:
    parsed = read("Points clés :\n- 🌟 Voir [là](a.md) et `x`\n\nTexte.")
    assert parsed.article
    assert parsed.article.key_points[0].html == "Voir <a\x000\x00>là</a> et <code>x</code>"
    assert str(parsed.article.refs[0].place) == "content/2025-03-10-cas.md:5:15"


NOT_POINTS = {
    "bold label and a paragraph": ("**Points clés**\n\nTexte.", ["key-points-empty"]),
    "label with a colon and a paragraph": ("Points clés :\n\nTexte.", ["key-points-empty"]),
    "heading and a paragraph": ("## Points clés\n\nTexte.", ["key-points-empty"]),
    "bare label and a paragraph": ("Points clés\n\nTexte.", []),
    "the words in a sentence": ("Les trois points clés :\ntexte suivi\n\n- Un", []),
    "a label inside a sentence": ("Voici les points clés : un.\n\n- Un", []),
    "in a quotation": ("> Points clés :\n> - Un", []),
    "in a list": ("- Points clés :\n  - Un", []),
    "in another container": ("::: note\nPoints clés :\n- Un\n:::", []),
    "items that hold more than text": ("Points clés :\n- Un\n  - sous\n", ["key-points-empty"]),
    "a container that is not closed": ("::: points-cles\n- Un\n", ["container-unclosed"]),
    "a container with a heading": ("::: points-cles\n## T\n- Un\n:::\n", ["key-points-empty"]),
    "signs that are no emoji": ("Points clés :\n© Un\n→ Deux\n1 Trois\n", ["key-points-empty"]),
}


@pytest.mark.parametrize(("typed", "problems"), NOT_POINTS.values(), ids=NOT_POINTS)
def test_not_key_points(typed: str, problems: list[str]) -> None:
    parsed = read(typed)
    assert points(parsed) == []
    assert codes(parsed) == problems
