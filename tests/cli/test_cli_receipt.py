"""Nothing to do costs nothing, and is never said when there is something."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from newsletters import Newsletter

HEAVY = ("jinja2", "markdown_it", "yaml", "msgspec", "click", "babel")
"""What a build that has nothing to do must not import."""


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path / "lettre")
    made.config("title: Essai\nbase_url: https://exemple.fr/\nlanguage: fr\n")
    made.article("2025-01-01-a", tags="IA")
    return made


def build(newsletter: Newsletter, *words: str, **environ: str) -> tuple[str, bool]:
    """What the real command printed, and whether it took the short way."""
    code = (
        "import sys; from generator.cli.start import start; start();"
        f"print(any(m in sys.modules for m in {HEAVY}), file=sys.stderr)"
    )
    surroundings = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "-c", code, "build", *words],
        cwd=newsletter.folder,
        env={**surroundings, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout, done.stderr.endswith("False\n")


@pytest.fixture
def settled(newsletter: Newsletter) -> Newsletter:
    return settle(newsletter)


def settle(newsletter: Newsletter) -> Newsletter:
    """Build, and build again once its files have come to rest."""
    build(newsletter)
    deadline = time.monotonic() + 20
    while not (newsletter.folder / ".cache/receipt.json").exists():
        assert time.monotonic() < deadline, "no receipt was ever left"
        build(newsletter)
    return newsletter


def test_the_short_way_says_the_same(settled: Newsletter) -> None:
    said, short = build(settled)
    assert short
    assert said.startswith("site/")
    assert "0 fichier écrit" in said


@pytest.mark.parametrize(
    "change",
    [
        lambda n: n.article("2025-01-01-a", tags="Europe"),
        lambda n: n.article("2025-01-02-b"),
        lambda n: n.file("content/x.txt", "x"),
        lambda n: n.config("title: Autre\nbase_url: https://exemple.fr/\n"),
        lambda n: n.file("templates/partials/byline.html", "<p>x</p>"),
        lambda n: n.file("locales/fr.yaml", "words: {}"),
        lambda n: (n.folder / "content/2025-01-01-a.md").unlink(),
        lambda n: (n.folder / "site/index.html").unlink(),
        lambda n: n.file("site/index.html", "x"),
        lambda n: (n.folder / "site/.marbre/manifest.json").unlink(),
    ],
    ids=[
        "edit",
        "new",
        "file",
        "config",
        "template",
        "words",
        "delete",
        "lost",
        "altered",
        "record",
    ],
)
def test_no_change_is_overlooked(settled: Newsletter, change) -> None:  # type: ignore[no-untyped-def]
    change(settled)
    _, short = build(settled)
    assert not short


SAVED_MEANWHILE = """
import sys
from generator import pipeline
from generator.cli.start import start
real = pipeline.build
def build(*asked):
    report = real(*asked)
    with open("content/2025-01-01-a.md", "a") as file:
        file.write("Un mot de plus.")
    return report
pipeline.build = build
start()
"""


def test_what_was_saved_while_the_build_ran_is_not_taken_for_built(settled: Newsletter) -> None:
    settled.article("2025-01-02-b")
    words = [sys.executable, "-c", SAVED_MEANWHILE, "build"]
    subprocess.run(words, cwd=settled.folder, check=True, capture_output=True)
    _, short = build(settled)
    assert not short
    assert "Un mot de plus." in settled.page("2025/01/a/")


def test_another_question_is_another_answer(settled: Newsletter) -> None:
    assert not build(settled, "--drafts")[1]
    assert not build(settled, MARBRE_BASE_URL="https://autre.example/")[1]
    assert not build(settled, "--clean")[1]


def test_an_article_that_comes_due_makes_it_void(newsletter: Newsletter) -> None:
    """The receipt knows the moment; that moment is then moved into the past."""
    newsletter.article("2099-01-01-b", expires="2100-01-01")
    settled_ = settle(newsletter)
    receipt = json.loads((settled_.folder / ".cache/receipt.json").read_text())
    assert time.gmtime(receipt["due"] + 86_400).tm_year == 2099
    assert build(settled_)[1]
    rewrite(settled_, {**receipt, "due": time.time() - 1})
    assert not build(settled_)[1]


def test_a_clock_that_was_set_back_makes_it_void(settled: Newsletter) -> None:
    receipt = json.loads((settled.folder / ".cache/receipt.json").read_text())
    rewrite(settled, {**receipt, "made": time.time() + 3600})
    assert not build(settled)[1]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"call": 1}'])
def test_a_damaged_receipt_is_none(settled: Newsletter, text: str) -> None:
    (settled.folder / ".cache/receipt.json").write_text(text)
    said, short = build(settled)
    assert not short
    assert "0 fichier écrit" in said


def rewrite(newsletter: Newsletter, receipt: dict[str, object]) -> None:
    (newsletter.folder / ".cache/receipt.json").write_text(json.dumps(receipt))
