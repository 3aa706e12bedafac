"""An edited text is planned alone, and only when nothing else can have changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from law import build_by_the_law
from newsletters import NOW, Newsletter

from generator import pipeline
from generator.contracts import OutputKind, Plugin
from generator.model.report import Report

FIRST = "content/2025-01-01-a1.md"
PAGE = "2025/01/a1/index.html"


@pytest.fixture
def letter(tmp_path: Path) -> Newsletter:
    """Three articles that lead to one another, a page and a file, built twice: once the shelf has
    stood for a while, its signatures are trusted.
    """
    made = Newsletter(tmp_path / "lettre")
    made.config("title: Essai\nbase_url: https://a.example/\nper_page: 2\n")
    for number in (1, 2, 3):
        made.article(
            f"2025-01-0{number}-a{number}",
            f"Texte {number}.\n\n[deux](/2025-01-02-a2.md)\n",
            tags=f"[IA, T{number}]",
            summary="Un chapô.",
        )
    made.article("pages/a-propos", "Nous.\n")
    made.file("content/x.csv", "a;b\n")
    build_by_the_law(made)
    build_by_the_law(made)
    return made


@pytest.fixture
def surveys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each build that surveys all of the newsletter."""
    found: list[str] = []

    def survey(*values: object) -> object:
        found.append("survey")
        return whole(*values)

    whole: Callable[..., object] = pipeline.survey
    monkeypatch.setattr(pipeline, "survey", survey)
    return found


def write_on(letter: Newsletter, text: str, path: str = FIRST) -> None:
    file = letter.folder / path
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def by_the_law(letter: Newsletter, **asked: object) -> None:
    assert isinstance(build_by_the_law(letter, **asked), Report)


def test_of_an_edited_text_its_page_and_its_feeds_are_made(
    letter: Newsletter, surveys: list[str]
) -> None:
    write_on(letter, "\nEncore.\n")
    made = letter.build()
    assert not surveys
    own = {"feed.xml", "atom.xml", "feed.json"}
    assert set(made.written) == {PAGE, *own, "tags/ia/feed.xml", "tags/t1/feed.xml"}
    assert "Encore." in letter.page("tags/t1/feed.xml")
    assert made.articles == 3
    by_the_law(letter)


def test_edit_after_edit(letter: Newsletter, surveys: list[str]) -> None:
    for number in range(3):
        write_on(letter, f"\nEncore {number}.\n", f"content/2025-01-0{number + 1}-a{number + 1}.md")
        write_on(letter, "\nEncore.\n", "content/pages/a-propos.md")
        made = letter.build()
        assert f"2025/01/a{number + 1}/index.html" in made.written
        assert "a-propos/index.html" in made.written
    assert not surveys
    by_the_law(letter)


def test_why_is_said(letter: Newsletter) -> None:
    write_on(letter, "\nEncore.\n")
    assert dict(letter.build().why)[PAGE] == "article, text"


def test_a_touched_file_is_no_edit(letter: Newsletter, surveys: list[str]) -> None:
    (letter.folder / FIRST).touch()
    assert not letter.build().written
    assert not surveys


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: 2025-01-01-a1", "title: Autre"),
        ("[IA, T1]", "[IA, T2]"),
        ("Un chapô.", "Autre."),
        ("summary:", "updated: 2025-01-05\nsummary:"),
        ("summary:", "noindex: true\nsummary:"),
        ("/2025-01-02-a2.md", "/2025-01-03-a3.md"),
        ("/2025-01-02-a2.md", "/tags/"),
        ("/2025-01-02-a2.md", "/nulle-part/"),
        ("Texte", "## Titre\n\nTexte"),
        ("Texte", "Points clés :\n🌟 Un point\n🔍 Un autre\n\nTexte"),
        ("Texte", "mot " * 500),
    ],
)
def test_what_others_may_know_is_planned(
    letter: Newsletter, surveys: list[str], old: str, new: str
) -> None:
    file = letter.folder / FIRST
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    build_by_the_law(letter)
    assert len(surveys) == 2, "the one that is clean, and this"


def files(letter: Newsletter) -> None:
    letter.file("content/x.csv", "a;c\n")


def configuration(letter: Newsletter) -> None:
    letter.config("title: Autre\nbase_url: https://a.example/\nper_page: 2\n")


def template(letter: Newsletter) -> None:
    letter.file("templates/partials/byline.html", "<p>par</p>")


def new_article(letter: Newsletter) -> None:
    letter.article("2025-01-04-a4")


def gone_article(letter: Newsletter) -> None:
    (letter.folder / "content/2025-01-03-a3.md").unlink()


def lost_output(letter: Newsletter) -> None:
    (letter.folder / "site/tags/index.html").unlink()


def changed_output(letter: Newsletter) -> None:
    letter.file("site/tags/index.html", "Autre chose.")


def lost_outline(letter: Newsletter) -> None:
    for file in (letter.folder / ".cache").glob("outline-*"):
        file.unlink()


def damaged_outline(letter: Newsletter) -> None:
    for file in (letter.folder / ".cache").glob("outline-*"):
        file.write_bytes(file.read_bytes().replace(b"T1", b"T2"))


@pytest.mark.parametrize(
    "change",
    [
        *(files, configuration, template, new_article, gone_article),
        *(lost_output, changed_output, lost_outline, damaged_outline),
    ],
)
def test_with_any_other_change_everything_is_planned(
    letter: Newsletter, surveys: list[str], change: Callable[[Newsletter], object]
) -> None:
    write_on(letter, "\nEncore.\n")
    change(letter)
    build_by_the_law(letter)
    assert len(surveys) == 2, "the one that is clean, and this"


def test_what_another_build_has_read_in_the_meantime_is_planned(letter: Newsletter) -> None:
    """The shelf is common to all outputs; what each was planned from is not."""
    letter.build(output=str(letter.folder / ".cache/preview-1"))
    letter.article("2025-01-02-a2", "Tout autre.\n", summary="Un autre chapô.")
    letter.build(output=str(letter.folder / ".cache/preview-1"))
    write_on(letter, "\nEncore.\n")
    by_the_law(letter)


def test_time_is_planned(letter: Newsletter) -> None:
    """An update that its author announced for tomorrow shows in the feed tomorrow."""
    tomorrow = NOW + timedelta(days=1)
    letter.article("2025-01-02-a2", updated=tomorrow.isoformat(), summary="Un chapô.")
    by_the_law(letter)
    write_on(letter, "\nEncore.\n")
    by_the_law(letter, now=tomorrow)
    write_on(letter, "\nEncore.\n")
    by_the_law(letter, now=NOW - timedelta(days=200))


def test_a_draft_that_is_edited_is_nowhere(letter: Newsletter, surveys: list[str]) -> None:
    draft = "content/2025-01-05-a5.md"
    letter.article("2025-01-05-a5", draft="true", summary="Un chapô.")
    letter.build()
    surveys.clear()
    write_on(letter, "\nEncore.\n", draft)
    made = letter.build()
    assert not surveys
    assert not made.written
    assert [held.path for held in made.held] == [draft]
    by_the_law(letter)


def test_an_article_that_was_complained_of_is_planned(letter: Newsletter) -> None:
    write_on(letter, '\n<a href="/nulle-part/">là</a>\n')
    assert letter.build().diagnostics
    write_on(letter, "\nEncore.\n")
    by_the_law(letter)
    write_on(letter, "\nEncore.\n", "content/2025-01-02-a2.md")
    assert letter.build().diagnostics, "the other's mistake is still there"
    by_the_law(letter)


def test_a_plugin_that_does_not_say_what_it_knows_is_planned(
    letter: Newsletter, surveys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = OutputKind("own", lambda site: (), lambda job, theme, bodies: b"")
    monkeypatch.setattr(pipeline, "installed", lambda: (Plugin("own", outputs=(kind,)),))
    letter.build()
    write_on(letter, "\nEncore.\n")
    letter.build()
    assert len(surveys) == 2
