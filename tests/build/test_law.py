"""The law of builds: any edits built incrementally give, byte for byte, what a clean build gives;
the same input gives the same bytes in any folder, time zone, locale and hash seed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import timedelta
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
from newsletters import NOW, Newsletter

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
        self.home = Path(tempfile.mkdtemp(prefix="marbre-law-"))
        self.newsletter = Newsletter(self.home / "lettre")
        self.count = 0
        self.now = NOW

    @initialize()
    def begin(self) -> None:
        self.newsletter.config("title: Essai\nper_page: 2\nbase_url: https://a.example/\n")

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

    @rule(name=articles)
    def touch(self, name: str) -> None:
        os.utime(self.newsletter.folder / f"content/{name}.md", (1, 1))

    @rule(name=articles, letter=st.sampled_from("xyz"))
    def edit_in_place_without_a_trace(self, name: str, letter: str) -> None:
        """Same size, same mtime: only the ctime tells."""
        file = self.newsletter.folder / f"content/{name}.md"
        stat, text = file.stat(), file.read_text("utf-8")
        file.write_text(text[:-2] + letter + "\n", "utf-8")
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    @rule(
        size=st.integers(1, 4),
        motto=TITLES,
        base=st.sampled_from(["https://a.example/", "https://b.example/lettre/"]),
        extra=st.sampled_from(["", "key_points: {position: inline}\n", "feeds: {items: 2}\n"]),
    )
    def configure(self, size: int, motto: str, base: str, extra: str) -> None:
        self.newsletter.config(
            f"title: Essai\nper_page: {size}\nmotto: {motto!r}\nbase_url: {base}\n{extra}"
        )

    @rule(days=st.integers(-900, 900))
    def let_time_pass(self, days: int) -> None:
        self.now = NOW + timedelta(days=days)

    @rule(text=st.text("ab", max_size=2), name=st.sampled_from(["a.txt", "sous/b.bin"]))
    def put_a_file(self, text: str, name: str) -> None:
        self.newsletter.file(f"content/{name}", text)

    @rule(text=st.sampled_from(["<p>par</p>", "{{ page.title }}", None]))
    def change_a_part_of_a_template(self, text: str | None) -> None:
        path = "templates/partials/byline.html"
        if text is None:
            (self.newsletter.folder / path).unlink(missing_ok=True)
        else:
            self.newsletter.file(path, text)

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

    @rule(data=st.data(), how=st.sampled_from(["lose", "damage", "empty"]))
    def hurt_the_cache(self, data: st.DataObject, how: str) -> None:
        files = sorted((self.newsletter.folder / ".cache").glob("[ao]*"))
        if files:
            victim = data.draw(st.sampled_from(files))
            if how == "lose":
                victim.unlink()
            else:
                victim.write_bytes(b"" if how == "empty" else b"x" * victim.stat().st_size)

    @invariant()
    def incremental_is_clean(self) -> None:
        self.newsletter.build(now=self.now)
        elsewhere = self.home / "elsewhere"
        shutil.rmtree(elsewhere, ignore_errors=True)
        without = shutil.ignore_patterns("site", ".cache")
        shutil.copytree(self.newsletter.folder, elsewhere, ignore=without)
        clean = Newsletter(elsewhere)
        clean.build(now=self.now)
        assert self.newsletter.tree() == clean.tree()

    def teardown(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)

    def _put(
        self, name: str, title: str, tags: list[str], body: str, date: str, draft: bool
    ) -> None:
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
