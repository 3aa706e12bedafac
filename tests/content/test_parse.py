"""A file to an article: title, date, slug, and what is said when they are missing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from reader import codes, read

from generator.engine import digest
from generator.model.article import Article, Parsed

PARIS = ZoneInfo("Europe/Paris")


def article(text: str, path: str = "content/2025-03-10-cas.md", **changed: object) -> Article:
    parsed = read(text, path, **changed)
    assert parsed.article, parsed.problems
    return parsed.article


def test_title_is_asked_for() -> None:
    parsed = read("---\ndraft: true\n---\nTexte.")
    assert (parsed.article, codes(parsed)) == (None, ["missing-title"])


def test_pages_need_a_title_but_no_date() -> None:
    assert codes(read("---\ndraft: true\n---\n", "content/pages/a.md")) == ["missing-title"]
    assert article("Texte.", "content/pages/a-propos.md").date is None


@pytest.mark.parametrize(
    "path",
    ["content/2025-03-10-x.md", "content/a/2025-03-10-x.md", "content/2025-03-10-x/index.md"],
)
def test_date_and_slug_from_the_name(path: str) -> None:
    made = article("Texte.", path)
    assert made.date == datetime(2025, 3, 10, tzinfo=PARIS)
    assert made.slug == "x"
    assert not made.has_time


def test_front_matter_date_wins() -> None:
    made = article("---\ntitle: T\ndate: 2025-04-01 08:30\n---\n")
    assert made.date == datetime(2025, 4, 1, 8, 30, tzinfo=PARIS)
    assert made.has_time


def test_date_is_asked_for() -> None:
    assert codes(read("Texte.", "content/cas.md")) == ["missing-date"]


@pytest.mark.parametrize("stem", ["2025-02-30-cas", "2025-13-45", "0000-01-01_cas"])
def test_a_day_that_does_not_exist_is_said(stem: str) -> None:
    (problem,) = read("Texte.", f"content/{stem}.md").problems
    assert (problem.code, problem.facts) == ("name-no-such-day", {"day": stem[:10]})
    assert codes(read("---\ntitle: T\ndate: 2025-03-10\n---\n", f"content/{stem}.md")) == []
    assert codes(read("Texte.", f"content/pages/{stem}.md")) == []


def test_what_has_no_effect_on_a_page_is_said() -> None:
    head = "---\ntitle: T\ntags: [A, B]\nseries: S\nfeatured: true\nsources: [https://a.fr]\n---\n"
    parsed = read(head, "content/pages/a.md")
    assert codes(parsed) == ["page-key-unused"] * 3
    assert [p.facts["key"] for p in parsed.problems] == ["tags", "series", "featured"]
    assert [p.place.line for p in parsed.problems] == [3, 4, 5]
    assert codes(read(head)) == []
    assert (
        codes(read("---\ntitle: T\ntags: []\nfeatured: false\n---\n", "content/pages/a.md")) == []
    )


def test_titles_of_sources_are_typeset_and_addresses_are_not() -> None:
    head = (
        '---\ntitle: T\nsources:\n  - "L\'étude : où ?": https://a.fr\n  - https://a.fr/x--y\n---\n'
    )
    assert [(s.title, s.url) for s in article(head).sources] == [
        ("L’étude\u00a0: où\u202f?", "https://a.fr"),
        ("a.fr/x--y", "https://a.fr/x--y"),
    ]
    assert article(head, typography=False).sources[0].title == "L'étude : où ?"


def test_everything_missing_is_said_at_once() -> None:
    assert codes(read("---\ndraft: true\n---\n", "content/cas.md")) == [
        "missing-title",
        "missing-date",
    ]


def test_what_front_matter_has_already_said_is_not_said_twice() -> None:
    parsed = read("---\ntitle: T\ndate: hier\n---\n", "content/cas.md")
    assert "missing-date" not in codes(parsed)
    assert parsed.article is None


@pytest.mark.parametrize(
    ("head", "path", "slug"),
    [
        ("title: T\nslug: mon-adresse", "content/2025-03-10-x.md", "mon-adresse"),
        ("title: T", "content/2025-03-10-L'été à 10 %.md", "l-ete-a-10-pour-cent"),
        ("title: Un titre à lui", "content/2025-03-10.md", "un-titre-a-lui"),
        ("title: T", "content/pages/a-propos.md", "a-propos"),
    ],
)
def test_slug(head: str, path: str, slug: str) -> None:
    assert article(f"---\n{head}\n---\n", path).slug == slug


def test_slug_that_had_to_change_is_said() -> None:
    parsed = read("---\ntitle: T\nslug: Été 2025\n---\n")
    assert parsed.article
    assert parsed.article.slug == "ete-2025"
    assert codes(parsed) == ["slug-changed"]


def test_empty_slug() -> None:
    assert codes(read("---\ntitle: '???'\ndate: 2025-03-10\n---\n", "content/….md")) == [
        "empty-slug"
    ]


def test_digest_is_of_the_body_alone() -> None:
    one, other = read("Texte."), read("---\ntitle: Autre\n---\nTexte.")
    assert one.article
    assert other.article
    assert one.article.digest == other.article.digest == digest.of_value(one.body)
    assert article("Un autre texte.").digest != one.article.digest


def test_words_of_body_and_points() -> None:
    text = "---\ntitle: T\nkey_points: [Un deux]\n---\nTrois *quatre* !\n\n- cinq\n"
    assert article(text).words == 5


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Un", 1),
        ("L'IA, aujourd'hui", 2),
        ("« Un » : deux ! Trois ?", 3),
        ("Un -- deux – trois - quatre", 4),
        ("Un  deux\ntrois\tquatre", 4),
        ("![image](a.png) mot", 1),
    ],
)
def test_counting_words(text: str, count: int) -> None:
    assert article(text).words == count
    assert article(text, typography=False).words == count


def test_excerpt_is_the_first_paragraph_cut_at_a_word() -> None:
    assert article("## Titre\n\nUn *mot* et [lien](a.md).\n\nSuite.").excerpt == "Un mot et lien."
    long = article("mot " * 100).excerpt
    assert len(long) <= 200
    assert long.endswith("mot…")


def test_summary_as_text_and_html() -> None:
    made = article('---\ntitle: T\nsummary: "Un *chapô* avec [lien](a.md)"\n---\n')
    assert made.summary == "Un chapô avec lien"
    assert made.summary_html == "Un <em>chapô</em> avec <a\x000\x00>lien</a>"


def test_flags() -> None:
    assert article("```\nx\n```").has_code
    assert article("[TOC]\n\n## A").has_toc
    plain = article("Texte.")
    assert not plain.has_code
    assert not plain.has_toc


def test_anchors_hold_every_id() -> None:
    made = article('{#a}\nUn.\n\n## B {#c}\n\n## B\n\n<p id="d">x</p>')
    assert set(made.anchors) == {"a", "b", "c", "d"}
    assert [(h.level, h.id, h.text) for h in made.headings] == [(2, "c", "B"), (2, "b", "B")]


def test_parsed_travels_between_processes() -> None:
    parsed = read("Un [lien](a.md).\n\nPoints clés :\n- Un")
    packed = msgspec.msgpack.encode(parsed)
    assert msgspec.msgpack.decode(packed, type=Parsed) == parsed


def test_same_text_gives_the_same_bytes_in_any_order() -> None:
    first = read("[a](b.md)[^1]\n\n[^1]: n")
    read("```python\nx\n```\n\n[z]: autre.md")
    assert read("[a](b.md)[^1]\n\n[^1]: n") == first
