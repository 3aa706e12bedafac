"""`marbre publish` to a folder that a real nginx shows, while somebody reads."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from . import tools
from .ports import free_port, wait_for
from .sshd import SLOW

SWITCHES = 20
READERS = 3
CONFIG = """\
title: Essai
base_url: https://exemple.fr/
language: fr
publish: {production: {to: folder, path: ../www, releases: 3}}
"""
NGINX = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 256; }}
http {{
  access_log off;
  types {{ text/html html; text/css css; }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {root}/current;
  }}
}}
"""
ASSET = re.compile(r'(?:href|src)="(/assets/[^"]+)"')
STYLE = re.compile(r'<link rel="stylesheet" href="(/assets/[^"]+)"')
MINE = re.compile(r"--version:\s*(\d+)")
"""What a version's own style sheet says."""


class Reader(Thread):
    """Opens the front page and an article with all that they name, over and over."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.stop = Event()
        self.rounds = 0
        self.seen: set[int] = set()
        """Versions of the newsletter."""
        self.wrong: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set() and len(self.wrong) < 5:
            for page in ("/", "/2026/01/un/"):
                try:
                    self.read(page)
                except (OSError, http.client.HTTPException) as problem:
                    self.wrong.append(f"{page}: {problem!r}")
            self.rounds += 1

    def read(self, page: str) -> None:
        text = self.get(page)
        version = re.search(r"version (\d+) fin", text)
        if version is None or not text.rstrip().endswith("</html>"):
            self.wrong.append(f"{page}: not a whole page")
            return
        self.seen.add(int(version[1]))
        for asset in set(ASSET.findall(text)):
            self.get(asset)
        style = STYLE.search(text)
        said = MINE.findall(self.get(style[1])) if style else []
        if said != [version[1]]:
            self.wrong.append(f"{page}: version {version[1]} with the style of {said}")

    def get(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SLOW)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != http.HTTPStatus.OK:
            self.wrong.append(f"{path}: {answer.status}")
        return body.decode("utf-8", "replace")


@pytest.fixture
def letter() -> Iterator[Path]:
    """Outside of pytest's folders, which nobody else may enter: nginx is another user."""
    folder = Path(tempfile.mkdtemp(prefix="marbre-"))
    folder.chmod(0o755)
    (folder / "lettre").mkdir()
    (folder / "lettre/newsletter.yaml").write_text(CONFIG, "utf-8")
    yield folder / "lettre"
    shutil.rmtree(folder)


@contextmanager
def nginx(root: Path, folder: Path) -> Iterator[int]:
    """Show `root`/current; gives the port."""
    port = free_port()
    user = "user nobody nogroup;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=port, root=root, user=user), "utf-8")
    words = [tools.server("nginx", "nginx-light"), "-p", str(folder), "-c", str(config)]
    with subprocess.Popen([*words, "-e", str(folder / "early.log")]) as process:
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()


def version(letter: Path, number: int) -> None:
    """Write a version, whose pages and whose style sheet say which one it is."""
    article = letter / "content/2026-01-02-un.md"
    article.parent.mkdir(exist_ok=True)
    text = f"---\ntitle: Un\ndescription: version {number} fin\n---\nTexte, version {number} fin.\n"
    article.write_text(text, "utf-8")
    style = letter / "templates/static/css/mine.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text(f":root {{ --version: {number}; }}\n", "utf-8")


def publish(letter: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "publish", "-s", str(letter), *words],
        cwd=tools.ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def read_on(readers: list[Reader]) -> None:
    """Let each reader begin and end a round: no page that was open before is open any more."""
    wanted = [reader.rounds + 2 for reader in readers]
    end = time.monotonic() + SLOW
    while any(r.rounds < n and r.is_alive() for r, n in zip(readers, wanted, strict=True)):
        assert time.monotonic() < end, "nginx does not answer"
        time.sleep(0.005)


def test_readers_notice_nothing_of_twenty_switches(letter: Path, tmp_path: Path) -> None:
    version(letter, 0)
    publish(letter, "--yes")
    with nginx(letter.parent / "www", tmp_path) as port:
        readers = [Reader(port) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            read_on(readers)
            for number in range(1, SWITCHES + 1):
                version(letter, number)
                publish(letter, "--yes")
                read_on(readers)
            publish(letter, "--rollback")
            read_on(readers)
        finally:
            for reader in readers:
                reader.stop.set()
            for reader in readers:
                reader.join(SLOW)
    for reader in readers:
        assert reader.wrong == []
        assert reader.seen == set(range(SWITCHES + 1))
    assert len(list((letter.parent / "www/releases").glob("*/"))) == 4
