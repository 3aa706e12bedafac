"""What the newsletter's templates/ may hold: UTF-8 text, and whatever lies about."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsletters import Newsletter

from generator.theme.layers import read_layers


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path)
    made.article("2025-03-10-a")
    return made


@pytest.mark.parametrize(
    ("path", "data", "place"),
    [
        ("article.html", "<p>\n\nété</p>".encode("latin-1"), ":3"),
        ("partials/ours.html", "<p>é</p>".encode("utf-16"), ":1"),
        ("static/css/99-ours.css", "a{}\n/* é */".encode("latin-1"), ":2"),
    ],
)
def test_a_file_that_is_not_utf_8_is_one_problem_beside_the_others(
    newsletter: Newsletter, path: str, data: bytes, place: str
) -> None:
    newsletter.file(f"templates/{path}", data)
    newsletter.article("2025-03-11-b", date="hier")
    told = {(p.code, str(p.place)) for p in newsletter.problems()}
    assert told == {
        ("encoding", f"templates/{path}{place}"),
        ("front-matter-type", "content/2025-03-11-b.md:3:7"),
    }


def test_pictures_and_other_files_among_the_templates_are_no_templates(
    newsletter: Newsletter,
) -> None:
    newsletter.file("templates/Thumbs.db", b"\xff\x00\xfe")
    newsletter.file("templates/static/logo.png", b"\x89PNG\xff")
    assert newsletter.problems() == ()


def test_a_byte_order_mark_is_not_printed(newsletter: Newsletter) -> None:
    text = '{% extends "theme/article.html" %}'
    newsletter.file("templates/article.html", text.encode("utf-8-sig"))
    newsletter.build()
    assert newsletter.page("2025/03/a/").startswith("<!doctype html>")


def test_a_newsletter_without_templates_has_the_theme(tmp_path: Path) -> None:
    layers, problems = read_layers(tmp_path)
    assert problems == ()
    assert {"article.html", "base.html"} <= set(layers.templates)
