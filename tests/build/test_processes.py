"""Several processes give what one gives; a build that is killed anywhere is mended by the next."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from newsletters import Newsletter

ARTICLES = 320
"""Enough for the engine to think that processes are worth it."""


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    made = Newsletter(tmp_path_factory.mktemp("lettre"))
    for n in range(ARTICLES):
        body = f"Texte {n}.\n\nPoints clés :\n🌟 Un point {n}\n🔍 Un autre\n"
        made.article(f"2025-01-{n % 28 + 1:02}-a{n}", body, tags=f"[T{n % 7}, U{n % 3}]")
    return made


@pytest.fixture(scope="module")
def reference(newsletter: Newsletter) -> dict[str, bytes]:
    subprocess.run(command("reference", "1"), cwd=newsletter.folder, check=True)
    return newsletter.tree("reference")


def command(output: str, jobs: str) -> list[str]:
    return [sys.executable, "-m", "generator", "build", "-q", "-o", output, "--jobs", jobs]


def test_serial_is_parallel(newsletter: Newsletter, reference: dict[str, bytes]) -> None:
    newsletter.folder.joinpath(".cache").rename(newsletter.folder / "elsewhere")
    subprocess.run(command("parallel", "2"), cwd=newsletter.folder, check=True)
    assert newsletter.tree("parallel") == reference


def test_killed_anywhere_and_mended(newsletter: Newsletter, reference: dict[str, bytes]) -> None:
    dice = random.Random(7)
    started = time.monotonic()
    subprocess.run([*command("killed", "1"), "--clean"], cwd=newsletter.folder, check=True)
    whole = time.monotonic() - started
    killed = 0
    for _ in range(8):
        build = subprocess.Popen([*command("killed", "1"), "--clean"], cwd=newsletter.folder)
        try:
            build.wait(whole * dice.uniform(0.2, 1.0))
        except subprocess.TimeoutExpired:
            os.kill(build.pid, signal.SIGKILL)
            killed += 1
        build.wait()
    assert killed, "no build was ever killed: the test means nothing"
    subprocess.run(command("killed", "2"), cwd=newsletter.folder, check=True)
    assert newsletter.tree("killed") == reference


def test_two_builds_at_once_both_succeed(newsletter: Newsletter, tmp_path: Path) -> None:
    both = [
        subprocess.Popen(command("twice", "1"), cwd=newsletter.folder, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [build.wait() for build in both] == [0, 0]
    for build in both:
        assert build.stderr is not None
        build.stderr.close()
