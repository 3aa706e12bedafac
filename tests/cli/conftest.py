"""A small newsletter with an article of every status, and the command as a function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.cli.main import run

PLAIN = {0xA0: " ", 0x202F: " "}


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


Marbre = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "MARBRE_BASE_URL", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def marbre(capsys: pytest.CaptureFixture[str]) -> Marbre:
    """Run the command in this process; the spaces of French typography are made plain ones."""

    def command(*words: str) -> Outcome:
        code = run(words)
        out, err = (text.translate(PLAIN) for text in capsys.readouterr())
        return Outcome(code, out, err)

    return command


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "lettre"
    files = {
        "newsletter.yaml": "title: Essai\nbase_url: https://exemple.fr/lettre/\nlanguage: fr\n",
        "content/2026-01-02-en-ligne.md": article("En ligne", "tags: [IA]\naliases: [/vieux/]"),
        "content/2026-02-03-brouillon.md": article("Brouillon", "draft: true"),
        "content/demain.md": article("Demain", "date: 2026-12-01 08:30\ntags: [IA]"),
        "content/hier.md": article("Hier", "date: 2025-01-01\nexpires: 2026-03-01"),
        "content/dossier/index.md": article("Dossier", "date: 2026-07-14"),
        "content/dossier/plan.png": "png",
        "content/pages/a-propos.md": article("À propos", ""),
        "content/CNAME": "exemple.fr\n",
        "content/notes~": "",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def article(title: str, more: str) -> str:
    return f"---\ntitle: {title}\n{more}\n---\n\nUn texte.\n"
