"""`marbre publish` to a branch, as its user meets it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

CONFIG = "title: Essai\nbase_url: https://exemple.fr/lettre/\nlanguage: fr\nid: abc\n"
SECRET = "ghp_neLeDitesAPersonne42"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(("git", *words), cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def host(letter: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The newsletter in a repository with a remote, as `git clone` leaves it."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Zoé")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "zoe@exemple.fr")
    bare = letter.parent / "host.git"
    git(letter, "init", "-q", "--bare", str(bare))
    git(letter, "init", "-q", "-b", "main")
    (letter / "newsletter.yaml").write_text(CONFIG + "publish: {production: {to: git}}\n", "utf-8")
    git(letter, "add", "-A")
    git(letter, "commit", "-q", "-m", "Un")
    git(letter, "remote", "add", "origin", bare.as_uri())
    git(letter, "push", "-q", "origin", "main")
    return bare


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not {".git", ".marbre"}.intersection(file.relative_to(folder).parts)
    }


def clone(host: Path, name: str = "clone") -> Path:
    folder = host.parent / name
    git(host, "clone", "-q", "--branch", "gh-pages", host.as_uri(), str(folder))
    return folder


def test_the_site_comes_out_of_a_clone(marbre, letter, host):
    said = marbre("publish", "--yes")
    assert said.code == 0, said.err
    assert f"Vers « production » ({host.as_uri()} (gh-pages))" in said.out
    served = clone(host)
    assert files(served) == {**files(letter / "site"), ".nojekyll": b""}
    assert files(served)["CNAME"] == b"exemple.fr\n"
    assert (served / ".marbre/manifest.json").is_file()
    assert marbre("publish", "--yes").out.splitlines()[-1].startswith("Tout est déjà en ligne")
    assert git(host, "rev-list", "--count", "gh-pages").strip() == "1"
    assert "newsletter.yaml" in git(host, "ls-tree", "-r", "--name-only", "main")


def test_only_what_changed_is_sent_and_one_can_go_back(marbre, letter, host):
    marbre("publish", "--yes")
    before = files(clone(host, "un"))
    text = "---\ntitle: Changé\n---\nTexte.\n"
    (letter / "content/2026-01-02-en-ligne.md").write_text(text, "utf-8")
    said = json.loads(marbre("publish", "--yes", "--json").out)
    assert said["applied"]
    assert "2026/01/en-ligne/index.html" in said["changed"]
    assert not set(said["changed"]) & {"CNAME", "robots.txt"}
    assert files(clone(host, "deux")) == {**files(letter / "site"), ".nojekyll": b""}
    assert marbre("publish", "--rollback").code == 0
    assert files(clone(host, "trois")) == before


def test_the_branch_of_the_sources_is_no_place_for_the_site(marbre, letter, host):
    text = CONFIG + "publish: {production: {to: git, branch: main}}\n"
    (letter / "newsletter.yaml").write_text(text, "utf-8")
    before = git(host, "rev-parse", "main")
    said = marbre("publish", "--yes")
    assert said.code == 1
    assert "publish-git-source" in said.err
    assert "Rien n’a changé en ligne." in said.err
    assert git(host, "rev-parse", "main") == before


@pytest.mark.parametrize("kind", ["address", "token", "header"])
def test_no_secret_is_ever_shown_or_kept(marbre, letter, host, monkeypatch, kind):
    address = "https://127.0.0.1:9/lettre.git"
    if kind == "address":
        address = f"https://moi:{SECRET}@127.0.0.1:9/lettre.git"
    elif kind == "token":
        monkeypatch.setenv("MARBRE_GIT_TOKEN", SECRET)
    else:
        git(letter, "config", "http.extraHeader", f"Authorization: Bearer {SECRET}")
    git(letter, "remote", "set-url", "origin", address)
    said = marbre("publish", "--yes", "-v")
    assert said.code == 1
    assert "publish-git-unreachable" in said.err
    assert SECRET not in said.out + said.err
    cache = (file for file in (letter / ".cache").rglob("*") if file.is_file())
    assert not [file for file in cache if SECRET.encode() in file.read_bytes()]
