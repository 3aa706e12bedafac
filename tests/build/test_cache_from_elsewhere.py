"""A cache may come from anywhere (a CI cache, another machine, a backup, a disk with bad sectors):
the bytes are those of a clean build.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from law import build_by_the_law
from newsletters import Newsletter

from generator.engine import digest
from generator.engine.ledger import SCHEMA
from generator.model.report import Report

Change = Callable[[Path], None]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Newsletter:
    """A newsletter on another machine, built there."""
    made = Newsletter(tmp_path / "ci/work/lettre")
    made.config("title: Essai\nbase_url: https://a.example/\n")
    for number in range(6):
        made.article(f"2025-01-0{number + 1}-a{number}", f"Texte {number}.\n", tags="[IA]")
    made.file("content/x.csv", "a;b\n")
    made.build()
    return made


def moved(newsletter: Newsletter, folder: Path, *, times: bool = True, site: bool = True) -> None:
    """Copy a newsletter with its cache: other inodes and ctimes, and other mtimes if asked."""
    without = shutil.ignore_patterns("nothing" if site else "site")
    copy = shutil.copy2 if times else shutil.copy
    shutil.copytree(newsletter.folder, folder, ignore=without, copy_function=copy)


def built(newsletter: Newsletter) -> Report:
    made = build_by_the_law(newsletter)
    assert isinstance(made, Report)
    return made


@pytest.mark.parametrize("times", [True, False], ids=["same-mtimes", "other-mtimes"])
@pytest.mark.parametrize("site", [True, False], ids=["with-site", "without-site"])
def test_at_another_path(elsewhere: Newsletter, tmp_path: Path, times: bool, site: bool) -> None:
    moved(elsewhere, tmp_path / "ici", times=times, site=site)
    here = Newsletter(tmp_path / "ici")
    here.article("2025-01-01-a0", "Changé entre-temps.\n")
    (here.folder / "content/2025-01-02-a1.md").unlink()
    here.file("content/x.csv", "a;c\n")  # the same size
    built(here)


@pytest.mark.parametrize("times", [True, False], ids=["same-mtimes", "other-mtimes"])
def test_at_the_same_path_on_another_machine(
    elsewhere: Newsletter, tmp_path: Path, times: bool
) -> None:
    """The ledger is found by the path of the output: what it says must still be checked."""
    moved(elsewhere, tmp_path / "aside", times=times)
    shutil.rmtree(elsewhere.folder)
    moved(Newsletter(tmp_path / "aside"), elsewhere.folder, times=times)
    elsewhere.article("2025-01-01-a0", "Texte 0.\n\nChangé.\n", tags="[IA]")
    elsewhere.file("site/index.html", "autre chose")
    written = built(elsewhere).written
    assert "index.html" in written
    assert "2025/01/a4/index.html" not in written, "the cache is of no use"


def test_of_another_newsletter(elsewhere: Newsletter, tmp_path: Path) -> None:
    other = Newsletter(tmp_path / "autre")
    other.config("title: Autre\nbase_url: https://b.example/\n")
    other.article("2025-01-01-a0", "Tout autre chose.\n", tags="[IA]")
    shutil.copytree(elsewhere.folder / ".cache", other.folder / ".cache")
    built(other)


def run(*statements: str) -> Change:
    """Change the shelf past its own methods."""

    def change(cache: Path) -> None:
        with closing(sqlite3.connect(cache / "articles.sqlite")) as shelf:
            for statement in statements:
                shelf.execute(statement)
            shelf.commit()

    return change


def reseal(change: Callable[[bytes], bytes]) -> Change:
    """Change the ledgers and seal them anew, as a forger would."""

    def forge(cache: Path) -> None:
        for file in cache.glob("output-*"):
            encoded = change(file.read_bytes()[len(SCHEMA) + digest.SIZE * 2 :])
            file.write_bytes(SCHEMA + digest.of_bytes(encoded).encode() + encoded)

    return forge


def lose(pattern: str) -> Change:
    def change(cache: Path) -> None:
        for file in cache.glob(pattern):
            file.unlink()

    return change


def leave_a_journal(cache: Path) -> None:
    """As if SQLite had been killed, but of no use."""
    (cache / "articles.sqlite-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 200)


@pytest.mark.parametrize(
    "change",
    [
        run("DELETE FROM page WHERE path < 'content/2025-01-04'"),
        run("DELETE FROM body"),
        run("DELETE FROM page"),
        run("UPDATE page SET record = replace(record, 'a1', 'zz')"),
        run("UPDATE page SET record = 'no bytes'"),
        run("UPDATE page SET record = NULL, seal = NULL"),
        run("UPDATE page SET source = 'forged'"),
        run("UPDATE page SET size = 'x', mtime = NULL"),
        run("UPDATE page SET context = 'another'"),
        run("UPDATE body SET record = replace(record, 'Texte', 'Faux')"),
        run("UPDATE body SET digest = digest || 'x'"),
        run("DROP TABLE body"),
        run("DROP TABLE page"),
        run("PRAGMA user_version = 99"),
        reseal(lambda data: data[: len(data) // 2]),
        reseal(lambda data: b"\x80"),
        reseal(lambda data: b"\x91\x01"),
        lose("output-*"),
        lose("articles.sqlite"),
        leave_a_journal,
    ],
    ids=[
        *("half-the-pages", "no-bodies", "no-pages", "other-records", "texts-for-bytes", "nulls"),
        *("sources", "signatures", "contexts", "other-bodies", "digests"),
        *("no-body-table", "no-page-table", "version"),
        *("half-a-ledger", "empty-ledger", "no-ledger-at-all", "lost-ledgers", "lost-shelf"),
        "a-journal-of-nothing",
    ],
)
@pytest.mark.parametrize("edited", [False, True])
def test_forged_or_half_missing(elsewhere: Newsletter, change: Change, edited: bool) -> None:
    change(elsewhere.folder / ".cache")
    if edited:
        elsewhere.article("2025-01-03-a2", "Changé.\n", tags="[IA, Droit]")
        (elsewhere.folder / "content/2025-01-05-a4.md").unlink()
    built(elsewhere)
    elsewhere.config("title: Essai\nper_page: 2\nbase_url: https://a.example/\n")
    assert built(elsewhere).diagnostics == ()
