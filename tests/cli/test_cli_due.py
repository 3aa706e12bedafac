"""`marbre build --if-due`: nothing until a date comes, wherever the cache was carried."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

BEFORE, AFTER = "2026-11-30 18:00", "2026-12-01 08:30"
"""Around the date of `demain.md`."""
IDLE = "Rien à faire : rien n’a changé"


def article(title: str) -> str:
    return f"---\ntitle: {title}\n---\n\nUn texte.\n"


@pytest.fixture
def built(letter: Path, marbre) -> Path:
    """The newsletter as a CI leaves it: built, and the site gone."""
    assert marbre("build", "--at", BEFORE).code == 0
    shutil.rmtree(letter / "site")
    return letter


def is_idle(marbre, *words: str, at: str = BEFORE) -> bool:
    outcome = marbre("build", "--if-due", "--at", at, *words)
    assert outcome.code == 0, outcome.err
    idle = outcome.out.startswith(IDLE)
    assert idle == (outcome.out.count("\n") == 1 and "site/" not in outcome.out)
    return idle


def test_it_builds_when_the_date_comes_and_not_before(built: Path, marbre) -> None:
    outcome = marbre("build", "--if-due", "--at", "2026-12-01 08:29")
    assert outcome == (0, f"{IDLE}, et aucun article n’arrive à sa date avant le "
                          "1er décembre 2026 à 8 h 30.\n", "")  # fmt: skip
    assert not (built / "site").exists()
    assert not is_idle(marbre, at=AFTER)
    assert (built / "site/2026/12/demain/index.html").is_file()
    outcome = marbre("build", "--if-due", "--at", "2027-01-01")
    assert outcome.out == f"{IDLE}, et aucun article n’attend sa date.\n"


def test_an_expiry_is_a_date_too(letter: Path, marbre) -> None:
    marbre("build", "--at", "2026-02-28")
    assert is_idle(marbre, at="2026-02-28 23:59")
    assert not is_idle(marbre, at="2026-03-01")
    assert not (letter / "site/2025/01/hier").exists()


def test_the_clock_of_reproducible_builds_counts(
    built: Path, marbre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796106600")  # 2026-12-01 08:30 in Paris, less an hour
    assert marbre("build", "--if-due").out.startswith(IDLE)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796110200")
    assert not marbre("build", "--if-due").out.startswith(IDLE)


def test_it_is_true_in_a_fresh_checkout_elsewhere(
    built: Path, marbre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "another" / "machine"
    shutil.copytree(built, elsewhere, copy_function=shutil.copyfile)  # new inodes, new times
    monkeypatch.chdir(elsewhere)
    assert is_idle(marbre)
    assert not is_idle(marbre, at=AFTER)


Change = Callable[[Path], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda f: (f / "content/2026-01-05-neuf.md").write_text(article("Neuf"), "utf-8"),
        lambda f: (f / "content/2026-02-03-brouillon.md").unlink(),
        lambda f: (f / "content/dossier/plan.png").write_text("gnp", "utf-8"),
        lambda f: (f / "content/dossier/plan.png").rename(f / "content/dossier/plan2.png"),
        lambda f: (f / "newsletter.yaml").write_text("base_url: https://autre.fr/\n"),
        lambda f: (
            (f / "templates/static/css").mkdir(parents=True)
            or (f / "templates/static/css/90-own.css").write_text("a{}")
        ),
        lambda f: shutil.rmtree(f / ".cache"),
        lambda f: next((f / ".cache").glob("due-*")).write_text("{"),
        lambda f: next((f / ".cache").glob("due-*")).write_text('{"made": 1}'),
    ],
    ids=[
        "new",
        "deleted",
        "picture",
        "renamed",
        "config",
        "theme",
        "no-cache",
        "damaged",
        "another",
    ],
)
def test_a_change_is_never_taken_for_nothing(built: Path, marbre, change: Change) -> None:
    assert is_idle(marbre)
    change(built)
    assert not is_idle(marbre)
    assert is_idle(marbre)


@pytest.mark.parametrize(
    "words", [("--drafts",), ("-b", "https://autre.fr/"), ("-o", "public"), ("--clean",)]
)
def test_another_site_was_never_built(built: Path, marbre, words: tuple[str]) -> None:
    assert not is_idle(marbre, *words)
    assert is_idle(marbre, *words) == (words != ("--clean",))


def test_after_a_look_into_the_future_there_is_something_to_do(built: Path, marbre) -> None:
    marbre("build", "--at", "2027-01-01")
    assert not is_idle(marbre)


def test_a_build_that_failed_is_tried_again(built: Path, marbre) -> None:
    before = (built / "content/demain.md").read_text("utf-8")
    (built / "content/demain.md").write_text("---\ndate: jamais\n---\n", "utf-8")
    assert marbre("build", "--if-due", "--at", BEFORE).code == 1
    (built / "content/demain.md").write_text(before, "utf-8")
    assert not is_idle(marbre)


def test_looking_at_the_newsletter_is_no_build(built: Path, marbre) -> None:
    (built / "content/2026-01-05-neuf.md").write_text(article("Neuf"), "utf-8")
    marbre("list")
    assert not is_idle(marbre)


def test_it_answers_machines(built: Path, marbre) -> None:
    idle = marbre("build", "--if-due", "--at", BEFORE, "--json")
    assert json.loads(idle.out) == {"ok": True, "built": False, "due": "2026-12-01T07:30:00Z"}
    done = marbre("build", "--if-due", "--at", AFTER, "--json")
    assert json.loads(done.out)["built"] is True
    assert marbre("build", "--if-due", "--at", AFTER, "-q").out == ""


def test_it_ends_before_the_imports_of_a_build(built: Path) -> None:
    code = (
        "import sys; from generator.cli.start import start\n"
        "try: start()\n"
        "finally: print([m for m in ('jinja2', 'markdown_it', 'feedgen') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "--if-due", "--at", BEFORE],
        env={**os.environ, "LANG": "fr_FR.UTF-8"},
        cwd=built,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[1:] == ["[]"]
