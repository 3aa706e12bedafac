"""Typography: what is typed and what is read.

Pairs with their sources are in `tests/cases/typography/`, a file for each language. `~` is written
here and there for U+00A0 and `·` for U+202F.
"""


from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader import body, read

from generator.content.typography import polish
from generator.content.typography.languages import STYLES

CASES = Path(__file__).parent.parent / "cases" / "typography"


def cases() -> list[tuple[str, str, str]]:
    """(language, typed, read), one for each line with an arrow."""
    return [
        (file.stem, *line.split(" → "))  # type: ignore[misc]
        for file in sorted(CASES.glob("*.txt"))
        for line in file.read_text("utf-8").splitlines()
        if " → " in line and not line.startswith("# ")
    ]


def spaces(text: str) -> str:
    return text.replace("~", "\u00a0").replace("·", "\u202f")


@pytest.mark.parametrize(("lang", "typed", "read_as"), cases())
def test_pairs(lang: str, typed: str, read_as: str) -> None:
    assert polish(spaces(typed), lang) == spaces(read_as)
    assert polish(spaces(read_as), lang) == spaces(read_as)


MARKUP = [
    # Across what Markdown cuts
    ("*fort* !", "<p><em>fort</em>·!</p>\n"),
    ("*fort*!", "<p><em>fort</em>·!</p>\n"),
    ("**Note** : oui", "<p><strong>Note</strong>~: oui</p>\n"),
    ("[lien](https://a.fr) ; suite", '<p><a href="https://a.fr">lien</a>·; suite</p>\n'),
    ("[lien](https://a.fr); suite", '<p><a href="https://a.fr">lien</a>·; suite</p>\n'),
    ("« **mot** »", "<p>«~<strong>mot</strong>~»</p>\n"),
    ('"**mot**"', "<p>«~<strong>mot</strong>~»</p>\n"),
    ("l'*IA*", "<p>l’<em>IA</em></p>\n"),
    ("`x` ?", "<p><code>x</code>·?</p>\n"),
    ("mot[^1] !\n\n[^1]: n", None),
    # Never inside code, addresses, raw HTML; an escape is the author's word
    ("`a ; b !`", "<p><code>a ; b !</code></p>\n"),
    ('`"x"`', "<p><code>&quot;x&quot;</code></p>\n"),
    ("<kbd>a ?</kbd>", "<p><kbd>a ?</kbd></p>\n"),
    ('<b title="a !">c !</b>', '<p><b title="a !">c·!</b></p>\n'),
    ('dit \\"rien\\"', "<p>dit &quot;rien&quot;</p>\n"),
    ("mot&nbsp;!", "<p>mot~!</p>\n"),
    ("<https://a.fr/?b;c>", '<p><a href="https://a.fr/?b;c">https://a.fr/?b;c</a></p>\n'),
    ("voir https://a.fr/b !", '<p>voir <a href="https://a.fr/b">https://a.fr/b</a>·!</p>\n'),
    (
        "voir https://a.fr/b~! oui",
        '<p>voir <a href="https://a.fr/b">https://a.fr/b</a>·! oui</p>\n',
    ),
    ("« https://a.fr~»", '<p>«~<a href="https://a.fr">https://a.fr</a>~»</p>\n'),
    ("mot\n! suite", "<p>mot\n! suite</p>\n"),
]


@pytest.mark.parametrize(("typed", "html"), MARKUP)
def test_markdown(typed: str, html: str | None) -> None:
    made = body(spaces(typed))
    if html is None:
        assert "</a></sup>\u202f!" in made
    else:
        assert made == spaces(html)


def test_titles_summaries_and_points_are_polished_too() -> None:
    article = read(
        '---\ntitle: "L\'IA : quoi ?"\nsummary: "Oui !"\ncorrection: "Non ?"\nimage_alt: "A ;"\n'
        "key_points: [\"🌟 Un 'mot' !\"]\n---\nTexte."
    ).article
    assert article
    assert article.title == "L’IA\u00a0: quoi\u202f?"
    assert (article.summary, article.summary_html) == ("Oui\u202f!", "Oui\u202f!")
    assert article.correction == "Non\u202f?"
    assert article.image_alt == "A\u202f;"
    assert article.key_points[0].text == "Un ‘mot’\u202f!"


def test_it_can_be_switched_off() -> None:
    assert body('"Quoi ?" dit-il...', typography=False) == "<p>&quot;Quoi ?&quot; dit-il...</p>\n"


def test_a_language_without_rules_is_left_alone() -> None:
    assert polish('"Mitä?" : niin...', "fi") == '"Mitä?" : niin...'


def test_the_articles_own_language_counts() -> None:
    article = read('---\ntitle: "What?"\nlang: en\n---\nText.').article
    assert article
    assert article.title == "What?"


ORDINALS = [
    ("le 1er mai", "le 1<sup>er</sup>~mai"),
    ("la 1re fois, la 2e fois", "la 1<sup>re</sup> fois, la 2<sup>e</sup> fois"),
    ("au XXe siècle", "au XX<sup>e</sup> siècle"),
    ("François Ier", "François I<sup>er</sup>"),
    ("la Ve République", "la V<sup>e</sup> République"),
    ("les XIXe et XXe siècles", "les XIX<sup>e</sup> et XX<sup>e</sup> siècles"),
    ("**21e** siècle", "<strong>21<sup>e</sup></strong> siècle"),
    # What is no ordinal
    ("Ce mot, Me voici, De Gaulle", "Ce mot, Me voici, De Gaulle"),
    ("0x2e, 1e5, v2e.1", "0x2e, 1e5, v2e.1"),
    ("`2e`", "<code>2e</code>"),
    ("IIIme et CCIe-x", "IIIme et CCIe-x"),
]


@pytest.mark.parametrize(("typed", "html"), ORDINALS)
def test_ordinals_are_raised(typed: str, html: str) -> None:
    assert body(typed) == f"<p>{spaces(html)}</p>\n"
    title = read(f'---\ntitle: T\nsummary: "{typed}"\n---\nTexte.').article
    assert title
    assert title.summary_html == spaces(html)
    assert "<" not in title.summary


def test_an_article_can_do_without() -> None:
    article = read('---\ntitle: "Quoi ?"\ntypography: false\n---\n"Non !" le 1er').article
    assert article
    assert article.title == "Quoi ?"
    assert body("---\ntitle: a\ntypography: false\n---\n\"Non !\" 1er") == (
        "<p>&quot;Non !&quot; 1er</p>\n"
    )


def test_guillemets_may_have_thin_spaces() -> None:
    assert body("« oui » : non", thin=True) == spaces("<p>«·oui·»~: non</p>\n")
    assert body('"oui"', thin=True, lang="de") == "<p>„oui“</p>\n"


SIGNS = st.text(
    st.sampled_from(list("abM1 .,;:!?\"'«»“”‘’„‚‹›…-–—()[]/\n\u00a0\u202féÉ@%€h")), max_size=30
)


LANGUAGES = st.sampled_from(sorted(STYLES))


@given(SIGNS | st.text(max_size=30), LANGUAGES)
def test_what_is_polished_stays_as_it_is(text: str, lang: str) -> None:
    once = polish(text, lang)
    assert polish(once, lang) == once


@given(SIGNS, LANGUAGES)
def test_only_spaces_quotes_dots_and_dashes_change(text: str, lang: str) -> None:
    assert bare(polish(text, lang)) == bare(text)


def bare(text: str) -> str:
    text = re.sub("[-–—]+", "-", text.replace("…", "..."))
    return "".join(c for c in text if c not in " \u00a0\u202f\"'«»“”‘’„‚‹›")
