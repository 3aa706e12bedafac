"""The law of builds: any edits built incrementally give, byte for byte, what a clean build gives;
the same input gives the same bytes in any folder, time zone, locale and hash seed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)
from newsletters import Newsletter

ROOT = Path(__file__).parent.parent.parent
TITLES = st.sampled_from(["Un", "Deux : le retour", "L’été !", "🎉 Fête", "AT&T <b>", "Ça « va »"])
TAG = st.sampled_from(["IA", "ia", "Europe", "Puces", "C++", "Droit d'auteur"])
TAGS = st.lists(TAG, max_size=3)
BODIES = st.sampled_from(
    [
        "Du texte.\n",
        "Un.\n\nPoints clés :\n🌟 Un point\n🔍 Un autre\n",
        "## Titre\n\n[lien](/tags/)\n\n```python\nx = 1\n```\n",
        "Note[^1].\n\n[^1]: En bas.\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ]
)
DATES = st.dates().filter(lambda d: 2020 < d.year < 2027).map(str)


class Edits(RuleBasedStateMachine):
    """A writer at work; after every step the folder is built, and built anew elsewhere."""

    articles = Bundle("articles")

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.home = Path(tempfile.mkdtemp(prefix="marbre-law-"))
        self.newsletter = Newsletter(self.home / "lettre")
        self.count = 0

    @initialize()
    def begin(self) -> None:
        self.newsletter.config("title: Essai\nper_page: 2\n")

    @rule(target=articles, title=TITLES, tags=TAGS, body=BODIES, date=DATES, draft=st.booleans())
    def create(self, title: str, tags: list[str], body: str, date: str, draft: bool) -> str:
        self.count += 1
        name = f"n{self.count}"
        self._put(name, title, tags, body, date, draft)
        return name

    @rule(name=articles, title=TITLES, tags=TAGS, body=BODIES, date=DATES, draft=st.booleans())
    def edit(
        self, name: str, title: str, tags: list[str], body: str, date: str, draft: bool
    ) -> None:
        self._put(name, title, tags, body, date, draft)

    @rule(name=consumes(articles))
    def delete(self, name: str) -> None:
        (self.newsletter.folder / f"content/{name}.md").unlink()

    @rule(target=articles, name=consumes(articles))
    def rename(self, name: str) -> str:
        self.count += 1
        folder = self.newsletter.folder / "content"
        os.rename(folder / f"{name}.md", folder / f"n{self.count}.md")
        return f"n{self.count}"

    @rule(size=st.integers(1, 4), motto=TITLES)
    def configure(self, size: int, motto: str) -> None:
        self.newsletter.config(f"title: Essai\nper_page: {size}\nmotto: {motto!r}\n")

    @rule(text=st.sampled_from(["", "<p>bas</p>", "{{ shell.title }}"]))
    def change_a_template(self, text: str) -> None:
        self.newsletter.file(
            "templates/base.html",
            '{% extends "theme/base.html" %}{% block footer %}' + text + "{% endblock %}",
        )

    @rule(data=st.data())
    def tamper_with_the_output(self, data: st.DataObject) -> None:
        files = sorted((self.newsletter.folder / "site").rglob("*.html"))
        if files:
            victim = data.draw(st.sampled_from(files))
            if data.draw(st.booleans()):
                victim.unlink()
            else:
                victim.write_text("x" * victim.stat().st_size)

    @rule()
    def lose_the_cache(self) -> None:
        shutil.rmtree(self.newsletter.folder / ".cache", ignore_errors=True)

    @invariant()
    def incremental_is_clean(self) -> None:
        self.newsletter.build()
        clean = self.home / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        self.newsletter.build(output=str(clean))
        assert self.newsletter.tree() == self.newsletter.tree(str(clean))

    def teardown(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)

    def _put(
        self, name: str, title: str, tags: list[str], body: str, date: str, draft: bool
    ) -> None:
        import json

        matter = json.dumps({"title": title, "tags": tags, "date": date, "draft": draft})
        self.newsletter.file(f"content/{name}.md", f"---\n{matter}\n---\n{body}")


Edits.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_incremental_is_clean = Edits.TestCase


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample newsletter, away from the checkout."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "newsletter.yaml", folder)
    return folder


@pytest.fixture(scope="module")
def reference(sample: Path) -> dict[str, bytes]:
    return built(sample, "reference", {})


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LANG": "en_US.UTF-8", "PYTHONHASHSEED": "2"},
    ],
    ids=["kiritimati", "los-angeles"],
)
def test_same_bytes_whatever_the_surroundings(
    sample: Path, reference: dict[str, bytes], surroundings: dict[str, str]
) -> None:
    assert built(sample, "again", surroundings) == reference


def test_same_bytes_in_another_folder(
    sample: Path, reference: dict[str, bytes], tmp_path: Path
) -> None:
    moved = tmp_path / "un autre dossier é"
    shutil.copytree(sample, moved, ignore=shutil.ignore_patterns("reference", "again", ".cache"))
    assert built(moved, "site", {}) == reference


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    newsletter = Newsletter(tmp_path)
    newsletter.article("2025-01-01-a", tags="IA")
    first = newsletter.build()
    second = newsletter.build()
    assert first.written
    assert (second.written, second.removed, second.unchanged) == ((), (), len(first.written))


def test_clean_writes_everything_anew(tmp_path: Path) -> None:
    newsletter = Newsletter(tmp_path)
    newsletter.article("2025-01-01-a", tags="IA")
    first = newsletter.build()
    assert newsletter.build(clean=True).written == first.written


def built(folder: Path, output: str, surroundings: dict[str, str]) -> dict[str, bytes]:
    """The files that the real command makes in the given surroundings."""
    command = [sys.executable, "-m", "generator", "build", "-q", "-o", output]
    subprocess.run(
        [*command, "--at", "2025-07-01"],
        cwd=folder,
        env={**os.environ, **surroundings},
        check=True,
        capture_output=True,
    )
    root = folder / output
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file()
    }
