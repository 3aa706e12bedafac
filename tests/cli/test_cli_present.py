"""How a diagnostic is shown: pure functions, so the same in a terminal, in JSON, in a browser."""

from __future__ import annotations

import pytest
from msgspec import to_builtins

from generator.cli.present import columns, count_line, excerpt, lines, notice, notices
from generator.cli.words import Words
from generator.model.diagnostic import Diagnostic, Place, error, warning

FR, EN = Words("fr"), Words("en")


def shown(diagnostic: Diagnostic, words: Words) -> str:
    text = "\n".join(lines(notice(diagnostic, words), words))
    return text.replace("\u00a0", " ")


def test_place_line_caret_and_hint():
    problem = error("no-newsletter", Place("a.md", 4, 7), line_text="date: 10 mars", folder="ici")
    assert shown(problem, FR) == (
        "a.md:4:7: erreur[no-newsletter] il n’y a pas de lettre dans ici : "
        "ni content/ ni newsletter.yaml\n"
        "    date: 10 mars\n"
        "          ^\n"
        "  conseil : pour en commencer une : marbre init"
    )
    assert shown(problem, EN).splitlines()[-1] == "  hint: to begin one: marbre init"


def test_a_file_as_a_whole_has_no_caret():
    problem = warning("read-only", Place("a.md"), path="/x")
    assert shown(problem, EN) == "a.md: warning[read-only] this disk is read-only: /x"


def test_nowhere_has_no_place():
    assert shown(error("disk-full", path="/x"), EN).startswith("error[disk-full] the disk")


def test_an_unknown_code_shows_itself_and_its_values():
    problem = error("not-in-any-table", Place("a.md", 3), name="x", other=3)
    assert shown(problem, FR) == "a.md:3: erreur[not-in-any-table] name: x, other: 3"


def test_a_language_without_tables_reads_english():
    assert Words("eo").say("severity.error") == "error"
    assert Words("fr-CA").say("severity.error") == "erreur"


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("title: a", 8, ("title: a", "       ^")),
        ("    - x: y", 7, ("- x: y", "  ^")),
        ("é́tat", 3, ("é́tat", " ^")),
        ("日本語", 3, ("日本語", "    ^")),
        ("🌟 a", 3, ("🌟 a", "   ^")),
        ("\tx", 2, ("x", "^")),
        ("abc", 4, ("abc", "   ^")),
        ("abc", 0, ("abc", "")),
        ("  ", 1, ("", "")),
        ("a\x1b[31mb", 7, ("a␛[31mb", "      ^")),
    ],
)
def test_the_caret_stands_under_the_column_meant(line, column, expected):
    assert excerpt(line, column) == expected


def test_a_long_line_is_cut_around_its_column():
    line = "a" * 300 + "X" + "b" * 300
    text, caret = excerpt(line, 301)
    assert text[len(caret) - 1] == "X"
    assert text.startswith("…")
    assert text.endswith("…")
    assert columns(text) <= 98


def test_sorted_by_place_and_said_once():
    a, b, c = (error("x", Place("a.md", n)) for n in (2, 10, 1))
    z = error("x", Place("z.md", 1))
    assert [n.place for n in notices([z, a, b, c, a], EN)] == [
        "a.md:1",
        "a.md:2",
        "a.md:10",
        "z.md:1",
    ]


def test_the_count_line():
    found = notices([error("a"), error("b"), error("c"), warning("d")], FR)
    assert count_line(found, FR) == "3 erreurs, 1 avertissement"
    assert count_line(found[:1], EN) == "1 error"


def test_for_a_machine():
    problem = error("disk-full", Place("a.md", 2, 3), line_text="abc", path="/x")
    assert to_builtins(notice(problem, EN)) == {
        "code": "disk-full",
        "severity": "error",
        "label": "error",
        "path": "a.md",
        "line": 2,
        "column": 3,
        "message": "the disk is full: /x",
        "hint": "make room and run it again",
        "line_text": "abc",
        "caret": "  ^",
    }
