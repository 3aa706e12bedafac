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
from .git_host import Host, git_host
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


SECRET = "jeton-à-ne-dire-à-personne"


@pytest.fixture
def host(letter: Letter, tmp_path: Path) -> Iterator[Host]:
    """The same repository over https."""
    bare = tmp_path / "host.git"
    letter.bare.rename(bare)
    letter.bare = bare
    with git_host(tmp_path, SECRET) as host:
        config = letter.folder / "newsletter.yaml"
        url = f"https://127.0.0.1:{host.port}/host.git"
        text = config.read_text("utf-8").partition("publish:")[0]
        config.write_text(f"{text}publish: {{production: {{to: git, remote: '{url}'}}}}\n", "utf-8")
        yield host


@pytest.mark.parametrize("name", ["", "zoé"])
def test_a_token_of_the_environment_opens_https(letter: Letter, host: Host, name: str) -> None:
    more = {"MARBRE_GIT_TOKEN": SECRET, "GIT_SSL_CAINFO": str(host.certificate)}
    said = letter.publish(**more, **({"MARBRE_GIT_USER": name} if name else {}))
    assert said.returncode == 0, said.stderr
    assert letter.served("clone") == {**contents(letter.folder / "site"), ".nojekyll": b""}
    assert host.names == {name or "marbre"}
    kept = [file for file in (letter.folder / ".cache").rglob("*") if file.is_file()]
    assert not [file for file in kept if SECRET.encode() in file.read_bytes()]


@pytest.mark.parametrize("token", ["", "un-autre-jeton"])
def test_without_the_right_token_that_is_told(letter: Letter, host: Host, token: str) -> None:
    more = {"MARBRE_GIT_TOKEN": token, "GIT_SSL_CAINFO": str(host.certificate)}
    said = letter.publish(**more)
    assert said.returncode == 1
    assert "publish-git-denied" in said.stderr
    assert "un-autre-jeton" not in said.stderr + said.stdout
    assert not host.names


def test_a_token_goes_to_its_host_alone(letter: Letter, host: Host, tmp_path: Path) -> None:
    """Another host that the first one sends us to asks for a password, and gets none."""
    (tmp_path / "gitconfig").write_text(
        f'[url "https://localhost:{host.port}/"]\n insteadOf = https://127.0.0.1:{host.port}/\n'
        "[http]\n sslVerify = false\n",
        "utf-8",
    )
    said = letter.publish(MARBRE_GIT_TOKEN=SECRET, GIT_CONFIG_GLOBAL=str(tmp_path / "gitconfig"))
    assert said.returncode == 1
    assert "publish-git-denied" in said.stderr
    assert not host.names
