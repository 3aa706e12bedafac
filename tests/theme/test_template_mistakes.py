"""Mistakes in templates, blamed on the template; a wrong choice of one, on the article."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsletters import Newsletter, codes

from generator.cli.present import notice
from generator.cli.words import Words
from generator.model.diagnostic import Diagnostic


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path)
    made.article("2025-03-10-a", extra="{colour: red}")
    return made


def mistake(newsletter: Newsletter, template: str) -> Diagnostic:
    newsletter.file("templates/article.html", f"{{# ours #}}\n{template}\n")
    (found,) = newsletter.problems()
    assert str(found.place) == "templates/article.html:2"
    return found


@pytest.mark.parametrize("way", ["include", "extends", "import"])
def test_a_missing_part_is_the_templates_mistake(newsletter: Newsletter, way: str) -> None:
    tail = " as x" if way == "import" else ""
    found = mistake(newsletter, f'{{% {way} "partials/crad.html"{tail} %}}')
    assert (found.code, found.facts["template"]) == ("missing-template", "partials/crad.html")
    assert found.facts["known"] == "partials/card.html"


def test_a_missing_part_like_no_other_names_its_folder(newsletter: Newsletter) -> None:
    known = mistake(newsletter, '{% include ["zzz.xml"] %}').facts["known"]
    assert "article.html" in known
    assert "partials/" not in known


@pytest.mark.parametrize(
    ("template", "french", "english"),
    [
        (
            "{{ page.titel }}",
            "`page` (une page d’article) n’a pas de `titel`",
            "`page` (an article page) has no `titel`",
        ),
        (
            "{{ page.head.titel ~ 'x' }}",
            "`page.head` (l’en-tête de la page) n’a pas de `titel`",
            "`page.head` (the head of the page) has no `titel`",
        ),
        (
            "{{ page['titel'] + 1 }}",
            "`page` (une page d’article) n’a pas de `titel`",
            "`page` (an article page) has no `titel`",
        ),
        (
            "{{ page.extra.color }}",
            "`page.extra` (vos propres valeurs) n’a pas de `color`",
            "`page.extra` (your own values) has no `color`",
        ),
        (
            "{{ page.updated.long }}",
            "`page.updated` (rien) n’a pas de `long`",
            "`page.updated` (nothing) has no `long`",
        ),
        (
            "{{ page.titel() }}",
            "`page` (une page d’article) n’a pas de `titel`",
            "`page` (an article page) has no `titel`",
        ),
        (
            "{{ pgae.title }}",
            "`pgae` n’existe pas dans ce gabarit",
            "there is no `pgae` in this template",
        ),
        (
            "{{ t('hom') }}",
            "aucun texte de l’interface ne se nomme `hom`",
            "no interface text is called `hom`",
        ),
    ],
)
def test_a_name_that_does_not_exist_is_told_in_the_readers_language(
    newsletter: Newsletter, template: str, french: str, english: str
) -> None:
    found = mistake(newsletter, template)
    for lang, said in (("fr", french), ("en", english)):
        told = notice(found, Words(lang))
        assert told.message.startswith(said)
        assert "generator" not in told.message + told.hint
        assert told.hint


def test_the_nearest_name_is_the_hint(newsletter: Newsletter) -> None:
    assert mistake(newsletter, "{{ page.titel }}").facts["has"] == "title"
    assert mistake(newsletter, "{{ shel.title }}").facts["has"] == "shell"
    assert mistake(newsletter, "{{ t('hom') }}").facts["has"] == "home"
    assert mistake(newsletter, "{{ page.extra.color }}").facts["has"] == "colour"


@pytest.mark.parametrize(
    ("template", "code", "known"),
    [
        ("articel.html", "missing-template", "article.html"),
        ("base.html", "not-an-article-template", "article.html, essai.html, page.html"),
        ("partials/card.html", "not-an-article-template", "article.html, essai.html, page.html"),
        ("partials/ours.html", "not-an-article-template", "article.html, essai.html, page.html"),
        ("tags.html", "not-an-article-template", "article.html, essai.html, page.html"),
    ],
)
def test_a_template_that_prints_no_article_is_the_articles_mistake(
    newsletter: Newsletter, template: str, code: str, known: str
) -> None:
    newsletter.file("templates/essai.html", "{{ page.title }}")
    newsletter.file("templates/partials/ours.html", "")
    newsletter.article("2025-03-11-b", template=template)
    newsletter.article("2025-03-12-c", template=template)
    problems = newsletter.problems()
    assert codes(problems) == [code, code]
    assert {str(p.place) for p in problems} == {
        "content/2025-03-11-b.md:3:11",
        "content/2025-03-12-c.md:3:11",
    }
    assert problems[0].facts["known"] == known


@pytest.mark.parametrize("template", ["article.html", "page.html", "essai.html"])
def test_templates_that_an_article_may_choose(newsletter: Newsletter, template: str) -> None:
    newsletter.file("templates/essai.html", "{{ page.title }}{{ body.before }}")
    newsletter.article("pages/b", template=template)
    newsletter.file("templates/page.html", "{{ page.title }}{{ body.before }}")
    newsletter.file("templates/article.html", "{{ page.title }}{{ body.before }}")
    assert newsletter.problems() == ()
    assert "Du texte." in newsletter.page("b/")
