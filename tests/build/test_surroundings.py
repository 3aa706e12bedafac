"""The same input gives the same bytes in any folder, time zone, locale and hash seed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from newsletters import Newsletter

ROOT = Path(__file__).parent.parent.parent


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
