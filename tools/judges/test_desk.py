"""The judges look at the preview itself: the desk, an article's looks, mistakes over a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from . import axe, layout, nu, tools
from .browser import Look
from .test_preview import SLOW, Desk
from .verdict import verdict

LOOKS = tuple(
    Look(f"{name} {scheme}", width, scheme=scheme)
    for name, width in (("wide", 1280), ("narrow", 360))
    for scheme in ("light", "dark")
)
PAGES = {
    "desk": "_marbre/",
    "search": "_marbre/?q=introuvable",
    "looks": "_marbre/article?path=content/2025-01-02-un.md",
    "held looks": "_marbre/article?path=content/2024-01-01-hier.md",
    "no looks": "_marbre/article?path=content/rien.md",
}
PICTURES = tools.ROOT / "build" / "screenshots"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A newsletter with an article of every kind, and something wrong with some."""
    desk = Desk(tmp_path_factory.mktemp("bureau") / "lettre")
    desk.write(
        "newsletter.yaml", "title: Points clés\nlanguage: fr\nbase_url: https://a.example/\n"
    )
    desk.write("content/dessin.svg", DRAWING)
    points = "key_points: [Le *premier* point, Le second]\nsummary: Ce qu'il faut savoir.\n"
    desk.article(
        '![](dessin.svg)\n\nUn texte. <a href="/nulle-part/">Mort</a>.\n', "2025-01-02-un", points
    )
    desk.article("Pas encore.\n", "2025-02-03-brouillon", "draft: true\n")
    desk.article("Plus tard.\n", "2096-12-01-demain")
    desk.article("Passé.\n", "2024-01-01-hier", "expires: 2024-02-01\n")
    for number in range(3, 9):
        desk.article(
            f"Texte {number}.\n", f"2025-01-0{number}-un-titre-plutot-long-{number}", points
        )
    desk.start()
    yield desk
    desk.stop()


@pytest.fixture(params=LOOKS, ids=lambda look: look.name)
def tab(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    look: Look = request.param
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme=look.scheme,
        reduced_motion="reduce",
    )
    context.set_default_timeout(SLOW)
    yield context.new_page()
    context.close()


def picture(tab: Page, name: str, request: pytest.FixtureRequest) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    look = request.node.callspec.id.replace(" ", "-")
    tab.screenshot(path=PICTURES / f"preview-{name}-{look}.png", full_page=True)


def test_the_desk_is_accessible(
    desk: Desk, tab: Page, axe_source: str, request: pytest.FixtureRequest
) -> None:
    findings = []
    for name, path in PAGES.items():
        tab.goto(desk.url + path)
        expect(tab.locator("marbre-preview .bar")).to_be_visible()
        picture(tab, name.replace(" ", "-"), request)
        found = (*axe.check(tab, axe_source), *layout.sideways(tab))
        findings += [f"{name}: {finding}" for finding in found]
    verdict(findings)


def test_mistakes_over_a_page_are_accessible(
    desk: Desk, tab: Page, axe_source: str, request: pytest.FixtureRequest
) -> None:
    tab.goto(desk.url + "2025/01/un/")
    expect(tab.locator("marbre-preview .bar")).to_be_visible()
    wrong = "---\ntitle: Faux\ndate: 10 marz\nslgu: faux\ntags: {a: b}\n---\n\n[Rien](rien.md)\n"
    desk.write("content/faux.md", wrong)
    try:
        errors = tab.locator("marbre-preview .errors")
        expect(errors).to_be_visible()
        picture(tab, "mistakes", request)
        verdict([*axe.check(tab, axe_source), *layout.sideways(tab)])
    finally:
        (desk.folder / "content/faux.md").unlink()
        expect(errors).to_be_hidden()


def test_the_nu_checker_has_nothing_to_say_of_the_desk(desk: Desk, tmp_path: Path) -> None:
    for name, path in PAGES.items():
        (tmp_path / f"{name.replace(' ', '-')}.html").write_bytes(fetched(desk.url + path))
    for name in ("desk.css", "panel.css"):
        (tmp_path / name).write_bytes(fetched(f"{desk.url}_marbre/{name}"))
    verdict(nu.check(tmp_path))


def fetched(url: str) -> bytes:
    """What is there, also when it is the news that nothing is."""
    try:
        with urlopen(url) as answer:
            return bytes(answer.read())
    except HTTPError as answer:
        return answer.read()


DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200">'
    '<rect width="400" height="200" fill="teal"/></svg>'
)
