"""A build that is killed between any two writes, or in the middle of one, is mended by the next.

Every change of a file passes by Python's audit hooks. So a process of ours can count them and kill
itself at the n-th, for every n: no clock, no luck. What SQLite writes it writes past the hooks;
its pages are therefore mixed by hand, as a kill between two of them leaves them.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from law import PARALLEL, everything
from newsletters import Newsletter

Then = Callable[[Newsletter], None]
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
"""Audit events of all that changes a folder; `os.replace` is a rename."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
FORK = multiprocessing.get_context("fork")
PAGE = 4096
"""Bytes of a page of SQLite."""


@pytest.fixture
def letter(tmp_path: Path) -> Newsletter:
    return Newsletter(tmp_path / "lettre")


def begin(letter: Newsletter) -> None:
    letter.config("title: Essai\nbase_url: https://a.example/\nfeeds: {items: 2}\n")
    letter.article("2025-01-01-a", "Un.\n", tags="[IA]", permalink="/x/")
    letter.article("2025-01-02-b", "Deux.\n")
    letter.file("content/f", "un fichier")


def edit(letter: Newsletter) -> None:
    """New, changed and removed pages; a file where a folder was, and a folder where a file was."""
    letter.article("2025-01-01-a", "Un.\n", permalink="/x/y/")
    letter.article("2025-01-03-c", "Trois.\n", tags="[Droit]")
    (letter.folder / "content/2025-01-02-b.md").unlink()
    (letter.folder / "content/f").unlink()
    letter.file("content/f/g", "un autre")


def undo(letter: Newsletter) -> None:
    shutil.rmtree(letter.folder / "content")
    begin(letter)


def nothing(letter: Newsletter) -> None:
    """The author only builds again."""


def killed_at(letter: Newsletter, number: int, torn: bool) -> bool:
    """Build in another process that kills itself at its n-th change; whether there was one."""
    process = FORK.Process(target=_build_until, args=(letter, number, torn))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _build_until(letter: Newsletter, number: int, torn: bool) -> None:
    passed = 0

    def count(event: str, values: tuple[Any, ...]) -> None:
        nonlocal passed
        written = event == "open" and bool(values[2] & WRITING)
        if not (written or event in CHANGES) or (torn and not written):
            return
        if written and not os.path.isdir(os.path.dirname(values[0])):
            return  # an attempt, not a write: the folder is still to be made
        passed += 1
        if passed == number:
            if torn:  # opened, and cut off in the middle of the first bytes
                os.truncate(os.open(values[0], os.O_RDWR | os.O_CREAT), 0)
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    letter.build()


def written_anew(folder: Path) -> dict[str, bytes]:
    """What a clean build of the newsletter in a folder gives."""
    clean = folder.parent / "clean"
    shutil.copytree(folder, clean, ignore=shutil.ignore_patterns("site", ".cache"))
    Newsletter(clean).build()
    made = everything(clean / "site")
    shutil.rmtree(clean)
    return made


@pytest.mark.parametrize(
    ("first", "then", "torn"),
    [
        (False, nothing, False),
        (False, undo, False),
        (False, undo, True),
        (True, nothing, False),
    ],
    ids=["update", "update-undone", "update-torn-and-undone", "first-build"],
)
def test_killed_at_every_write(letter: Newsletter, first: bool, then: Then, torn: bool) -> None:
    prepared = letter.folder.parent / "prepared"
    begin(letter)
    if not first:
        letter.build()
    edit(letter)
    shutil.copytree(letter.folder, prepared)
    then(letter)
    clean = written_anew(letter.folder)
    for number in itertools.count(1):
        shutil.rmtree(letter.folder)
        shutil.copytree(prepared, letter.folder)
        killed = killed_at(letter, number, torn)
        then(letter)
        assert letter.build().diagnostics == ()
        assert everything(letter.folder / "site") == clean
        if not killed:
            break
    assert number > 10, "no build was ever killed: the test means nothing"


def test_killed_between_two_pages_of_the_shelf(letter: Newsletter) -> None:
    """SQLite writes the changed pages in their order; without a journal the first n of them are
    what a killed build leaves.
    """
    for number in range(30):
        letter.article(f"2024-01-01-{number}", f"Texte {number}.\n" * 30)
    begin(letter)
    letter.build()
    shelf = letter.folder / ".cache/articles.sqlite"
    before = shelf.read_bytes()
    edit(letter)
    for number in range(0, 30, 2):
        letter.article(f"2024-01-01-{number}", f"Autre texte {number}.\n" * 90)
    clean = written_anew(letter.folder)
    shutil.copytree(letter.folder, letter.folder.parent / "prepared")
    letter.build()
    after = shelf.read_bytes()
    assert len(before) > 10 * PAGE
    for cut in range(PAGE, len(after), 8 * PAGE):
        shutil.rmtree(letter.folder)
        shutil.copytree(letter.folder.parent / "prepared", letter.folder)
        shelf.write_bytes(after[:cut] + before[cut:])
        letter.build()
        assert everything(letter.folder / "site") == clean
        assert letter.build().diagnostics == (), "the shelf does not heal"


def test_a_worker_that_is_killed(letter: Newsletter, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the system does when memory runs out: the build fails, the next one makes all."""
    begin(letter)
    letter.build()
    edit(letter)
    before = everything(letter.folder / "site")
    with monkeypatch.context() as patch:
        patch.setattr("generator.render.stage", _die)
        with pytest.raises(BrokenProcessPool):
            letter.build(PARALLEL)
    assert everything(letter.folder / "site") == before
    letter.build(PARALLEL)
    assert everything(letter.folder / "site") == written_anew(letter.folder)


def _die(*_words: object, **_more: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
