"""A build that is killed between any two writes, or in the middle of one, is mended by the next.

Every change of a file passes by Python's audit hooks. So a process of ours can count them and kill
itself at the n-th, for every n: no clock, no luck. What SQLite writes it writes past the hooks;
its pages are therefore mixed by hand, as a kill between two of them leaves them.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from law import build_by_the_law
from newsletters import Newsletter

from generator.model.report import Report

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


@pytest.mark.usefixtures("quick_templates")
@pytest.mark.parametrize("torn", [False, True], ids=["between-two", "in-the-middle-of-one"])
@pytest.mark.parametrize("then", [nothing, undo])
@pytest.mark.parametrize("first", [False, True], ids=["update", "first-build"])
def test_killed_at_every_write(letter: Newsletter, first: bool, then: Any, torn: bool) -> None:
    number, alive = 0, False
    while not alive:
        number += 1
        shutil.rmtree(letter.folder.parent)
        begin(Newsletter(letter.folder))
        if not first:
            letter.build()
        edit(letter)
        alive = not killed_at(letter, number, torn)
        then(letter)
        made = build_by_the_law(letter)
        assert isinstance(made, Report)
        assert made.diagnostics == ()
    assert number > 10
