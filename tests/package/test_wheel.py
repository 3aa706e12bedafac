"""The wheel alone, in an empty environment, makes a complete newsletter."""

from __future__ import annotations

import os
import subprocess
import venv
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def bin_(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=True)
    run(str(home / "bin/python"), "-m", "pip", "install", "-q", str(wheel), cwd=home)
    return home / "bin"


def test_install_init_build(bin_: Path, tmp_path: Path) -> None:
    run(str(bin_ / "marbre"), "init", "lettre", cwd=tmp_path)
    run(str(bin_ / "marbre"), "build", "--strict", cwd=tmp_path / "lettre")
    site = tmp_path / "lettre" / "site"
    for path in ("index.html", "feed.xml", "404.html", "tags/index.html", "essentiel/index.html"):
        assert (site / path).is_file(), path
    front = (site / "index.html").read_text("utf-8")
    assert 'class="keypoints"' in front
    assert list(site.glob("assets/style.*.css"))
    assert list(site.glob("assets/source-serif-4-latin-wght-normal.*.woff2"))


def test_the_module_is_the_command(bin_: Path, tmp_path: Path) -> None:
    by_module = run(str(bin_ / "python"), "-m", "generator", "--version", cwd=tmp_path)
    by_name = run(str(bin_ / "marbre"), "--version", cwd=tmp_path)
    assert by_module == by_name


def run(*command: str, cwd: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
