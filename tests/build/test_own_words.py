"""A newsletter's `locales/<code>.yaml`: other words for ours, another language, and mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from law import build_by_the_law
from newsletters import Newsletter, codes

from generator.model.report import Report
from generator.serve.memory import Memory
from generator.sources import read_sources

ESPERANTO = """\
name: Esperanto
labels: [Ĉefaj punktoj]
words:
  home: Ĉefpaĝo
  archives: Arkivo
  key_points: Ĉefaj punktoj
  articles:
    one: "{n} artikolo"
    other: "{n} artikoloj"
  slug_subscribe: aboni
"""


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path)
    made.article("2025-03-10-a", "Ĉefaj punktoj\n\n- Unu\n- Du\n\nTeksto.\n", tags="[x]")
    return made


def test_a_language_that_marbre_lacks(newsletter: Newsletter) -> None:
    newsletter.config("language: eo\n")
    newsletter.file("locales/eo.yaml", ESPERANTO)
    assert codes(newsletter.build().diagnostics) == []
    front = newsletter.page("")
    assert "Ĉefpaĝo" in front
    assert "Subscribe" in front  # what the table leaves out
    assert "1 artikolo<" in newsletter.page("tags/x/")
    assert newsletter.page("aboni/")
    assert '<h2 id="key_points">Ĉefaj punktoj</h2>' in newsletter.page("2025/03/a/")


def test_single_words_of_ours(newsletter: Newsletter) -> None:
    newsletter.file("locales/fr.yaml", "words:\n  home: Accueil\n")
    newsletter.build()
    front = newsletter.page("")
    assert "Accueil" in front
    assert "À la une" not in front
    assert "S’abonner" in front


def test_a_variant_adds_to_its_language(newsletter: Newsletter) -> None:
    newsletter.config("language: fr-CA\n")
    newsletter.file("locales/fr.yaml", "words:\n  home: Accueil\n  archives: Anciens\n")
    newsletter.file("locales/fr-CA.yaml", "words:\n  home: La une\n")
    newsletter.build()
    front = newsletter.page("")
    assert "La une" in front
    assert "Anciens" in front
    assert "Accueil" not in front


def test_an_article_in_another_language_uses_its_words(newsletter: Newsletter) -> None:
    newsletter.file("locales/ar.yaml", "words:\n  key_points: نقاط\n  alert_note: علامة\n")
    newsletter.article(
        "2025-03-11-b", "> [!NOTE]\n> نص\n\nنص.\n", lang="ar", key_points="[أ]", correction="x"
    )
    newsletter.build()
    page = newsletter.page("2025/03/b/")
    assert ">نقاط</h2>" in page
    assert "علامة" in page
    assert "<h2>نقاط</h2>" in newsletter.page("feed.xml").replace("&lt;", "<").replace("&gt;", ">")


EDITS = (
    ("fr", "words:\n  home: Accueil\n"),
    ("fr", "words:\n  key_points: Trois points\n"),
    ("de", "words:\n  key_points: Drei Punkte\n  alert_note: Merke\n  sources: Woher\n"),
    ("de", "dir: rtl\n"),
    ("fr", "labels: [Ĉefaj punktoj]\n"),
    ("fr", None),
    ("de", None),
)


def test_an_edit_rebuilds_what_a_clean_build_would_make(tmp_path: Path) -> None:
    newsletter = Newsletter(tmp_path / "lettre")
    newsletter.article("2025-03-10-a", "Ĉefaj punktoj\n\n- Un\n- Deux\n\nTexte.\n")
    newsletter.article(
        "2025-03-11-b", "> [!NOTE]\n> Text\n\nText.\n", lang="de", key_points="[Eins]"
    )
    newsletter.build()
    seen = [read_sources(newsletter.folder, None)]
    for lang, text in EDITS:
        file = newsletter.folder / f"locales/{lang}.yaml"
        if text is None:
            file.unlink()
        else:
            newsletter.file(f"locales/{lang}.yaml", text)
        report = build_by_the_law(newsletter)
        assert isinstance(report, Report)
        seen.append(read_sources(newsletter.folder, None))
        assert report.sources == seen[-1] != seen[-2]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("- a\n", "yaml-no-keys", "1:1"),
        ("wrods:\n  home: X\n", "unknown-key", "1:1"),
        ("words: X\n", "not-a-mapping", "1:8"),
        ("words:\n  hom: X\n", "unknown-key", "2:3"),
        ("words:\n  home: A\n  home: B\n", "locale-twice", "3:3"),
        ('words:\n  page_n: "Page {m}"\n', "locale-placeholder", "2:11"),
        ('words:\n  page_n: "Page {n.real}"\n', "locale-placeholder", "2:11"),
        ('words:\n  page_n: "Page {}"\n', "locale-placeholder", "2:11"),
        ('words:\n  page_n: "Page {n:>99999999}"\n', "locale-braces", "2:11"),
        ('words:\n  page_n: "Page {n"\n', "locale-braces", "2:11"),
        ('words:\n  articles: "{n} textes"\n', "locale-not-plural", "2:13"),
        ("words:\n  articles:\n    other: X\n", "locale-plural-missing", "3:5"),
        ("words:\n  slug_briefing: L’essentiel\n", "locale-slug", "2:18"),
        ("dir: up\n", "not-a-choice", "1:6"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    newsletter: Newsletter, text: str, code: str, place: str
) -> None:
    newsletter.file("locales/fr.yaml", text)
    problems = newsletter.problems()
    assert codes(problems) == [code]
    assert str(problems[0].place) == f"locales/fr.yaml:{place}"
    assert problems[0].severity == "error"


def test_what_is_missing_is_named(newsletter: Newsletter) -> None:
    newsletter.file("locales/pl.yaml", 'words:\n  articles:\n    one: "a"\n    other: "b"\n')
    (problem,) = newsletter.problems()
    assert dict(problem.values)["missing"] == "few, many"


def test_a_file_is_called_by_its_language(newsletter: Newsletter) -> None:
    newsletter.file("locales/notes perso.yaml", "words: {}\n")
    newsletter.file("locales/.fr.yaml.swp", "x")
    newsletter.file("locales/fr.yaml~", "x")
    newsletter.file("locales/README.md", "x")
    problems = newsletter.problems()
    assert [(p.code, str(p.place)) for p in problems] == [
        ("locale-file-name", "locales/notes perso.yaml")
    ]


def test_the_preview_watches_the_words(newsletter: Newsletter) -> None:
    memory = Memory(newsletter.folder)
    newsletter.file("locales/fr.yaml", "words:\n  home: Accueil\n")
    assert memory.concerns("locales/fr.yaml")
    assert memory.changed(["locales"]) == ("locales/fr.yaml",)
