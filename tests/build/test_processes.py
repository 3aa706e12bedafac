"""Several processes give what one gives; a build that is killed anywhere is mended by the next."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial

import pytest
from newsletters import Newsletter, codes

from generator.write.lock import one_at_a_time

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
    for _ in range(4):
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


def test_two_builds_at_once_give_what_one_gives(
    newsletter: Newsletter, reference: dict[str, bytes]
) -> None:
    both = [
        subprocess.Popen(command("twice", "1"), cwd=newsletter.folder, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for build in both:
        _, said = build.communicate()
        assert build.returncode == 0, said
    assert newsletter.tree("twice") == reference


@pytest.fixture
def lock_keeper(newsletter: Newsletter) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the newsletter's lock, as a build does, until its input ends."""
    code = (
        "import sys; from pathlib import Path; from generator.write.lock import one_at_a_time\n"
        "with one_at_a_time(Path()): print('held', flush=True); sys.stdin.read()"
    )
    keeper = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=newsletter.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with keeper:
        assert keeper.stdout is not None
        assert keeper.stdout.readline() == b"held\n"
        yield keeper


def test_the_second_build_waits_for_the_first(
    newsletter: Newsletter, lock_keeper: subprocess.Popen[bytes], reference: dict[str, bytes]
) -> None:
    waiting = subprocess.Popen(command("waited", "1"), cwd=newsletter.folder)
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(2)
    assert not (newsletter.folder / "waited").exists()
    lock_keeper.communicate()
    assert waiting.wait() == 0
    assert newsletter.tree("waited") == reference


def test_a_build_that_waits_too_long_says_so(
    newsletter: Newsletter,
    lock_keeper: subprocess.Popen[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    impatient = partial(one_at_a_time, patience=0.1)
    monkeypatch.setattr("generator.pipeline.one_at_a_time", impatient)
    assert codes(newsletter.problems(output=str(newsletter.folder / "never"))) == ["locked"]
    assert not (newsletter.folder / "never").exists()


def test_a_killed_build_leaves_no_lock(
    newsletter: Newsletter, lock_keeper: subprocess.Popen[bytes]
) -> None:
    lock_keeper.kill()
    lock_keeper.wait()
    with one_at_a_time(newsletter.folder, patience=0.1):
        pass
