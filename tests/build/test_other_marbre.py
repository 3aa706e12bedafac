"""Marbre itself changes between two builds: its code, its words, its theme, its libraries."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from law import everything
from newsletters import Newsletter

ROOT = Path(__file__).parent.parent.parent
LIBRARY = "python-slugify"
"""A small library whose work ends up in parsed articles."""


class Marbre:
    """A copy of the package as it is installed from a wheel, and a newsletter built with it."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "packages"
        shutil.copytree(
            ROOT / "generator",
            self.folder / "generator",
            ignore=shutil.ignore_patterns("__pycache__", "templates"),
        )
        shutil.copytree(ROOT / "templates", self.folder / "generator/templates")
        self.newsletter = Newsletter(home / "lettre")
        self.newsletter.config("title: Essai\nbase_url: https://a.example/\n")
        self.newsletter.article("2025-01-01-Titre d’été", "Du texte.\n" * 300, tags="[IA]")

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def build(self, folder: Path) -> dict[str, bytes]:
        done = subprocess.run(
            [sys.executable, "-m", "generator", "build", "--at", "2025-06-30"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return everything(folder / "site")

    def built_by_the_law(self) -> dict[str, bytes]:
        clean = self.newsletter.folder.parent / "elsewhere"
        shutil.rmtree(clean, ignore_errors=True)
        ours = ("site", ".cache")
        shutil.copytree(self.newsletter.folder, clean, ignore=shutil.ignore_patterns(*ours))
        made = self.build(self.newsletter.folder)
        assert made == self.build(clean)
        return made


@pytest.fixture
def marbre(tmp_path: Path) -> Marbre:
    return Marbre(tmp_path)


PAGE = "2025/01/titre-d-ete/index.html"


@pytest.mark.parametrize(
    ("path", "old", "new", "shown"),
    [
        (
            "generator/model/article.py",
            "WORDS_A_MINUTE = 220",
            "WORDS_A_MINUTE = 20",
            "30\u00a0min",
        ),
        ("generator/locales/fr.yaml", "Étiquettes", "Mots-clés", "Mots-clés"),
        ("generator/templates/article.html", "<article", "<article data-x=neuf", "data-x=neuf"),
    ],
    ids=["code", "words", "theme"],
)
def test_other_pages(marbre: Marbre, path: str, old: str, new: str, shown: str) -> None:
    before = marbre.build(marbre.newsletter.folder)
    marbre.replace(path, old, new)
    after = marbre.built_by_the_law()
    assert shown not in before[PAGE].decode()
    assert shown in after[PAGE].decode()


def test_another_version_of_a_library(marbre: Marbre) -> None:
    found = distribution(LIBRARY)
    marbre.build(marbre.newsletter.folder)
    for file in found.files or ():
        if file.suffix in (".py", "") and ".." not in file.parts:
            there = marbre.folder / str(file).replace(found.version, "999.0")
            there.parent.mkdir(parents=True, exist_ok=True)
            text = Path(str(file.locate())).read_text("utf-8")
            there.write_text(text.replace(f"Version: {found.version}", "Version: 999.0"), "utf-8")
    with (marbre.folder / "slugify/__init__.py").open("a", encoding="utf-8") as module:
        module.write("old = slugify\ndef slugify(t, **k): return t and old(t, **k) + 'x'\n")
    made = marbre.built_by_the_law()
    assert "2025/01/titre-d-etex/index.html" in made
