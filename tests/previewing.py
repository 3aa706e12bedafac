"""A preview that really runs: the command in a process of its own, and ears for what it says."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsletters import Newsletter

PATIENCE = 60.0
"""Seconds that a machine which is busy with other things may take; nothing waits that long."""
URL = re.compile(r"http://\S+")
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "", "NO_COLOR": "1"}


class Preview:
    """`marbre serve` on a newsletter."""

    def __init__(self, folder: Path, *words: str, port: int = 0, **environment: str) -> None:
        self.folder, self.words = folder, words
        command = [sys.executable, "-m", "generator", "serve", "-s", str(folder), "-p", str(port)]
        self.process = subprocess.Popen(
            [*command, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **ENVIRONMENT, **environment},
        )
        self._asked = self._seen = 0
        self.said: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        line = self.line(lambda text: "_marbre" in text)
        self.url = URL.findall(line)[0]
        parts = urlsplit(self.url)
        self.host, self.port, self.base = parts.hostname or "", parts.port or 0, parts.path
        self.origin = f"http://{self.host}:{self.port}"
        self.line(lambda text: "Ctrl-C" in text)

    def line(self, wanted: Callable[[str], object]) -> str:
        """The next line of the terminal that is wanted."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                text = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"never said; so far: {self.said}") from None
            if wanted(text):
                return text

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """Ask, as any HTTP client does; header names with _ for -."""
        connection = HTTPConnection(self.host, self.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def raw(self, request: bytes) -> bytes:
        """What is answered to these very bytes."""
        with socket.create_connection((self.host, self.port), timeout=PATIENCE) as line:
            line.sendall(request)
            parts = []
            while part := line.recv(65_536):
                parts.append(part)
        return b"".join(parts)

    def page(self, path: str) -> str:
        """The text of a page."""
        return self.get(path)[1].decode()

    def states(self) -> Generator[dict[str, Any], None, None]:
        """States of the newsletter as pages hear them, the present one first."""
        connection = HTTPConnection(self.host, self.port, timeout=PATIENCE)
        connection.request("GET", "/_marbre/events")
        answer = connection.getresponse()
        end = time.monotonic() + PATIENCE
        try:
            while line := answer.readline():
                assert time.monotonic() < end, "nothing of the kind was heard"
                if line.startswith(b"data: {"):
                    yield json.loads(line[6:])
        finally:
            answer.close()
            connection.close()

    def state(self) -> dict[str, Any]:
        """The present state."""
        return self.until(lambda state: True)

    def until(self, wanted: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The first state, from now on, that is wanted."""
        with closing(self.states()) as states:
            return next(state for state in states if wanted(state))

    def settled(self) -> int:
        """The number of the last build once everything until now is built: one that was asked for
        here, of a file that nothing depends on. Builds that are one too many show in the number.
        """
        time.sleep(0.4)  # so that what follows is no part of the change before
        self._asked += 1
        made = self.folder / "sentinelle"
        made.write_text(f"<!-- {self._asked} -->")
        made.rename(self.folder / "content/sentinelle.svg")
        url = f"{self.base}sentinelle.svg"
        before = self._seen
        state = self.until(lambda state: state["files"].get(url, 0) > before)
        self._seen = int(state["number"])
        return int(state["builds"])

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """End it and give its exit code."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Make sure that nothing of it is left."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            self._lines.put(line.rstrip("\n"))


@contextmanager
def previewing(folder: Path, *words: str, port: int = 0, **environment: str) -> Iterator[Preview]:
    """Run a preview, and end it whatever happens."""
    preview = Preview(folder, *words, port=port, **environment)
    try:
        yield preview
    finally:
        preview.end()


def letter(folder: Path, *, base_url: str = "", more: str = "") -> Newsletter:
    """A newsletter with an article of every status, and a page."""
    newsletter = Newsletter(folder)
    base = f"base_url: {base_url}\n" if base_url else ""
    newsletter.config(f"title: Essai\nlanguage: fr\n{base}{more}")
    newsletter.article("2025-01-02-un", "Premier texte.\n")
    newsletter.article("2025-02-03-brouillon", "Texte secret.\n", draft="true")
    newsletter.article("demain", "Texte futur.\n", date="2096-12-01")
    newsletter.article("hier", "Texte passé.\n", date="2024-01-01", expires="2024-02-01")
    newsletter.article("pages/a-propos", "Qui nous sommes.\n")
    return newsletter
