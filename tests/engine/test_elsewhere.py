"""Work that is sent to processes which share nothing with this one gives the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from newsletters import Newsletter

from generator.engine import engine as engine_module
from generator.engine.engine import Engine, OtherCode

MARBRE = [sys.executable, "-m", "generator"]


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> Newsletter:
    """Articles with code, pictures and links, and a template of its own over the theme's."""
    made = Newsletter(tmp_path_factory.mktemp("lettre"))
    made.config("title: Essai\nbase_url: https://exemple.fr/\nlanguage: fr\n")
    for n in range(1, 8):
        body = (
            f"Voir [l’autre](2025-01-0{n % 7 + 1}-a{n % 7 + 1}.md).\n\n```python\nprint({n})\n```\n"
        )
        made.article(f"2025-01-0{n}-a{n}", body, tags="[IA, Europe]", authors="Anne")
    made.file("content/image.png", "pas vraiment")
    made.file("templates/partials/byline.html", "<p>Par nous</p>\n")
    made.file("templates/article.html", '{% extends "theme/article.html" %}\n')
    return made


@pytest.fixture(scope="module")
def expected(newsletter: Newsletter) -> dict[str, bytes]:
    newsletter.build(output=str(newsletter.folder / "ici"), clean=True)
    return tree(newsletter.folder / "ici")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def forget(newsletter: Newsletter) -> None:
    (newsletter.folder / ".cache/articles.sqlite").unlink()


def test_spawned_processes_make_the_same_site(
    newsletter: Newsletter, expected: dict[str, bytes]
) -> None:
    forget(newsletter)
    engine = Engine(jobs=2, way="spawn", worth_a_pool=1)
    newsletter.build(engine, output=str(newsletter.folder / "la"))
    assert tree(newsletter.folder / "la") == expected


def test_what_is_known_already_is_not_sent(newsletter: Newsletter, tmp_path: Path) -> None:
    shutil.copytree(newsletter.folder / "content", tmp_path / "content")
    copy = Newsletter(tmp_path)
    with ThreadPoolExecutor(1) as pool:
        engine = Engine(executor=pool)
        copy.build(engine)
        copy.article("2025-01-01-a1", "Un texte neuf.", tags="[IA, Europe]", authors="Anne")
        assert "2025/01/a1/index.html" in copy.build(engine).written
        (tmp_path / "content/2025-01-02-a2.md").touch()
        assert copy.build(engine).written == ()


def test_workers_with_another_marbre_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    call = (max, 0, "the digest of another code")
    with pytest.raises(OtherCode):
        engine_module._each(call, [1])


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real scheduler and two workers, in folders of their own."""
    home = tmp_path_factory.mktemp("dask")
    file = home / "scheduler.json"
    words = ["--scheduler-file", str(file), "--no-dashboard"]
    ours = {**os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_scheduler", *words, "--port", "0"],
            cwd=home,
            env=ours,
            stderr=subprocess.DEVNULL,
        )
    ]
    for name in ("one", "two"):
        (home / name).mkdir()
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", *words, "--no-nanny"]
        started.append(
            subprocess.Popen(
                [*worker, "--nthreads", "1", "--name", name],
                cwd=home / name,
                env=ours,
                stderr=subprocess.DEVNULL,
            )
        )
    yield address(file)
    for process in reversed(started):
        process.terminate()
        process.wait(30)


def test_two_workers_make_the_same_site(
    newsletter: Newsletter, expected: dict[str, bytes], scheduler: str
) -> None:
    forget(newsletter)
    output = newsletter.folder / "dask"
    said = build(newsletter, "-o", str(output), "--jobs", f"dask://{scheduler}")
    assert said.returncode == 0, said.stderr
    assert tree(output) == expected


def test_a_scheduler_that_is_not_there_is_said(newsletter: Newsletter) -> None:
    said = build(newsletter, "--jobs", "dask://127.0.0.1:9")
    assert said.returncode == 1
    assert "erreur[dask-unreachable] aucun ordonnanceur Dask ne répond" in said.stderr
    assert "Traceback" not in said.stderr


def build(newsletter: Newsletter, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MARBRE, "build", "-q", "--at", "2026-06-01", *words],
        cwd=newsletter.folder,
        capture_output=True,
        text=True,
        check=False,
    )


def address(file: Path) -> str:
    """HOST:PORT of a scheduler with two workers, once they are there."""
    from distributed import Client

    deadline = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < deadline, "no scheduler came up"
        time.sleep(0.05)
    with Client(scheduler_file=str(file), timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        found: str = client.scheduler.address
    return found.removeprefix("tcp://")
