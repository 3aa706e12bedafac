"""The page that is being written is there before the site is built again, and is the same."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from newsletters import NOW, Newsletter
from previewing import letter

from generator.serve.workshop import Workshop

ARTICLE = "content/2025-01-02-un.md"
PAGE = "2025/01/un/index.html"


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    return letter(tmp_path / "lettre")


@pytest.fixture
def workshop(newsletter: Newsletter) -> Workshop:
    output = newsletter.folder / ".cache/preview-1"
    return Workshop(newsletter.folder, None, output, "http://127.0.0.1:1", clock)


def clock(_: ZoneInfo) -> datetime:
    return NOW


def files(workshop: Workshop) -> dict[str, bytes]:
    found = (file for file in workshop.output.rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in found}


def test_a_proof_is_shown_before_the_build_which_makes_the_same(
    newsletter: Newsletter, workshop: Workshop
) -> None:
    workshop.build(())
    before = files(workshop)
    newsletter.article("2025-01-02-un", "Second texte.\n")
    assert workshop.proof((ARTICLE,)) == PAGE
    early = workshop.page(PAGE)
    assert b"Second texte." in early
    assert files(workshop) == before, "only a build writes"
    outcome = workshop.build((ARTICLE,))
    assert not outcome.failed
    assert PAGE in outcome.written
    workshop.keep_proofs(())
    assert workshop.page(PAGE) == early == (workshop.output / PAGE).read_bytes()


def test_a_proof_that_is_kept_is_printed_anew(newsletter: Newsletter, workshop: Workshop) -> None:
    """What was edited during a build is shown as that build would have made it."""
    workshop.build(())
    newsletter.article("2025-01-02-un", "Second texte.\n")
    workshop.proof((ARTICLE,))
    newsletter.file("templates/partials/footer.html", "<footer>Mon pied</footer>\n")
    workshop.build(("templates/partials/footer.html",))
    assert b"Mon pied" not in workshop.page(PAGE)
    newsletter.article("2025-01-02-un", "Troisième texte.\n")
    workshop.keep_proofs((ARTICLE,))
    kept = workshop.page(PAGE)
    assert b"Mon pied" in kept
    assert "Troisième texte.".encode() in kept
    workshop.build((ARTICLE,))
    assert (workshop.output / PAGE).read_bytes() == kept


def test_there_is_no_proof_without_a_build_nor_of_several_changes(
    newsletter: Newsletter, workshop: Workshop
) -> None:
    assert workshop.proof((ARTICLE,)) == ""
    workshop.build(())
    newsletter.article("2025-01-02-un", "Second texte.\n")
    assert workshop.proof((ARTICLE, "newsletter.yaml")) == ""
    assert workshop.proof(("newsletter.yaml",)) == ""


def test_a_proof_that_shows_nothing_new_is_none(workshop: Workshop) -> None:
    workshop.build(())
    assert workshop.proof((ARTICLE,)) == ""


def test_a_mistake_has_no_proof_and_the_page_stays(
    newsletter: Newsletter, workshop: Workshop
) -> None:
    workshop.build(())
    before = (workshop.output / PAGE).read_bytes()
    newsletter.article("2025-01-02-un", "[rien](rien.md)\n")
    assert workshop.proof((ARTICLE,)) == ""
    assert workshop.build((ARTICLE,)).failed
    assert (workshop.output / PAGE).read_bytes() == before
