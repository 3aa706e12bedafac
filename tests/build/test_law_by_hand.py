"""The law of builds where it could be broken most easily: each test is a short story of edits."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from law import PARALLEL, SERIAL, build_by_the_law
from newsletters import NOW, Newsletter

from generator.model.diagnostic import Stop
from generator.model.report import Report

BASE = '{% extends "theme/base.html" %}{% block footer %}FOOT{% endblock %}'


@pytest.fixture
def letter(tmp_path: Path) -> Newsletter:
    """Three articles, built."""
    made = Newsletter(tmp_path / "lettre")
    made.config("title: Essai\nbase_url: https://a.example/\nper_page: 2\n")
    for number in (1, 2, 3):
        made.article(f"2025-01-0{number}-a{number}", f"Texte {number}.\n", tags="[IA]")
    ok(build_by_the_law(made))
    return made


def ok(made: Report | Stop) -> Report:
    assert isinstance(made, Report), made
    return made


def stopped(made: Report | Stop, *wanted: str) -> None:
    assert isinstance(made, Stop)
    assert [d.code for d in made.diagnostics] == list(wanted)


class TestArticles:
    """Files that come back, move, or take the place of others."""

    @pytest.mark.parametrize("with_old_times", [False, True], ids=["now", "old-mtime"])
    def test_a_deleted_article_comes_back(self, letter: Newsletter, with_old_times: bool) -> None:
        file, kept = letter.folder / "content/2025-01-02-a2.md", letter.folder.parent / "kept.md"
        (shutil.copy2 if with_old_times else shutil.copy)(file, kept)
        file.unlink()
        assert ok(build_by_the_law(letter)).removed
        (shutil.copy2 if with_old_times else shutil.copy)(kept, file)
        assert "2025/01/a2/index.html" in ok(build_by_the_law(letter)).written

    def test_an_older_text_comes_back_with_its_old_time(self, letter: Newsletter) -> None:
        """As `cp -p` does: the newest time is not the newest text."""
        file, kept = letter.folder / "content/2025-01-02-a2.md", letter.folder.parent / "kept.md"
        shutil.copy2(file, kept)
        letter.article("2025-01-02-a2", "Texte 4.\n", tags="[IA]")
        ok(build_by_the_law(letter))
        shutil.copy2(kept, file)
        ok(build_by_the_law(letter))
        assert "Texte 2." in letter.page("2025/01/a2/")

    def test_two_articles_change_places(self, letter: Newsletter) -> None:
        """A rename keeps size, mtime and inode."""
        one, two = (letter.folder / f"content/2025-01-0{n}-a{n}.md" for n in (1, 2))
        aside = letter.folder / "aside"
        one.rename(aside)
        two.rename(one)
        aside.rename(two)
        ok(build_by_the_law(letter))
        assert "Texte 2." in letter.page("2025/01/a1/")

    def test_a_slug_moves_an_article_and_another_takes_its_address(
        self, letter: Newsletter
    ) -> None:
        letter.article("2025-01-01-a1", "Un.\n", slug="ailleurs")
        letter.article("2025-01-02-a2", "[un](2025-01-01-a1.md)\n", slug="a1")
        ok(build_by_the_law(letter))
        letter.article("2025-01-01-a1", "Un.\n", slug="a2")
        ok(build_by_the_law(letter))
        assert "/2025/01/a2/" in letter.page("2025/01/a1/")

    def test_an_alias_becomes_an_article_and_an_article_an_alias(self, letter: Newsletter) -> None:
        letter.article("2025-01-01-a1", "Un.\n", aliases="[/ancien/]")
        ok(build_by_the_law(letter))
        letter.article("2025-01-01-a1", "Un.\n")
        letter.article("2025-01-04-a4", "Quatre.\n", permalink="/ancien/")
        ok(build_by_the_law(letter))
        assert "Quatre." in letter.page("ancien/")
        (letter.folder / "content/2025-01-04-a4.md").unlink()
        letter.article("2025-01-01-a1", "Un.\n", aliases="[/ancien/, /2025/01/a3/]")
        (letter.folder / "content/2025-01-03-a3.md").unlink()
        ok(build_by_the_law(letter))
        assert "Quatre." not in letter.page("ancien/")

    def test_a_series_tells_of_articles_that_are_no_neighbours(self, letter: Newsletter) -> None:
        letter.article("2024-01-01-premier", "Un.\n", series="S")
        letter.article("2026-01-01-dernier", "Fin.\n", series="S", date="2025-06-01")
        ok(build_by_the_law(letter))
        letter.article("2024-01-01-premier", "Un.\n", series="S", title="Tout autre")
        ok(build_by_the_law(letter))
        assert "Tout autre" in letter.page("2025/06/dernier/")

    def test_an_alias_changes_owner(self, letter: Newsletter) -> None:
        letter.article("2025-01-01-a1", "Un.\n", aliases="[/ancien/]")
        ok(build_by_the_law(letter))
        letter.article("2025-01-01-a1", "Un.\n")
        letter.article("2025-01-02-a2", "Deux.\n", aliases="[/ancien/]")
        ok(build_by_the_law(letter))
        assert "/2025/01/a2/" in letter.page("ancien/")

    def test_an_address_moves_below_itself_and_back(self, letter: Newsletter) -> None:
        for permalink in ("/a/", "/a/b/", "/a/b/c/", "/a/"):
            letter.article("2025-01-01-a1", "Un.\n", permalink=permalink)
            ok(build_by_the_law(letter))

    @pytest.mark.parametrize("names", [("x", "x/y"), ("x/y", "x"), ("x/y/z", "x/y")])
    def test_a_file_becomes_a_folder_and_back(
        self, letter: Newsletter, names: tuple[str, str]
    ) -> None:
        for name in (*names, *names):
            there = letter.folder / "content/x"
            shutil.rmtree(there) if there.is_dir() else there.unlink(missing_ok=True)
            letter.file(f"content/{name}", name)
            ok(build_by_the_law(letter))

    def test_an_article_becomes_a_bundle_and_back(self, letter: Newsletter) -> None:
        file = letter.folder / "content/2025-01-01-a1.md"
        text = "---\ntitle: Un\ndate: 2025-01-01\n---\n![Une image](p.png)\n"
        file.unlink()
        letter.file("content/2025-01-01-a1/index.md", text)
        letter.file("content/2025-01-01-a1/p.png", b"\x89PNG")
        ok(build_by_the_law(letter))
        letter.file("content/2025-01-01-a1/p.png", b"\x89png")
        assert ok(build_by_the_law(letter)).written == ("2025/01/a1/p.png",)
        shutil.rmtree(letter.folder / "content/2025-01-01-a1")
        letter.article("2025-01-01-a1")
        ok(build_by_the_law(letter))
        assert not (letter.folder / "site/2025/01/a1/p.png").exists()

    def test_files_of_a_bundle_come_and_go_with_its_draft_flag(self, letter: Newsletter) -> None:
        letter.file("content/2025-01-04-b/donnees.csv", "a;b\n")
        for draft in ("false", "true", "false"):
            letter.article("2025-01-04-b/index", "Tout.\n", date="2025-01-04", draft=draft)
            ok(build_by_the_law(letter))
            shown = (letter.folder / "site/2025/01/b/donnees.csv").exists()
            assert shown == (draft == "false")

    def test_what_the_author_gives_takes_the_place_of_ours_and_leaves_it(
        self, letter: Newsletter
    ) -> None:
        letter.file("content/robots.txt", "User-agent: *\n")
        letter.file("content/favicon.svg", "<svg/>")
        ok(build_by_the_law(letter))
        (letter.folder / "content/robots.txt").unlink()
        (letter.folder / "content/favicon.svg").unlink()
        ok(build_by_the_law(letter))

    def test_a_link_to_a_folder_is_led_elsewhere(self, letter: Newsletter) -> None:
        for name in ("un", "deux"):
            letter.file(f"content/{name}/t.txt", name)
        link = letter.folder / "content/lien"
        for name in ("un", "deux"):
            link.unlink(missing_ok=True)
            link.symlink_to(name)
            ok(build_by_the_law(letter))
            assert letter.page("lien/t.txt") == name


class TestTemplates:
    """Parts of parts, parts chosen while printing, parts that come and go."""

    def test_an_include_in_an_include(self, letter: Newsletter) -> None:
        letter.file("templates/partials/byline.html", '{% include "partials/own.html" %}')
        for text in ("<p>un</p>", '{% include "partials/deep.html" %}'):
            letter.file("templates/partials/deep.html", "<p>deux</p>")
            letter.file("templates/partials/own.html", text)
            ok(build_by_the_law(letter))
        letter.file("templates/partials/deep.html", "<p>trois</p>")
        ok(build_by_the_law(letter))
        assert "<p>trois</p>" in letter.page("2025/01/a1/")

    def test_an_include_chosen_while_printing(self, letter: Newsletter) -> None:
        choose = '{% set name = "partials/own" ~ ".html" %}{% include name %}'
        letter.file("templates/base.html", BASE.replace("FOOT", choose))
        for text in ("<p>un</p>", "<p>deux</p>"):
            letter.file("templates/partials/own.html", text)
            ok(build_by_the_law(letter))
        assert "<p>deux</p>" in letter.page("2025/01/a1/")

    @pytest.mark.parametrize(
        "choose",
        [
            '{% include "static/icon.svg" %}',
            '{% set name = "static/icon" ~ ".svg" %}{% include name %}',
        ],
        ids=["named", "chosen"],
    )
    def test_an_include_from_static(self, letter: Newsletter, choose: str) -> None:
        letter.file("templates/base.html", BASE.replace("FOOT", choose))
        for text in ("<svg id='un'/>", "<svg id='deux'/>"):
            letter.file("templates/static/icon.svg", text)
            ok(build_by_the_law(letter))
        assert "<svg id='deux'/>" in letter.page("2025/01/a1/")

    def test_an_include_in_an_include_from_static(self, letter: Newsletter) -> None:
        letter.file("templates/base.html", BASE.replace("FOOT", '{% include "static/o.svg" %}'))
        letter.file("templates/static/o.svg", '{% include "static/i.svg" %}')
        for text in ("<svg id='un'/>", "<svg id='deux'/>"):
            letter.file("templates/static/i.svg", text)
            ok(build_by_the_law(letter))
        assert "<svg id='deux'/>" in letter.page("2025/01/a1/")

    def test_a_part_that_may_be_missing_comes_and_goes(self, letter: Newsletter) -> None:
        foot = '{% include ["partials/mine.html", "partials/yours.html"] ignore missing %}'
        letter.file("templates/base.html", BASE.replace("FOOT", foot))
        mine = letter.folder / "templates/partials/mine.html"
        ok(build_by_the_law(letter))
        letter.file("templates/partials/yours.html", "<p>vous</p>")
        ok(build_by_the_law(letter))
        letter.file("templates/partials/mine.html", "<p>moi</p>")
        ok(build_by_the_law(letter))
        mine.unlink()
        ok(build_by_the_law(letter))
        assert "<p>vous</p>" in letter.page("2025/01/a1/")

    def test_macros_that_are_imported(self, letter: Newsletter) -> None:
        foot = '{% from "partials/m.html" import say with context %}{{ say() }}'
        letter.file("templates/base.html", BASE.replace("FOOT", foot))
        for word in ("un", "deux"):
            letter.file(
                "templates/partials/m.html", "{% macro say() %}<p>" + word + "</p>{% endmacro %}"
            )
            ok(build_by_the_law(letter))
        assert "<p>deux</p>" in letter.page("2025/01/a1/")

    def test_a_template_replaces_the_themes_and_leaves_it(self, letter: Newsletter) -> None:
        for name in ("article.html", "tag.html", "listing.html", "base.html"):
            text = '{% extends "theme/' + name + '" %}'
            letter.file(f"templates/{name}", text)
            ok(build_by_the_law(letter))
        shutil.rmtree(letter.folder / "templates")
        ok(build_by_the_law(letter))

    def test_a_template_of_an_article_comes_and_goes(self, letter: Newsletter) -> None:
        own = letter.file("templates/own.html", "<p>{{ page.title }}</p>")
        letter.article("2025-01-01-a1", "Un.\n", template="own.html")
        ok(build_by_the_law(letter))
        own.unlink()
        stopped(build_by_the_law(letter), "missing-template")
        letter.article("2025-01-01-a1", "Un.\n")
        ok(build_by_the_law(letter))

    def test_static_files_and_style_sheets(self, letter: Newsletter) -> None:
        letter.file("templates/static/css/99-own.css", "p { background: url(../i.svg) }")
        for text in ("<svg id='un'/>", "<svg id='deux'/>"):
            letter.file("templates/static/i.svg", text)
            ok(build_by_the_law(letter))
        shutil.rmtree(letter.folder / "templates")
        ok(build_by_the_law(letter))

    def test_extra_of_the_newsletter_and_of_an_article(self, letter: Newsletter) -> None:
        letter.file("templates/own.html", "{{ shell.extra.x }}{{ page.extra.y }}")
        for word in ("un", "deux"):
            letter.config(f"title: Essai\nbase_url: https://a.example/\nextra: {{x: {word}}}\n")
            ok(build_by_the_law(letter))
            letter.article("2025-01-01-a1", template="own.html", extra=f"{{y: {word}!}}")
            ok(build_by_the_law(letter))
        assert letter.page("2025/01/a1/") == "deuxdeux!"


class TestMistakes:
    """A build that stops leaves everything as it was, and the next one is none the worse."""

    @pytest.mark.parametrize(
        ("path", "wrong", "code"),
        [
            ("content/2025-01-02-a2.md", "---\ntitle: [\n---\n", None),
            ("content/2025-01-02-a2.md", b"\xff\xfe", "encoding"),
            ("content/2025-01-02-a2.md", "---\ntitle: A\n---\n[x](rien.md)\n", None),
            ("content/note.txt", "---\ntitle: A\n---\n", "looks-like-an-article"),
            ("newsletter.yaml", "per_page: zero\n", None),
            ("templates/base.html", "{% if %}", "template-error"),
            ("templates/partials/byline.html", "{{ page.titel }}", "template-name"),
        ],
        ids=["yaml", "encoding", "link", "text", "config", "syntax", "name"],
    )
    @pytest.mark.parametrize("how", ["undone", "mended"])
    def test_after_a_mistake(
        self, letter: Newsletter, path: str, wrong: str | bytes, code: str | None, how: str
    ) -> None:
        file = letter.folder / path
        right = file.read_bytes() if file.exists() else None
        letter.file(path, wrong)
        made = build_by_the_law(letter)
        assert isinstance(made, Stop)
        assert code in (None, *(d.code for d in made.diagnostics))
        letter.article("2025-01-05-a5", "Pendant ce temps.\n")
        assert isinstance(build_by_the_law(letter), Stop)
        if right is None:
            file.unlink()
        else:
            file.write_bytes(right if how == "undone" else right + b"\n")
        ok(build_by_the_law(letter))

    def test_with_drafts_and_without_around_a_mistake(self, letter: Newsletter) -> None:
        letter.article("2025-01-04-d", "[x](rien.md)\n", draft="true")
        ok(build_by_the_law(letter))
        assert isinstance(build_by_the_law(letter, drafts=True), Stop)
        ok(build_by_the_law(letter))


class TestQuestions:
    """The same newsletter asked for otherwise."""

    def test_drafts_and_future_between_builds(self, letter: Newsletter) -> None:
        letter.article("2025-01-04-brouillon", "B.\n", draft="true", tags="[IA]")
        letter.article("2026-01-01-demain", "D.\n", tags="[Demain]", aliases="[/vieux/]")
        for asked in ({}, {"drafts": True}, {"future": True}, {"drafts": True, "future": True}, {}):
            ok(build_by_the_law(letter, **asked))
        assert not (letter.folder / "site/2026").exists()

    def test_time_passes_over_a_date_and_an_expiry_and_goes_back(self, letter: Newsletter) -> None:
        letter.article("2025-07-02-bientot", "B.\n", expires="2025-07-05", tags="[Bref]")
        for days in (0, 3, 9, 3, 0):
            ok(build_by_the_law(letter, now=NOW + timedelta(days=days)))
            shown = (letter.folder / "site/2025/07/bientot/index.html").exists()
            assert shown == (days == 3)

    def test_two_outputs_with_one_cache(self, letter: Newsletter) -> None:
        ok(build_by_the_law(letter, output="public"))
        letter.article("2025-01-02-a2", "Changé.\n")
        ok(build_by_the_law(letter))
        letter.article("2025-01-04-a4", "Nouveau.\n")
        ok(build_by_the_law(letter, output="public", drafts=True))
        (letter.folder / "content/2025-01-01-a1.md").unlink()
        ok(build_by_the_law(letter, base_url="https://b.example/x/"))
        ok(build_by_the_law(letter, output="public"))
        ok(build_by_the_law(letter))

    def test_by_one_process_and_by_several(self, letter: Newsletter) -> None:
        all_ways = ((PARALLEL, SERIAL), (SERIAL, PARALLEL), (PARALLEL, PARALLEL))
        for number, ways in enumerate(all_ways):
            letter.article("2025-01-02-a2", f"Texte {number}.\n", tags=f"[T{number}]")
            letter.config(f"title: Essai {number}\nbase_url: https://a.example/\n")
            ok(build_by_the_law(letter, ways))


class TestOutput:
    """What happened to the output since."""

    def test_a_page_was_deleted_and_then_its_article(self, letter: Newsletter) -> None:
        """The folder that is left empty goes too."""
        (letter.folder / "site/2025/01/a2/index.html").unlink()
        (letter.folder / "content/2025-01-02-a2.md").unlink()
        ok(build_by_the_law(letter))

    def test_the_record_was_lost_and_then_an_article(self, letter: Newsletter) -> None:
        (letter.folder / "site/.marbre/manifest.json").unlink()
        (letter.folder / "content/2025-01-02-a2.md").unlink()
        ok(build_by_the_law(letter))

    def test_an_older_output_came_back(self, letter: Newsletter) -> None:
        """As a checkout of a branch that holds the site does."""
        old = letter.folder.parent / "old"
        shutil.copytree(letter.folder / "site", old)
        (letter.folder / "content/2025-01-02-a2.md").unlink()
        letter.article("2025-01-04-a4", "Nouveau.\n")
        ok(build_by_the_law(letter))
        shutil.rmtree(letter.folder / "site")
        shutil.copytree(old, letter.folder / "site")
        ok(build_by_the_law(letter))

    def test_a_page_became_a_link_to_the_same(self, letter: Newsletter) -> None:
        page = letter.folder / "site/2025/01/a2/index.html"
        page.rename(letter.folder / "content-of-a2")
        page.symlink_to(letter.folder / "content-of-a2")
        ok(build_by_the_law(letter))
        assert not page.is_symlink()


class TestCache:
    """What happened to the cache since."""

    def test_an_older_cache_came_back(self, letter: Newsletter) -> None:
        old = letter.folder.parent / "old"
        shutil.copytree(letter.folder / ".cache", old)
        letter.article("2025-01-02-a2", "Changé.\n")
        ok(build_by_the_law(letter))
        (letter.folder / "content/2025-01-03-a3.md").unlink()
        ok(build_by_the_law(letter))
        shutil.rmtree(letter.folder / ".cache")
        shutil.copytree(old, letter.folder / ".cache")
        ok(build_by_the_law(letter))

    def test_damage_in_its_middle_is_said_once(self, letter: Newsletter) -> None:
        for number in range(40):
            letter.article(f"2024-01-01-b{number}", f"Texte {number}.\n" * 50)
        ok(build_by_the_law(letter))
        shelf = letter.folder / ".cache/articles.sqlite"
        data = bytearray(shelf.read_bytes())
        for page in range(2, len(data) // 4096, 3):
            data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
        shelf.write_bytes(data)
        first = ok(build_by_the_law(letter))
        assert [d.code for d in first.diagnostics] == ["cache-damaged"]
        assert ok(build_by_the_law(letter)).diagnostics == ()
        assert ok(build_by_the_law(letter)).diagnostics == ()
