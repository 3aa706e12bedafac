"""The front matter: every name, every leniency, every trap, and where mistakes are."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content.front_matter import Matter, read_front_matter
from generator.content.other_words import ALIASES
from generator.model.article import Enclosure, SourceLink
from generator.model.diagnostic import Diagnostic, Place
from generator.model.front_matter import FrontMatter

PARIS = ZoneInfo("Europe/Paris")


def read(head: str, body: str = "") -> Matter:
    return read_front_matter(f"---\n{head}\n---\n{body}", "content/a.md", PARIS, "fr")


def matter(head: str) -> FrontMatter:
    found = read(head)
    assert found.problems == ()
    assert found.matter is not None
    return found.matter


def problem(head: str) -> Diagnostic:
    (found,) = read(head).problems
    return found


def understood(head: str) -> tuple[FrontMatter, Diagnostic]:
    """Front matter that only lacks quotes, and the one warning about it."""
    found = read(head)
    (warning,) = found.problems
    assert (warning.code, warning.severity) == ("unquoted-text", "warning")
    assert found.matter is not None
    return found.matter, warning


# Where the front matter is


@pytest.mark.parametrize(
    ("text", "body", "body_line"),
    [
        ("---\ntitle: A\n---\nText\n", "Text\n", 4),
        ("---  \ntitle: A\n--- \nText\n", "Text\n", 4),
        ("---\ntitle: A\n...\n\nText", "\nText", 4),
        ("---\ntitle: A\n---", "", 3),
        ("---\ntitle: A\n---\n", "", 4),
        ("---\ntitle: A\n# a comment\n\n---\nText\n\n---\n\nMore", "Text\n\n---\n\nMore", 6),
    ],
)
def test_it_stands_between_lines_of_three_hyphens(text: str, body: str, body_line: int) -> None:
    found = read_front_matter(text, "a.md", PARIS, "fr")
    assert found.matter == FrontMatter(title="A")
    assert (found.body, found.body_line, found.problems) == (body, body_line, ())


@pytest.mark.parametrize("text", ["", "Text\n", "Text\n---\ntitle: A\n---\n", "----\nA", "--- a\n"])
def test_without_front_matter_everything_is_body(text: str) -> None:
    assert read_front_matter(text, "a.md", PARIS, "fr") == Matter(FrontMatter(), text, 1)


@pytest.mark.parametrize("text", ["---\n---\nText", "---\n\n---\nText", "---\n# later\n---\nText"])
def test_empty_front_matter_is_fine(text: str) -> None:
    found = read_front_matter(text, "a.md", PARIS, "fr")
    assert (found.matter, found.body, found.problems) == (FrontMatter(), "Text", ())


def test_unclosed_front_matter_is_an_error() -> None:
    found = read_front_matter("---\ntitle: A\n\nText\n", "a.md", PARIS, "fr")
    assert found.matter is None
    assert [(p.code, str(p.place)) for p in found.problems] == [("front-matter-unclosed", "a.md:1")]


def test_toml_is_named_for_what_it_is() -> None:
    found = read_front_matter('+++\ntitle = "A"\n+++\n', "a.md", PARIS, "fr")
    assert [p.code for p in found.problems] == ["front-matter-toml"]


# What may be in it


def test_everything_at_once() -> None:
    assert matter("""title: Le titre
date: 2025-03-10 08:30
updated: 2025-03-11
expires: 31 décembre 2025
draft: no
slug: le-titre
permalink: /le-titre/
aliases: [/ancien/, /plus-ancien/]
tags: IA, Open source
authors: [Anne, Bob]
summary: >-
  Une phrase
  sur deux lignes.
key_points:
  - 🌟 Un
  - Deux
image: une.jpg
image_alt: Une vue
lang: en
translation_key: titre
series: Une série
featured: true
sources:
  - title: Le Monde
    url: https://lemonde.fr/
correction: Faux, puis vrai.
enclosure: {url: son.mp3, length: 12, type: audio/mpeg}
guid: "1"
template: long.html
noindex: oui
extra: {niveau: 3}""") == FrontMatter(
        title="Le titre",
        date=datetime(2025, 3, 10, 8, 30, tzinfo=PARIS),
        updated=datetime(2025, 3, 11, tzinfo=PARIS),
        expires=datetime(2025, 12, 31, tzinfo=PARIS),
        slug="le-titre",
        permalink="/le-titre/",
        aliases=("/ancien/", "/plus-ancien/"),
        tags=("IA", "Open source"),
        authors=("Anne", "Bob"),
        summary="Une phrase sur deux lignes.",
        key_points=("🌟 Un", "Deux"),
        image="une.jpg",
        image_alt="Une vue",
        lang="en",
        translation_key="titre",
        series="Une série",
        featured=True,
        sources=(SourceLink("Le Monde", "https://lemonde.fr/"),),
        correction="Faux, puis vrai.",
        enclosure=Enclosure("son.mp3", 12, "audio/mpeg"),
        guid="1",
        template="long.html",
        noindex=True,
        extra={"niveau": 3},
    )


VALUES: dict[str, tuple[str, Any]] = {
    "date": ("2025-03-10", datetime(2025, 3, 10, tzinfo=PARIS)),
    "updated": ("2025-03-10", datetime(2025, 3, 10, tzinfo=PARIS)),
    "expires": ("2025-03-10", datetime(2025, 3, 10, tzinfo=PARIS)),
    "draft": ("true", True),
    "featured": ("true", True),
    "lang": ("en", "en"),
    "sources": ("[https://a.example/]", (SourceLink("a.example", "https://a.example/"),)),
    "enclosure": ("a.mp3", Enclosure("a.mp3")),
    **dict.fromkeys(("aliases", "tags", "authors", "key_points"), ("[A]", ("A",))),
}


@pytest.mark.parametrize(("name", "key"), ALIASES.items())
def test_every_other_name_of_a_key(name: str, key: str) -> None:
    typed, expected = VALUES.get(key, ("A", "A"))
    typed = "draft" if ALIASES[name] == "draft" and name.startswith("stat") else typed
    assert getattr(matter(f"{name}: {typed}"), key) == expected


@pytest.mark.parametrize(
    "name",
    ["points_cles", "points clés", "Points-Clés", "POINTS CLES", "pointsClés", "points\u00a0clés"],
)
def test_keys_compare_without_case_accents_hyphens_and_spaces(name: str) -> None:
    assert matter(f"{name}: [A]").key_points == ("A",)


def test_french_keys_work_in_every_newsletter() -> None:
    found = read_front_matter("---\ntitre: A\n---\n", "a.md", PARIS, "en")
    assert (found.matter, found.problems) == (FrontMatter(title="A"), ())


@pytest.mark.parametrize(
    ("head", "draft"),
    [
        ("published: false", True),
        ("published: true", False),
        ("publié: non", True),
        ("status: draft", True),
        ("status: hidden", True),
        ("status: Private", True),
        ("statut: brouillon", True),
        ("status: published", False),
        ("draft: yes\nstatus: draft", True),
        ("draft: false\npublished: true", False),
    ],
)
def test_drafts_have_other_names_elsewhere(head: str, draft: bool) -> None:
    assert matter(head).draft is draft


def test_published_may_be_a_date() -> None:
    assert matter("published: 2025-03-10").date == datetime(2025, 3, 10, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ("categories: [A, B]", ("A", "B")),
        ("category: A", ("A",)),
        ("tags: [A]\ncategories: [B, A]", ("A", "B")),
        ("categories: B, C\ntags: A, B", ("A", "B", "C")),
        ("étiquettes: A\ncatégories: B", ("A", "B")),
        ("tags: A\ncategories:", ("A",)),
        ("tags: 2024, no, 0123", ("2024", "no", "0123")),
        ("tags: [2024, no, 0123, 12:30]", ("2024", "no", "0123", "12:30")),
    ],
)
def test_categories_become_tags(head: str, tags: tuple[str, ...]) -> None:
    assert matter(head).tags == tags


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("author: Anne", ("Anne",)),
        ("auteur: Anne, Bob", ("Anne, Bob",)),
        ("authors: [Anne, Bob]", ("Anne", "Bob")),
        ("author: Anne\nauthors: [Bob, Anne]", ("Anne", "Bob")),
        ("author: {name: Anne, email: anne@example.org}", ("Anne",)),
        ("authors:\n  - name: Anne\n    url: https://a.example/\n  - Bob", ("Anne", "Bob")),
    ],
)
def test_authors_are_names(head: str, authors: tuple[str, ...]) -> None:
    assert matter(head).authors == authors


def test_key_points_may_be_lines_of_one_text() -> None:
    assert matter("key_points: |\n  - 🌟 Un\n  • Deux\n\n  Trois").key_points == (
        "🌟 Un",
        "Deux",
        "Trois",
    )


def test_an_image_may_bring_its_alternative_text() -> None:
    found = matter("cover: {image: a.jpg, alt: Une vue}")
    assert (found.image, found.image_alt) == ("a.jpg", "Une vue")


MONDE = SourceLink("Le Monde", "https://lemonde.fr/a")


@pytest.mark.parametrize(
    "item",
    [
        "{title: Le Monde, url: https://lemonde.fr/a}",
        "{titre: Le Monde, lien: https://lemonde.fr/a}",
        "{name: Le Monde, href: https://lemonde.fr/a}",
        "{name: Le Monde, link: https://lemonde.fr/a}",
        "'[Le Monde](https://lemonde.fr/a)'",
        "'[Le Monde](<https://lemonde.fr/a> \"Un journal\")'",
        "Le Monde, https://lemonde.fr/a",
        "Le Monde : https://lemonde.fr/a",
        "Le Monde — <https://lemonde.fr/a>",
    ],
)
def test_sources_have_many_forms(item: str) -> None:
    assert matter(f"sources:\n  - {item}").sources == (MONDE,)


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("https://www.lemonde.fr/economie/", "lemonde.fr/economie"),
        ("<https://lemonde.fr/>", "lemonde.fr"),
        ("{url: https://lemonde.fr/}", "lemonde.fr"),
        ("mailto:a@example.org", "a@example.org"),
    ],
)
def test_a_source_without_title_is_called_by_its_address(item: str, title: str) -> None:
    assert matter(f"sources:\n  - {item}").sources[0].title == title


def test_a_markdown_link_without_quotes_is_understood() -> None:
    found, _ = understood("sources:\n  - [Le Monde](https://lemonde.fr/a)")
    assert found.sources == (MONDE,)


@pytest.mark.parametrize("nothing", ["", " ~", ' ""', " null"])
def test_an_empty_value_was_not_given(nothing: str) -> None:
    keys = FrontMatter.__struct_fields__
    assert matter("\n".join(f"{key}:{nothing}" for key in keys)) == FrontMatter()


@pytest.mark.parametrize("typed", ["no", "12:30", "0123", "2024", "1.10", "2025-03-10", "L'IA"])
def test_a_text_is_what_was_typed(typed: str) -> None:
    assert matter(f"title: {typed}").title == typed
    assert matter(f"series: {typed}").series == typed


@pytest.mark.parametrize(
    ("typed", "has_time"),
    [("2025-03-10", False), ("2025-03-10 08:30", True), ("10 mars 2025", False)],
)
def test_whether_the_date_has_a_time_is_known(typed: str, has_time: bool) -> None:
    assert read(f"date: {typed}\nupdated: 2025-03-11 10:00").has_time is has_time


# What YAML would not understand


@pytest.mark.parametrize(
    "typed",
    [
        "IA : le point",
        "IA: le point",
        "IA : le point : la suite",
        "L'IA : l'État",
        "Le point :",
        '"IA" : le point',
        '"IA" et le point',
        "«\u00a0IA\u00a0» : le point",
        "[Exclusif] IA",
        "[IA] : le point",
        "@marbre en parle",
        "`code` et texte",
        "*Nature* publie",
        "**Nature** publie",
        "*Nature* : le point",
        "& Cie",
        "! Alerte : le point",
        "%s est vide",
        "> citation",
        "- un tiret",
        "Numéro #12",
        "Numéro #12 : le point",
        "#IA",
        "IA : le C# et le #12",
    ],
)
def test_a_title_without_quotes_is_the_text_that_was_typed(typed: str) -> None:
    found, warning = understood(f"date: 2025-03-10\ntitle: {typed}\nlang: en")
    assert found.title == typed
    assert (found.date, found.lang) == (datetime(2025, 3, 10, tzinfo=PARIS), "en")
    assert warning.place.line == 3
    assert warning.line_text == f"title: {typed}"
    assert matter(warning.facts["quoted"]).title == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("'L'IA change'", "L'IA change"), ('"Il dit "oui" à tout"', 'Il dit "oui" à tout')],
)
def test_quotes_within_the_same_quotes(typed: str, meant: str) -> None:
    assert understood(f"title: {typed}")[0].title == meant


@pytest.mark.parametrize(
    ("head", "meant"),
    [
        ("title:\n  IA : le point", "IA : le point"),
        ("title: IA : le point\n  de la semaine", "IA : le point de la semaine"),
        ("title: Le point\n  sur l'IA : la suite", "Le point sur l'IA : la suite"),
        ("title: IA : le point # à relire", "IA : le point"),
        ("title:\u00a0IA : le point", "IA : le point"),
        ("title :  IA : le point", "IA : le point"),
    ],
)
def test_a_text_may_go_on_and_have_a_comment(head: str, meant: str) -> None:
    assert understood(head)[0].title == meant


def test_a_no_break_space_after_a_key_is_a_space() -> None:
    assert matter("title:\u00a0IA\nslug: ia") == FrontMatter(title="IA", slug="ia")


@pytest.mark.parametrize("key", ["summary", "series", "image_alt", "correction", "slug"])
def test_every_text_may_have_a_colon(key: str) -> None:
    assert getattr(understood(f"{key}: IA : le point")[0], key) == "IA : le point"


def test_items_of_lists_may_have_colons() -> None:
    found, warning = understood("""title: A
key_points:
  - 🌟 Microsoft : le plan
  - Microsoft: le plan
  - À retenir :
  - Microsoft : le plan : la suite
  - Meta : le plan
    va plus loin
  - "Google : le plan"
""")
    assert found.key_points == (
        "🌟 Microsoft : le plan",
        "Microsoft: le plan",
        "À retenir :",
        "Microsoft : le plan : la suite",
        "Meta : le plan va plus loin",
        "Google : le plan",
    )
    assert warning.facts["quoted"].startswith('- "')


def test_items_that_yaml_reads_as_mappings() -> None:
    found, warning = understood("tags: [IA : le point, B]\nkey_points:\n  - 🌟 IA : le plan")
    assert found.tags == ("IA : le point", "B")
    assert found.key_points == ("🌟 IA : le plan",)
    assert warning.place == Place("content/a.md", 2, 8)
    assert warning.facts["quoted"] == '"IA : le point"'


def test_sources_keep_their_keys_when_a_title_has_a_colon() -> None:
    found, _ = understood("sources:\n  - titre : Le Monde : un\n    lien : https://lemonde.fr/")
    assert found.sources == (SourceLink("Le Monde : un", "https://lemonde.fr/"),)


def test_hashtags_are_no_comments() -> None:
    assert understood("tags: #ia, #robots")[0].tags == ("#ia", "#robots")
    assert matter("tags: IA # à compléter").tags == ("IA",)


def test_quotes_are_explained_once_for_a_file() -> None:
    head = "title: A : b\nsummary: C : d\nkey_points:\n  - E : f\n  - G : h"
    assert understood(head)[1].place == Place("content/a.md", 2, 8)


def test_what_needs_no_quotes_gets_none() -> None:
    """Block texts and quoted texts are not touched when another line lacks its quotes."""
    found, _ = understood("""title: A : b
summary: |
  title: C : d
  - E : f
series: "G : h
  title: I : j"
""")
    assert found.summary == "title: C : d\n- E : f"
    assert found.series == "G : h title: I : j"


# What is wrong


@pytest.mark.parametrize(
    ("head", "code", "place", "values"),
    [
        ("date: 10 mars", "front-matter-type", "2:7", {"key": "date", "value": "10 mars"}),
        ("pubDate: soon", "front-matter-type", "2:10", {"key": "pubDate", "value": "soon"}),
        ("date: 2025-02-30", "front-matter-type", "2:7", {"value": "2025-02-30"}),
        ("date: [2025]", "front-matter-type", "2:7", {"value": "[2025]"}),
        ("date: {a: b}", "front-matter-type", "2:7", {"value": "{a: b}"}),
        ("tilte: A", "unknown-key", "2:1", {"key": "tilte", "nearest": "title"}),
        ("étiquete: A", "unknown-key", "2:1", {"nearest": "étiquette"}),
        ("title: A\ntitre: B", "duplicate-key", "3:1", {"key": "titre", "first_line": "2"}),
        ("title: A\ntitle: A", "duplicate-key", "3:1", {"first": "title"}),
        ("date: 2025-03-10\npubDate: 2025-03-11", "duplicate-key", "3:1", {"key": "pubDate"}),
        ("draft: true\nstatus: published", "duplicate-key", "3:1", {"key": "status"}),
        ("summary: A\ndescription: B", "duplicate-key", "3:1", {"first": "summary"}),
        ("author: A\nauteur: B", "duplicate-key", "3:1", {}),
        ("status: maybe", "not-a-choice", "2:9", {"key": "status", "value": "maybe"}),
        ("draft: peut-être", "not-a-boolean", "2:8", {"value": "peut-être"}),
        ("title: {a: b}", "not-a-text", "2:8", {"key": "title"}),
        ("extra: A", "not-a-mapping", "2:8", {"key": "extra"}),
        ("lang: français", "not-a-language", "2:7", {"value": "français"}),
        ("sources: ['javascript:alert(1)']", "not-a-url", "2:11", {"key": "sources.1"}),
        ("sources: [data:text/html]", "not-a-url", "2:11", {}),
        ("sources: [www.lemonde.fr]", "not-a-url", "2:11", {"value": "www.lemonde.fr"}),
        ("sources: ['[A](file:///etc/passwd)']", "not-a-url", "2:11", {}),
        ("sources: [{title: A}]", "missing-key", "2:11", {"key": "sources.1.url"}),
        ("sources: [{title: A, ulr: x}]", "unknown-key", "2:22", {"nearest": "url"}),
        ("enclosure: 'javascript:x'", "not-a-url", "2:12", {"key": "enclosure"}),
        ("enclosure: //evil.example/a", "not-a-url", "2:12", {}),
        ("enclosure: {length: 3}", "missing-key", "2:12", {"key": "enclosure.url"}),
        ("enclosure: {url: a, length: 3 Mo}", "not-a-number", "2:29", {"value": "3 Mo"}),
        ("enclosure: {url: a, length: -3}", "number-too-small", "2:12", {"least": "0"}),
        ("title: !!python/name:os.system x", "yaml-tag", "2:8", {}),
        ("- title", "yaml-no-keys", "2:1", {}),
        ("title", "yaml-no-keys", "2:1", {}),
        ("title: A\n\tdate: 2025", "yaml-tab", "3:1", {}),
        ('title: "A', "yaml-quote", "2:8", {}),
        ("date: 2025-03-10\ntitle: 'A", "yaml-quote", "3:8", {}),
        ("tags: [A, B", "yaml-bracket", "2:7", {}),
        ("tags: [A B]]", "yaml-indentation", "2:12", {}),
        ("title: A\n  date: 2025-03-10", "yaml-colon", "3:7", {}),
        ("title: A\nLe reste", "yaml-no-colon", "4:1", {}),
        ("title: *nature", "yaml-alias", "2:8", {}),
        ('title: "C:\\qemu"', "yaml-escape", "2:11", {}),
        ("title: A\nextra: &a [*a]", "yaml-too-large", "2:1", {}),
        (f"extra: {'[' * 100}", "yaml-too-deep", "2:57", {}),
    ],
)
def test_mistakes_are_said_where_they_are(
    head: str, code: str, place: str, values: dict[str, str]
) -> None:
    errors = [p for p in read(head).problems if p.severity == "error"]
    found = next(p for p in errors if p.code == code)
    assert str(found.place) == f"content/a.md:{place}"
    assert values.items() <= found.facts.items()
    lines = ["---", *head.split("\n"), "---"]
    assert found.line_text in (lines[found.place.line - 1], "")


def test_two_names_may_agree() -> None:
    assert matter("date: 2025-03-10\npubDate: 2025-03-10").date is not None
    assert matter("summary: A\ndescription: A").summary == "A"


def test_everything_wrong_is_said_at_once() -> None:
    """Even what follows YAML that cannot be read."""
    found = read("""title: "A
date: 10 mars
tags: [A, B
colour: red
draft: peut-être""")
    assert [(p.place.line, p.code) for p in found.problems] == [
        (2, "yaml-quote"),
        (3, "front-matter-type"),
        (4, "yaml-bracket"),
        (5, "unknown-key-unlike"),
        (6, "not-a-boolean"),
    ]
    assert found.matter is None


def test_what_is_right_is_kept_beside_what_is_wrong() -> None:
    found = read("title: A\ndate: 10 mars")
    assert found.matter == FrontMatter(title="A")
    assert set(found.places) == {"title", "date"}


def test_places_are_those_of_the_values() -> None:
    assert read("titre: A\n\ntags:\n  - B").places == {
        "title": Place("content/a.md", 2, 8),
        "tags": Place("content/a.md", 5, 3),
    }


def test_columns_count_characters() -> None:
    assert problem("extra: {🌟é: 1, 🌟é: 2}").place.column == 16


@pytest.mark.parametrize(
    "character", ["\x08", "\x1f", "\x7f", "\x9f", "\ufeff", "\ufffe", "\ud800"]
)
def test_what_is_no_text_is_taken_out_with_a_warning(character: str) -> None:
    found = read(f"title: Mi{character}crosoft\ndate: 10{character} mars")
    assert found.matter == FrontMatter(title="Microsoft")
    assert [(p.code, p.severity, str(p.place)) for p in found.problems] == [
        ("control-character", "warning", "content/a.md:2:10"),
        ("front-matter-type", "error", "content/a.md:3:7"),
        ("control-character", "warning", "content/a.md:3:9"),
    ]
    assert all(character not in p.line_text for p in found.problems)


def test_a_line_separator_is_a_space() -> None:
    found = read("title: A\u2028B\ndate: 2025-03-10")
    assert found.matter is not None
    assert (found.matter.title, found.matter.date is None) == ("A B", False)


def test_an_escaped_nul_is_taken_out_too() -> None:
    found = read('title: "A\\0B"')
    assert found.matter == FrontMatter(title="AB")
    assert [p.code for p in found.problems] == ["control-character"]


# Laws

LINES = st.sampled_from(
    [
        "title: A",
        "title: ",
        "titre: B : c",
        "date: 10 mars",
        "tags: [A",
        "- x",
        "  - y : z",
        "summary: |",
        "x",
    ]
)
SIGNS = st.sampled_from([*"ab:-#'\"[]{}|>&*!%@`?,. \t\n\u00a0\u2028\x00"])


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read_front_matter(text, "a.md", PARIS, "fr")
    read(text)


@settings(deadline=None)
@given(st.lists(LINES | st.text(SIGNS, max_size=12), max_size=8))
def test_any_mess_becomes_diagnostics(lines: list[str]) -> None:
    found = read("\n".join(lines))
    assert found.matter is not None or any(p.severity == "error" for p in found.problems)


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\r"), max_size=200))
def test_the_body_is_never_touched(body: str) -> None:
    found = read("title: A", body)
    assert (found.body, found.body_line) == (body, 4)


WORDS = st.text(st.sampled_from("abÉé ’'«»:;!?.,#0129-"), min_size=1, max_size=30)


@settings(deadline=None)
@given(WORDS.map(lambda text: "A" + " ".join(text.split())))
def test_a_sentence_is_read_as_typed(text: str) -> None:
    """With or without quotes: a title is what its author typed, except for a comment."""
    found = read(f"title: {text}\nlang: fr").matter
    comment = " # " in f"{text} " or " ##" in text
    assert found is not None
    assert comment or found == FrontMatter(title=text, lang="fr")
