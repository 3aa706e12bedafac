"""Typography: pairs of what is typed and what is read, each with its rule or its source.

LRTIN is the *Lexique des règles typographiques en usage à l'Imprimerie nationale*; CMOS is the
*Chicago Manual of Style*. `~` is written here for U+00A0 and `·` for U+202F.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader import body, read

from generator.content.typography import polish

FRENCH = [
    # LRTIN, ponctuation: espace fine insécable before ; ! ?, espace mot insécable before :
    ("Quoi ?", "Quoi·?"),
    ("Quoi?", "Quoi·?"),
    ("Bravo !", "Bravo·!"),
    ("Un ; deux", "Un·; deux"),
    ("Un; deux", "Un·; deux"),
    ("Note : texte", "Note~: texte"),
    ("Note: texte", "Note~: texte"),
    ("IA : le point", "IA~: le point"),
    ("Vraiment ?!", "Vraiment·?!"),
    ("Quoi... ?", "Quoi…·?"),
    ("Il dit : « Quoi ? »", "Il dit~: «~Quoi·?~»"),
    ("(vraiment ?)", "(vraiment·?)"),
    # LRTIN, guillemets: inside spaces do not break; quotations in quotations
    ("« mot »", "«~mot~»"),
    ("«mot»", "«~mot~»"),
    ('"mot"', "«~mot~»"),
    ('Le "mot", dit-il.', "Le «~mot~», dit-il."),
    ('"Un "mot" ici"', "«~Un “mot” ici~»"),
    ('« Un "mot" ici »', "«~Un “mot” ici~»"),
    ('l\'"IA"', "l’«~IA~»"),
    ('"Pourquoi ?"', "«~Pourquoi·?~»"),
    # LRTIN, apostrophe; points de suspension; tirets
    ("L'IA d'aujourd'hui", "L’IA d’aujourd’hui"),
    ("Les 'petits' mots", "Les ‘petits’ mots"),
    ("etc...", "etc…"),
    ("un -- deux --- trois", "un – deux — trois"),
    ("2020--2024", "2020–2024"),
    # Spaces that do not break already are the author's
    ("Quoi~?", "Quoi~?"),
    ("Note·: texte", "Note·: texte"),
    ("«·mot·»", "«·mot·»"),
    # hugo #3725 and ROBUSTNESS 18: what is not punctuation
    ("à 12:30 précises", "à 12:30 précises"),
    ("au format 16:9", "au format 16:9"),
    ("https://a.fr/?b=c;d", "https://a.fr/?b=c;d"),
    ("voir https://a.fr/x : bien", "voir https://a.fr/x~: bien"),
    ("écrire à a.b@c.fr !", "écrire à a.b@c.fr·!"),
    ("std::vector", "std::vector"),
    ("bravo :)", "bravo :)"),
    ("bravo ;-)", "bravo ;-)"),
    ("un :smile: ici", "un :smile: ici"),
    ("a?b=c", "a?b=c"),
    ("marbre build --strict", "marbre build --strict"),
    ("<!-- rien -->", "<!-- rien -->"),
    ("un écran de 15\" et 5'30", "un écran de 15\" et 5'30"),
    ("../..", "../.."),
    ("! seul", "! seul"),
]

ENGLISH = [
    # CMOS 6.9, 6.115, 6.117 (quotation marks, apostrophes), 6.78 (dashes), 13.50 (ellipses)
    ('He said "hello".', "He said “hello”."),
    ("It's the '90s", "It’s the ’90s"),
    ("'One' and 'two'", "‘One’ and ‘two’"),
    ("the dogs' bowls", "the dogs’ bowls"),
    ('("quoted")', "(“quoted”)"),
    ("wait...", "wait…"),
    ("yes -- no", "yes – no"),
    ("What? Yes: no; done!", "What? Yes: no; done!"),
]


def spaces(text: str) -> str:
    return text.replace("~", "\u00a0").replace("·", "\u202f")


@pytest.mark.parametrize(("typed", "read_as"), FRENCH)
def test_french(typed: str, read_as: str) -> None:
    assert polish(spaces(typed), "fr") == spaces(read_as)
    assert polish(spaces(read_as), "fr") == spaces(read_as)


@pytest.mark.parametrize(("typed", "read_as"), ENGLISH)
def test_english(typed: str, read_as: str) -> None:
    assert polish(typed, "en") == read_as
    assert polish(read_as, "en") == read_as


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
    assert polish('"Was?" : so...', "de") == '"Was?" : so...'


def test_the_articles_own_language_counts() -> None:
    article = read('---\ntitle: "What?"\nlang: en\n---\nText.').article
    assert article
    assert article.title == "What?"


SIGNS = st.text(
    st.sampled_from(list("ab1 .,;:!?\"'«»“”‘’…-–—()[]/\n\u00a0\u202féÉ@%")), max_size=30
)


@given(SIGNS | st.text(max_size=30), st.sampled_from(["fr", "en"]))
def test_what_is_polished_stays_as_it_is(text: str, lang: str) -> None:
    once = polish(text, lang)
    assert polish(once, lang) == once


@given(SIGNS, st.sampled_from(["fr", "en"]))
def test_only_spaces_quotes_dots_and_dashes_change(text: str, lang: str) -> None:
    assert bare(polish(text, lang)) == bare(text)


def bare(text: str) -> str:
    text = text.replace("…", "...").replace("—", "---").replace("–", "--")
    return "".join(c for c in text if c not in " \u00a0\u202f\"'«»“”‘’")
