"""Addresses that wait for the whole site, with the place where the author wrote them."""

from __future__ import annotations

import pytest
from reader import body, read

from generator.model.article import Ref


def only(text: str) -> Ref:
    article = read(text).article
    assert article
    assert len(article.refs) == 1
    return article.refs[0]


PLACES = {  # the body begins on line 4
    "inline": ("[x](a.md)", "4:5"),
    "later in a wrapped paragraph": ("Un\nmot [x](a.md)", "5:9"),
    "after the same word in the prose": ("a.md est [là](a.md)", "4:15"),
    "in angle brackets": ("[x](<un fichier.md>)", "4:6"),
    "percent-encoded": ("[x](%C3%A9.md)", "4:5"),
    "defined below": ("[x]\n\n[x]: a.md", "6:6"),
    "in a heading": ("## [x](a.md)", "4:8"),
    "in a table": ("|a|\n|-|\n|[x](a.md)|", "6:6"),
    "in a list": ("- un\n- [x](a.md)", "5:7"),
    "in a quotation": ("> un\n> [x](a.md)", "5:7"),
    "in a note": ("Un[^1].\n\n[^1]: [x](a.md)", "6:11"),
    "an image": ("![x](a.png)", "4:6"),
    "raw HTML": ('<p>\n<a href="a.md">x</a></p>', "5:10"),
    "unquoted raw HTML": ("un <a href=a.md>x</a>", "4:12"),
}


@pytest.mark.parametrize(("text", "place"), PLACES.values(), ids=PLACES)
def test_place(text: str, place: str) -> None:
    ref = only(text)
    assert str(ref.place) == f"content/2025-03-10-cas.md:{place}"
    assert ref.line_text == text.split("\n")[ref.place.line - 4]


def test_the_same_address_twice_has_two_places() -> None:
    article = read("[x](a.md) et [y](a.md)").article
    assert article
    assert [ref.place.column for ref in article.refs] == [5, 18]


def test_target_and_fragment() -> None:
    ref = only("[x](../d%C3%A9j%C3%A0.md#l%C3%A0)")
    assert (ref.kind, ref.target, ref.fragment, ref.raw) == ("href", "../déjà.md", "là", False)


def test_targets_are_nfc() -> None:
    assert only("[x](<e\u0301te\u0301.md>)").target == "été.md"


def test_raw_html_is_marked() -> None:
    assert only("<img src='a.png'>").raw


STAY = [
    "https://a.fr/",
    "//a.fr/",
    "mailto:a@b.fr",
    "tel:+331",
    "#ici",
    "data:image/png;base64,AAAA",
]


@pytest.mark.parametrize("url", STAY)
def test_final_addresses_stay(url: str) -> None:
    assert f'href="{url}"' in body(f"[x]({url})\n\n{{#ici}}\nIci.")


def test_slot_takes_the_place_of_the_attribute_and_its_space() -> None:
    parsed = read('[x](a.md "T")\n\n<a class="b" href="c.md" id="d">x</a>')
    assert parsed.body
    assert '<a\x000\x00 title="T">x</a>' in parsed.body.before
    assert '<a class="b"\x001\x00 id="d">' in parsed.body.before


def test_lead_image_is_a_reference_of_its_own() -> None:
    article = read("---\ntitle: T\nimage: images/une%20puce.jpg\n---\nTexte.").article
    assert article
    assert article.image
    assert (article.image.kind, article.image.target) == ("src", "images/une puce.jpg")
    assert article.image.place.line == 3
    assert article.refs == ()


def test_html_can_be_shown_as_text() -> None:
    assert body("<b>x</b>", html=False) == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:a)",
        "[x](JAVASCRIPT:a)",
        "[x](vbscript:a)",
        "[x](data:text/html,a)",
        "<javascript:a>",
    ],
)
def test_addresses_that_run_code_stay_text(text: str) -> None:
    parsed = read(text)
    assert [problem.code for problem in parsed.problems] == ["unsafe-link"]
    assert parsed.body
    assert "<a" not in parsed.body.before
