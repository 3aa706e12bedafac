"""What is put into templates when they are loaded, and what is printed once, changes no page."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup, escape
from newsletters import Newsletter

from generator.config.locale import read_locale
from generator.model.job import Job
from generator.model.views import Link, Shell
from generator.theme.code import shown
from generator.theme.environment import JinjaTheme, make_environment
from generator.theme.layers import Layers, ThemeFile


def shell(lang: str, **more: object) -> Shell:
    texts = dict.fromkeys(Shell.__struct_fields__, "")
    none = {"navigation": (), "feeds": (), "footer": (), "preload": (), "extra": {}}
    words = read_locale(lang).words
    return Shell(**{**texts, **none, "words": words, "lang": lang, **more})  # type: ignore[arg-type]


def job(lang: str = "fr") -> Job:
    return Job(path="x.html", kind="x", view=Link("", ""), template="page.html", shell=lang)


class Counted:
    """A theme of some texts, whose filter `counted` counts what passes through it."""

    def __init__(self, page: str, part: str = "") -> None:
        self.prints = 0
        texts = {"page.html": page, "part.html": part}
        files = {n: ThemeFile(n, f"templates/{n}", t.encode(), "") for n, t in texts.items()}
        shells = {
            "fr": shell("fr", title="A & <b>", home="/fr/"),
            "en": shell("en", title="B", home="/en/"),
        }
        environment = make_environment(Layers(files), {"counted": self.counted})
        self.theme = JinjaTheme(environment, shells, Layers(files))

    def counted(self, value: object) -> object:
        self.prints += 1
        return value

    def page(self, page: Link, lang: str = "fr") -> str:
        return self.theme.page(job(lang), page).decode("utf-8")


ONE, SAME, OTHER = Link("Un", "/1/"), Link("Un", "/1/"), Link("Deux", "/2/")


def test_words_and_shell_are_those_of_the_pages_language() -> None:
    theme = Counted('{{ t("home") }} {{ shell.home }} {{ t("minutes", n=2) }}')
    pages = {lang: theme.page(ONE, lang) for lang in ("fr", "en", "fr")}
    for lang, page in pages.items():
        words = read_locale(lang).words
        assert page.startswith(f"{words['home']} /{lang}/ 2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ shell.title }}", "A &amp; &lt;b&gt;"),
        ("{% autoescape false %}{{ shell.title }}{% endautoescape %}", "A & <b>"),
        ("{{ shell.title|upper }}", "A &amp; &lt;B&gt;"),
        ("{% for shell in [page] %}{{ shell.title }}{% endfor %}", "Un"),
        ('{% macro x(t) %}{{ t("home") }}{% endmacro %}{{ x("<%s>".__mod__) }}', "&lt;home&gt;"),
        ("{% set shell = page %}{{ shell.title }}", "Un"),
        ("{% if page %}{% set shell = page %}{% endif %}{{ shell.title }}", "Un"),
    ],
)
def test_a_text_put_into_the_template_is_what_would_have_been_printed(
    text: str, expected: str
) -> None:
    assert Counted(text).page(ONE) == expected


@pytest.mark.parametrize("text", ["", "a", "l’été", "a & b", "<", ">", '"', "'", "&lt;"])
def test_values_are_escaped_as_everywhere(text: str) -> None:
    assert shown(text) == escape(text)
    assert shown(Markup(text)) == text


@pytest.mark.parametrize("value", [3, True, None, 2.5, ("<",)])
def test_other_values_are_printed_as_everywhere(value: object) -> None:
    assert shown(value) == escape(value)


MACRO = "{% macro inner(x, y=0) %}{{ x.title|counted }}{{ y }};{% endmacro %}"
LIST = "{% macro outer(x) %}{{ once(inner, x) }}{{ once(inner, x) }}{% endmacro %}"


def test_what_is_the_same_is_printed_once() -> None:
    theme = Counted('{% from "part.html" import outer %}{{ outer(page) }}', MACRO + LIST)
    assert [theme.page(x) for x in (ONE, SAME, OTHER)] == ["Un0;Un0;", "Un0;Un0;", "Deux0;Deux0;"]
    assert theme.prints == 2


def test_each_language_remembers_for_itself() -> None:
    part = '{% macro m(x) %}{{ t("home") }}{% endmacro %}' + LIST.replace("inner", "m")
    theme = Counted('{% from "part.html" import outer %}{{ outer(page) }}', part)
    for lang in ("fr", "en"):
        assert theme.page(ONE, lang) == str(read_locale(lang).words["home"]) * 2


def test_a_macro_that_sees_the_page_is_printed_on_each() -> None:
    part = (
        "{% macro inner(x) %}{{ page.title }}{% endmacro %}"
        "{% macro outer() %}{{ once(inner, 1) }}{% endmacro %}"
    )
    theme = Counted('{% from "part.html" import outer with context %}{{ outer() }}', part)
    assert [theme.page(x) for x in (ONE, OTHER)] == ["Un", "Deux"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ('"<b>", "<b>"|safe', "&lt;b&gt;<b>"),
        ("1, true", "1True"),
        ("[1], [2]", "[1][2]"),
        ('("<b>",)|first, ("<b>"|safe,)|first', "&lt;b&gt;<b>"),
    ],
)
def test_values_that_print_otherwise_are_not_taken_for_each_other(
    values: str, expected: str
) -> None:
    part = (
        "{% macro inner(x) %}{{ x }}{% endmacro %}"
        "{% macro outer(a, b) %}{{ once(inner, a) }}{{ once(inner, b) }}{% endmacro %}"
    )
    page = f'{{% from "part.html" import outer %}}{{{{ outer({values}) }}}}'
    assert Counted(page, part).page(ONE) == expected


def test_a_value_that_changes_is_printed_as_it_is() -> None:
    part = (
        "{% macro inner(x) %}{{ x.n }}{% endmacro %}{% macro outer() %}{% set x = namespace(n=1) %}"
        "{{ once(inner, x) }}{% set x.n = 2 %}{{ once(inner, x) }}{% endmacro %}"
    )
    assert Counted('{% from "part.html" import outer %}{{ outer() }}', part).page(ONE) == "12"


def test_a_mistake_in_a_newsletters_own_card_is_told_with_its_line(tmp_path: Path) -> None:
    newsletter = Newsletter(tmp_path)
    newsletter.article("2025-03-10-a", tags="[x]")
    newsletter.article("2025-03-11-b", tags="[x]")
    theme = newsletter.file(
        "templates/partials/card.html",
        "{% macro card(card, level) %}\n{{ card.titel }}\n{% endmacro %}\n"
        "{% macro cards(cards, level=2, dates=0) %}\n"
        "{% for item in cards %}{{ once(card, item, level) }}{% endfor %}\n{% endmacro %}\n",
    )
    (found,) = newsletter.problems()
    assert (found.code, str(found.place)) == ("template-name", "templates/partials/card.html:2")
    theme.write_text(theme.read_text("utf-8").replace("titel", "title"), "utf-8")
    assert newsletter.problems() == ()
    assert "2025-03-10-a" in newsletter.page("tags/x/")
