"""Builds the sample newsletter once, serves it under a path, and opens a browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from . import tools
from .browser import chromium
from .built import Built, read_site
from .links import Server
from .server import serve

AT = "2025-06-30"
"""The day on which the site is judged: what is dated later is held back, today and in ten years."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The sample newsletter as built by the command, under a path of a real server."""
    newsletter, site = tmp_path_factory.mktemp("newsletter"), tmp_path_factory.mktemp("site")
    copy_newsletter(newsletter)
    with serve(site) as base_url:
        build_newsletter(newsletter, site, base_url)
        yield read_site(site, base_url)


def build_newsletter(newsletter: Path, site: Path, base_url: str) -> None:
    """Build a newsletter by the command, as of the day on which it is judged."""
    command = ["build", "--source", newsletter, "--output", site, "--base-url", base_url]
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, command), "--at", AT],
        cwd=tools.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last_words = "\n".join((done.stdout + done.stderr).splitlines()[-5:])
        pytest.fail(f"the site does not build (try make site):\n{last_words}", pytrace=False)


def copy_newsletter(to: Path) -> None:
    """A copy, so that judging leaves the cache of the writer's own builds alone."""
    shutil.copytree(tools.ROOT / "content", to / "content")
    if (tools.ROOT / "newsletter.yaml").is_file():
        shutil.copy(tools.ROOT / "newsletter.yaml", to)


@pytest.fixture(scope="session")
def server(built: Built) -> Server:
    return Server(built.base_url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, chromium(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def axe_source() -> str:
    return tools.axe_source()
