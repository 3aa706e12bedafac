"""The writer's desk: what it names, what it finds, how an article looks elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from newsletters import Newsletter
from previewing import Preview, letter, previewing
from selectolax.lexbor import LexborHTMLParser, LexborNode


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    made = letter(tmp_path_factory.mktemp("lettre"), base_url="https://exemple.fr/lettre/")
    made.article(
        "2025-05-01-complet",
        '![Un dessin](d.svg)\n\n<a href="/nulle-part/">mort</a>\n',
        summary="Le chapô.",
        key_points="[Un, Deux]",
        image="d.svg",
        image_alt="Un dessin",
    )
    made.article("2025-05-02-image", "![](d.svg)\n", summary="Autre chapô.")
    made.file("content/d.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    return made


@pytest.fixture(scope="module")
def preview(newsletter: Newsletter) -> Iterator[Preview]:
    with previewing(newsletter.folder) as running:
        yield running


def desk(preview: Preview, path: str = "/_marbre/") -> LexborHTMLParser:
    answer, body = preview.get(path)
    assert answer.status == 200
    return LexborHTMLParser(body)


def row(page: LexborHTMLParser, path: str) -> LexborNode:
    return next(row for row in page.css("li.row") if path in row.text())


def test_every_article_stands_under_its_status(preview: Preview) -> None:
    page = desk(preview)
    found = {
        section.attributes["id"]: [h3.text() for h3 in section.css(".row h3")]
        for section in page.css("main > section[id]")
    }
    assert found["draft"] == ["2025-02-03-brouillon"]
    assert found["scheduled"] == ["demain"]
    assert found["expired"] == ["hier"]
    assert "2025-05-01-complet" in found["published"]
    assert "paraîtra le 1er décembre 2096" in row(page, "demain.md").text().replace("\xa0", " ")
    assert "retiré le 1er février 2024" in row(page, "hier.md").text().replace("\xa0", " ")


def test_what_an_article_lacks(preview: Preview) -> None:
    page = desk(preview)
    whole = row(page, "2025-05-01-complet.md")
    marks = [mark.text() for mark in whole.css(".marks b")]
    assert [mark.replace("\xa0", " ") for mark in marks] == ["1 avertissement"]
    image = row(page, "2025-05-02-image.md").text()
    assert "image sans description" in image
    assert "pas de points clés" in image
    assert "pas de chapô" not in image
    assert "pas de chapô" in row(page, "2025-01-02-un.md").text()
    assert "pas de" not in row(page, "pages/a-propos.md").text()


def test_links_of_a_row_lead_to_page_editor_and_looks(
    newsletter: Newsletter, preview: Preview
) -> None:
    page = desk(preview)
    links = [a.attributes["href"] for a in row(page, "2025-02-03-brouillon.md").css(".do a")]
    file = newsletter.folder / "content/2025-02-03-brouillon.md"
    assert links[:2] == ["/lettre/2025/02/brouillon/", f"vscode://file{file}:1:1"]
    assert preview.get(str(links[0]))[0].status == 200
    assert preview.get(str(links[2]))[0].status == 200
    gone = [a.text() for a in row(page, "hier.md").css(".do a")]
    assert gone == ["Modifier", "Ailleurs"]


def test_search_forgives_case_and_accents(preview: Preview) -> None:
    for query, expected in (("A%20PROPOS", 1), ("compl", 1), ("zzz", 0), ("2025-05", 2)):
        assert len(desk(preview, f"/_marbre/?q={query}").css("li.row")) == expected
    evil = preview.get("/_marbre/?q=%22%3E%3Cscript%3E")[1]
    assert b'"><script>' not in evil


def test_dead_links_stand_apart(preview: Preview) -> None:
    health = desk(preview).css_first("#health")
    assert health is not None
    assert "Liens qui ne mènent nulle part 1" in health.text(separator="").replace("\n", " ")
    assert "/nulle-part/" in health.text()
    assert "content/2025-05-01-complet.md" in health.text()


def test_looks_are_those_of_the_site(preview: Preview) -> None:
    page = desk(preview, "/_marbre/article?path=content/2025-05-01-complet.md")
    social, entry = page.css_first(".social"), page.css_first(".entry")
    assert social is not None
    assert entry is not None
    assert "exemple.fr" in social.text()
    assert "Le chapô." in social.text()
    image = social.css_first("img")
    assert image is not None
    assert image.attributes["alt"] == "Un dessin"
    assert preview.get(str(image.attributes["src"]))[0].status == 200
    assert "Un" in entry.text()
    assert page.css_first(".frame .headline, .frame h2") is not None


def test_looks_of_what_is_not_there(preview: Preview) -> None:
    held = desk(preview, "/_marbre/article?path=content/hier.md")
    assert held.css_first(".social") is None
    assert "Il n’est dans aucune liste" in held.text()
    for path in ("rien.md", "../secret", ""):
        assert preview.get(f"/_marbre/article?path={path}")[0].status == 404


def test_the_desk_speaks_english(tmp_path: Path) -> None:
    made = Newsletter(tmp_path)
    made.config("title: Test\nlanguage: en\neditor: none\n")
    made.article("2025-01-02-one", draft="true")
    with previewing(tmp_path) as preview:
        page = desk(preview)
        assert "Drafts" in page.text()
        assert [a.text() for a in page.css(".do a")] == ["Preview", "Elsewhere"]
