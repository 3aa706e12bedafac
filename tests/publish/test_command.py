"""Any other place, by a command of its own."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from trees import publish, texts, tree

from generator.contracts import Ground, Target
from generator.publish.command import KIND, Settings
from generator.publish.trouble import Trouble

OLD = {"index.html": "un", "a.html": "a"}
NEW = {"index.html": "deux", "b.html": "b"}
COPY = "sh -c 'rm -rf ../there; cp -r \"$0\" ../there' {site}"


def place(folder: Path, command: str = COPY, name: str = "production") -> Target:
    (folder / "lettre").mkdir(exist_ok=True)
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    environ = {"PATH": os.environ["PATH"], "DEPLOY_TOKEN": "s3cr3t-jeton"}
    ground = Ground(name, folder / "lettre", "https://exemple.fr/", now, environ)
    return KIND.open(Settings(command=command), ground)


def test_the_command_runs_in_the_newsletter_with_the_site(tmp_path: Path) -> None:
    site = tmp_path / "un site"
    assert set(publish(place(tmp_path), tree(site, OLD)).added) == OLD.keys()
    assert texts(tmp_path / "there") == OLD
    (site / "a.html").unlink()
    changes = publish(place(tmp_path), tree(site, NEW))
    assert (changes.added, changes.changed, changes.removed) == (
        ("b.html",),
        ("index.html",),
        ("a.html",),
    )
    assert texts(tmp_path / "there") == NEW


def test_each_place_has_its_own_note(tmp_path: Path) -> None:
    site = tree(tmp_path / "site", OLD)
    publish(place(tmp_path), site)
    assert not place(tmp_path, name="../essai").compare(site).nothing
    publish(place(tmp_path, name="../essai"), site)
    assert len(list((tmp_path / "lettre/.cache").iterdir())) == 2


def test_a_failure_is_clear_and_what_is_online_then_is_unknown(tmp_path: Path) -> None:
    old, new = tree(tmp_path / "old", OLD), tree(tmp_path / "new", NEW)
    publish(place(tmp_path), old)
    broken = place(tmp_path, "sh -c 'echo $DEPLOY_TOKEN est refusé; exit 3'")
    with pytest.raises(Trouble, match="publish-tool-failed") as caught:
        list(broken.apply(new, broken.compare(new)))
    facts = caught.value.diagnostics[0].facts
    assert facts == {"tool": "sh", "status": "3", "said": "••• est refusé"}
    assert not place(tmp_path).compare(new).nothing
    changes = publish(place(tmp_path), old)
    assert set(changes.changed) == OLD.keys(), "the former state is sent again, too"
    assert changes.removed == ("b.html",)


def test_no_shell_reads_it(tmp_path: Path) -> None:
    target = place(tmp_path, "echo $HOME * ; {site}")
    site = tree(tmp_path / "site", OLD)
    (told, *_) = target.apply(site, target.compare(site))
    assert told.said == f"$HOME * ; {tmp_path / 'site'}\n"


@pytest.mark.parametrize("command", ["", "  ", "echo 'a"])
def test_what_is_no_command_is_said(tmp_path: Path, command: str) -> None:
    with pytest.raises(Trouble, match="publish-bad-command"):
        place(tmp_path, command)


def test_where_it_goes_holds_no_secret(tmp_path: Path) -> None:
    target = place(tmp_path, "deploy --token s3cr3t-jeton https://moi:motdepasse@exemple.fr")
    assert target.where() == "deploy --token ••• https://•••@exemple.fr"
