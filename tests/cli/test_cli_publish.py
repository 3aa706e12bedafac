"""`marbre publish`: what it says, what it asks, what it refuses."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

DRAFT = "content/2026-02-03-brouillon.md"
ONE = "content/2026-01-02-en-ligne.md"
CONFIG = "title: Essai\nbase_url: https://exemple.fr/lettre/\nlanguage: fr\nid: abc\n"
PRODUCTION = "publish:\n  production: {to: folder, path: ../www}\n"


@pytest.fixture
def online(letter: Path) -> Path:
    (letter / "newsletter.yaml").write_text(CONFIG + PRODUCTION, "utf-8")
    return letter.parent / "www" / "current"


def names(folder: Path) -> set[str]:
    files = (file for file in folder.rglob("*") if file.is_file() and ".marbre" not in file.parts)
    return {file.relative_to(folder).as_posix() for file in files}


def test_the_site_is_built_and_put_online(marbre, letter, online):
    said = marbre("publish", "--yes")
    assert said.code == 0
    assert names(online) == names(letter / "site")
    assert "Vers « production »" in said.out
    assert "https://exemple.fr/lettre/" in said.out.splitlines()[-1]
    assert "Brouillon" not in (online / "feed.xml").read_text("utf-8")
    again = marbre("publish", "--yes").out
    assert again.splitlines()[-1] == "Tout est déjà en ligne : https://exemple.fr/lettre/"


def test_a_dry_run_changes_nothing(marbre, letter, online):
    assert marbre("publish", "--dry-run").code == 0
    assert not online.parent.exists()


def test_subscribers_are_told_of_beforehand(marbre, letter, online):
    marbre("publish", "--yes")
    (letter / DRAFT).write_text("---\ntitle: Plus un brouillon\n---\nTexte.\n", "utf-8")
    said = marbre("publish", "--dry-run")
    assert said.code == 0
    assert "1 nouvel article" in said.out
    assert "Plus un brouillon" in said.out


def test_nobody_gets_an_article_twice(marbre, letter, online):
    marbre("publish", "--yes")
    (letter / "newsletter.yaml").write_text(CONFIG.replace("abc", "xyz") + PRODUCTION, "utf-8")
    said = marbre("publish", "--yes")
    assert said.code == 1
    assert "feed-all-again" in said.err
    assert "Rien n’a changé en ligne." in said.err
    assert marbre("publish", "--yes", "--resend").code == 0


def test_many_removals_want_permission(marbre, letter, online):
    marbre("publish", "--yes")
    for file in (letter / "content").glob("*.md"):
        file.unlink()
    before = names(online)
    said = marbre("publish", "--yes", "--delete-limit", "2")
    assert said.code == 1
    assert "publish-limit" in said.err
    assert names(online) == before
    assert marbre("publish", "--yes", "--delete-limit", "100").code == 0
    assert "2026/01/en-ligne/index.html" not in names(online)


def test_a_mistake_in_an_article_leaves_everything_online(marbre, letter, online):
    marbre("publish", "--yes")
    before = {name: (online / name).read_bytes() for name in names(online)}
    (letter / ONE).write_text("---\ntitle: [\n---\n", "utf-8")
    said = marbre("publish", "--yes")
    assert said.code == 1
    assert "Rien n’a changé en ligne." in said.err
    assert {name: (online / name).read_bytes() for name in names(online)} == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CONFIG, "publish-no-target"),
        (CONFIG.replace("https://exemple.fr/lettre/", "''") + PRODUCTION, "publish-no-address"),
        (CONFIG.replace("exemple.fr", "localhost:8000") + PRODUCTION, "publish-at-home"),
        (CONFIG.replace("exemple.fr", "192.168.1.3") + PRODUCTION, "publish-at-home"),
        (CONFIG + "publish: {production: {to: foldr, path: x}}\n", "not-a-choice"),
        (CONFIG + "publish: {production: {path: x}}\n", "missing-key"),
        (CONFIG + "publish: {production: {to: folder, pth: x}}\n", "unknown-key"),
        (CONFIG + "publish: {un: {to: folder}, deux: {to: folder}}\n", "publish-which"),
    ],
)
def test_what_cannot_be_published_is_said(marbre, letter, text, code):
    (letter / "newsletter.yaml").write_text(text, "utf-8")
    said = marbre("publish", "--yes")
    assert said.code == 1
    assert f"[{code}]" in said.err


def test_an_unknown_place_has_a_neighbour(marbre, letter, online):
    said = marbre("publish", "prodction", "--yes")
    assert said.code == 1
    assert "vouliez-vous dire `production`" in said.err


def test_a_clock_that_was_set_forward_publishes_nothing(marbre, letter, online, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")
    said = marbre("publish", "--yes")
    assert said.code == 1
    assert "publish-ahead" in said.err


def test_where_nobody_can_be_asked_yes_is_wanted(marbre, letter, online):
    said = marbre("publish")
    assert said.code == 2
    assert "--yes" in said.err
    assert not online.parent.exists()


@pytest.mark.parametrize(("answer", "done"), [("o\n", True), ("\n", False), ("n\n", False)])
def test_a_terminal_is_asked(letter, online, answer, done):
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "generator", "publish", "-s", str(letter)]
    os.write(ours, answer.encode())
    process = subprocess.run(
        words, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60
    )
    os.close(ours)
    os.close(theirs)
    assert "Publier ? [o/N]" in process.stdout
    assert online.exists() is done
    assert process.returncode == (0 if done else 130)


def test_json_is_one_document(marbre, letter, online):
    said = json.loads(marbre("publish", "--yes", "--json").out)
    assert said["ok"]
    assert said["applied"]
    assert set(said["added"]) == names(online)
    assert said["bytes"] == sum((online / name).stat().st_size for name in names(online))
    again = json.loads(marbre("publish", "--yes", "--json").out)
    assert not again["applied"]
    assert again["unchanged"] == len(said["added"])


def test_one_can_go_back(marbre, letter, online):
    marbre("publish", "--yes")
    (letter / ONE).write_text("---\ntitle: Changé\n---\nTexte.\n", "utf-8")
    marbre("publish", "--yes")
    assert "Changé" in (online / "feed.xml").read_text("utf-8")
    assert marbre("publish", "--rollback").code == 0
    assert "Changé" not in (online / "feed.xml").read_text("utf-8")
