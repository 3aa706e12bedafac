"""`marbre publish` to a branch of a repository that is reached by ssh, through a real sshd."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from . import tools
from .sshd import Machine, sshd

CONFIG = """\
title: Essai
base_url: https://exemple.fr/lettre/
language: fr
publish: {production: {to: git, remote: "ssh://ailleurs%s"}}
"""


@dataclass
class Letter:
    """A newsletter, and the repository of the other machine."""

    folder: Path
    bare: Path
    machine: Machine

    def publish(self, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run the command as a user does."""
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_SSH_COMMAND": self.machine.rsh}
        return subprocess.run(
            [sys.executable, "-m", "generator", "publish", "--yes", "-v", "-s", str(self.folder)],
            cwd=tools.ROOT,
            env={**os.environ, "LC_ALL": "C.UTF-8", **own, **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ("git", *words), cwd=self.bare, capture_output=True, text=True, check=True
        )
        return done.stdout

    def served(self, name: str) -> dict[str, bytes]:
        clone = self.folder.parent / name
        self.git("clone", "-q", "--branch", "gh-pages", self.bare.as_uri(), str(clone))
        return contents(clone)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not {".git", ".marbre"}.intersection(file.relative_to(folder).parts)
    }


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with sshd(tmp_path_factory.mktemp("machine")) as machine:
        yield machine


@pytest.fixture
def letter(tmp_path: Path, running: Machine) -> Letter:
    running.accept()
    running.greet()
    bare = tmp_path / "l'été.git"
    subprocess.run(("git", "init", "-q", "--bare", str(bare)), check=True)
    letter = Letter(tmp_path / "lettre", bare, running)
    (letter.folder / "content").mkdir(parents=True)
    (letter.folder / "newsletter.yaml").write_text(CONFIG % bare, "utf-8")
    (letter.folder / "content/2026-01-02-un.md").write_text("---\ntitle: Un\n---\nTexte.\n")
    return letter


def test_the_branch_is_the_site(letter: Letter) -> None:
    for n, text in enumerate(("Un.", "Deux.")):
        (letter.folder / "content/2026-01-03-deux.md").write_text(f"---\ntitle: D\n---\n{text}\n")
        said = letter.publish()
        assert said.returncode == 0, said.stderr
        assert letter.served(f"{n}") == {**contents(letter.folder / "site"), ".nojekyll": b""}
    assert "Tout est déjà en ligne" in letter.publish().stdout
    assert letter.git("rev-list", "--count", "gh-pages").strip() == "2"


def test_a_server_without_partial_clones_will_do(letter: Letter) -> None:
    letter.git("config", "uploadpack.allowFilter", "false")
    assert letter.publish().returncode == 0
    (letter.folder / "content/2026-01-02-un.md").write_text("---\ntitle: Deux\n---\nTexte.\n")
    for store in (letter.folder / ".cache").glob("publish-*.git"):
        store.rename(letter.folder.parent / "ailleurs")
    said = letter.publish()
    assert said.returncode == 0, said.stderr
    assert letter.served("clone") == {**contents(letter.folder / "site"), ".nojekyll": b""}


@pytest.mark.parametrize("key", ["", "other"])
def test_an_unknown_server_is_not_believed(letter: Letter, key: str) -> None:
    letter.machine.known.write_text("", "ascii")
    if key:
        letter.machine.greet(key=key)
    said = letter.publish()
    assert said.returncode == 1
    assert "publish-git-host-key" in said.stderr
    assert "Rien n’a changé en ligne." in said.stderr
    assert not letter.git("for-each-ref")


def test_who_may_not_enter_is_told_and_nobody_is_asked(letter: Letter) -> None:
    letter.machine.accept(key="stranger")
    said = letter.publish()
    assert said.returncode == 1
    assert "publish-git-denied" in said.stderr


def test_a_repository_that_is_not_there_is_told(letter: Letter) -> None:
    letter.bare.rename(letter.bare.with_name("ailleurs.git"))
    said = letter.publish()
    assert said.returncode == 1
    assert "publish-git-no-repository" in said.stderr


def test_a_server_that_is_down_is_told(letter: Letter) -> None:
    rsh = shlex.join([*shlex.split(letter.machine.rsh), "-p", "9"])
    said = letter.publish(GIT_SSH_COMMAND=rsh)
    assert said.returncode == 1
    assert "publish-git-unreachable" in said.stderr
