"""The configured navigation leads somewhere, or says at its own line that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsletters import Newsletter, codes


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path)
    made.article("2025-03-10-cible", tags="[IA]")
    made.article("pages/a-propos")
    made.article("pages/bientot", draft="true")
    return made


def configured(newsletter: Newsletter, address: str) -> None:
    newsletter.config(
        "base_url: https://exemple.fr/lettre/\n"
        "navigation:\n"
        "  - {label: Accueil, address: /}\n"
        "  - label: Entrée\n"
        f"    address: {address}\n"
    )


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("/", "/lettre/"),
        ("/tags/", "/lettre/tags/"),
        ("tags/ia/", "/lettre/tags/ia/"),
        ("/lettre/archives/", "/lettre/archives/"),
        ("/feed.xml", "/lettre/feed.xml"),
        ("/a-propos/", "/lettre/a-propos/"),
        ("pages/a-propos.md", "/lettre/a-propos/"),
        ("content/pages/a-propos.md", "/lettre/a-propos/"),
        ("2025-03-10-cible.md", "/lettre/2025/03/cible/"),
        ("https://exemple.org/x?y#z", "https://exemple.org/x?y#z"),
        ("mailto:a@exemple.org", "mailto:a@exemple.org"),
    ],
)
def test_where_an_entry_leads(newsletter: Newsletter, address: str, url: str) -> None:
    configured(newsletter, address)
    assert newsletter.problems() == ()
    assert f'<li><a href="{url}"' in newsletter.page("tags/")


@pytest.mark.parametrize(
    ("address", "code", "known"),
    [
        ("/archive/", "dead-link", "/archives/"),
        ("/nope/", "dead-link-unlike", None),
        ("pages/a-propso.md", "dead-link-unlike", None),
    ],
)
def test_an_address_that_nothing_answers(
    newsletter: Newsletter, address: str, code: str, known: str | None
) -> None:
    configured(newsletter, address)
    (found,) = newsletter.problems()
    assert (found.code, found.severity) == (code, "error")
    assert (found.place.path, found.place.line) == ("newsletter.yaml", 5)
    assert found.facts.get("known") == known


def test_a_page_that_is_not_online_is_left_out(newsletter: Newsletter) -> None:
    configured(newsletter, "pages/bientot.md")
    (found,) = newsletter.problems()
    assert (found.code, found.severity, found.place.line) == ("navigation-held", "warning", 5)
    assert "Entrée" not in newsletter.page("tags/")


def test_every_entry_is_told(newsletter: Newsletter) -> None:
    text = "navigation: [{label: A, address: /aaa/}, {label: B, address: /bbb/}]\n"
    newsletter.config(text)
    assert codes(newsletter.problems()) == ["dead-link-unlike"] * 2
