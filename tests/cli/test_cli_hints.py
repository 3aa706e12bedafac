"""What is said of links, addresses and origins: no useless hint, no English in French."""

from __future__ import annotations

import pytest

from generator.builtin import BUILTIN
from generator.cli.terms import kind, origin
from generator.cli.words import Words, table
from generator.model import views
from generator.model.request import Request
from generator.plan import plan
from generator.plugins import merge
from generator.survey import look_over

AT = ("--at", "2026-06-01")


def article(letter, name, more="", body="Un texte."):
    (letter / "content" / f"{name}.md").write_text(f"---\ntitle: T\n{more}\n---\n\n{body}\n")


def test_a_dead_link_like_nothing_has_no_hint(letter, marbre):
    article(letter, "2026-01-05-x", body="[a](/rien/du/tout/)")
    err = marbre("build", *AT).err
    assert "erreur[dead-link-unlike] ce site n’a pas d’adresse /rien/du/tout/\n" in err
    assert "conseil" not in err


def test_a_dead_link_like_something_names_it(letter, marbre):
    article(letter, "2026-01-05-x", body="[a](/2026/01/en-lgne/)")
    assert "vouliez-vous dire /2026/01/en-ligne/ ?" in marbre("build", *AT).err


@pytest.mark.parametrize(
    ("permalink", "better"),
    [("///été x//", "/ete-x/"), ("/…/", "/x/"), ("é/à", "/e/a/")],
)
def test_the_better_permalink_is_one(letter, marbre, permalink, better):
    article(letter, "2026-01-05-x", f'permalink: "{permalink}"')
    err = marbre("build", *AT).err
    assert "bad-permalink" in err
    assert f" : {better}\n" in err


def test_two_outputs_at_one_address_are_named_in_the_newsletters_language(letter, marbre):
    article(letter, "2026-01-05-x", "permalink: /archives/\naliases: [/tags/]")
    err = marbre("build", *AT).err
    assert "content/2026-01-05-x.md et les archives\n" in err
    assert "la liste des étiquettes et content/2026-01-05-x.md (alias)\n" in err
    (letter / "newsletter.yaml").write_text("base_url: https://exemple.fr/\nlanguage: en\n")
    assert "content/2026-01-05-x.md and the archives\n" in marbre("build", *AT).err


def test_every_origin_that_is_not_a_file_has_its_words(letter):
    (letter / "newsletter.yaml").write_text("author: Anne\nper_page: 1\n")
    article(letter, "2026-01-05-x", "tags: [IA]")
    now = Request(folder=str(letter), now=pipeline_now())
    orders, _ = plan(look_over(now).site, merge((BUILTIN,)))
    given = {order.origin for order in orders}
    files = {o for o in given if o.startswith(("content/", "theme:")) and " (" not in o}
    french = {o: origin(o, Words("fr")) for o in given - files - {"robots.txt"}}
    assert "l’auteur « Anne »" in french.values()
    assert {"the front page", "the list of articles", "the feed of /"} <= set(french)
    assert [o for o, said in french.items() if said == o and "(alias)" not in o] == []
    assert all(origin(o, Words("en")) == o for o in given)


def pipeline_now():
    from datetime import UTC, datetime

    return datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_view_has_its_words(lang):
    names = {name for name, of in vars(views).items() if isinstance(of, type)}
    ours = {n for n in names if getattr(views, n).__module__ == views.__name__}
    assert ours - set(table("console", lang)["kinds"]) == set()
    assert kind("Cycler", Words("en")) == "a value"
