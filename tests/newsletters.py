"""Tiny newsletters for tests: a folder that one writes into and builds."""

from __future__ import annotations

import os
import struct
import sys
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import pipeline
from generator.engine.engine import HERE, Engine
from generator.model.diagnostic import Diagnostic, Stop
from generator.model.report import Report
from generator.model.request import Request
from generator.survey import Survey

NOW = datetime(2025, 6, 30, 12, tzinfo=ZoneInfo("Europe/Paris"))
BASE = "http://localhost:8000/"
"""Where a newsletter of the tests is online when its configuration does not say it."""


def command(*words: str) -> list[str]:
    """The real command without root's right to pass by permissions, should the tests have it."""
    plain = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    return [*plain, sys.executable, "-m", "generator", *words]


def png(width: int, height: int) -> bytes:
    """A black picture (PNG, section 5.3)."""
    rows = (b"\0" + bytes(3 * width)) * height
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


class Newsletter:
    """A newsletter on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "content").mkdir(parents=True, exist_ok=True)

    def file(self, path: str, text: str | bytes) -> Path:
        """Write a file of the newsletter."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        return file

    def config(self, text: str) -> Path:
        return self.file("newsletter.yaml", text)

    def article(self, name: str, body: str = "Du texte.\n", **matter: object) -> Path:
        """Write `content/<name>.md` with a title and whatever front matter is given."""
        keys = {"title": name.rpartition("/")[2], **matter}
        lines = "".join(f"{key}: {value}\n" for key, value in keys.items() if value is not None)
        return self.file(f"content/{name}.md", f"---\n{lines}---\n{body}")

    def request(self, **asked: object) -> Request:
        file = self.folder / "newsletter.yaml"
        has_base = file.is_file() and b"base_url" in file.read_bytes()
        base = "" if has_base else BASE
        values = {"folder": str(self.folder), "now": NOW, "base_url": base, **asked}
        return Request(**values)  # type: ignore[arg-type]

    def build(
        self,
        engine: Engine = HERE,
        learn: Callable[[Survey], None] | None = None,
        **asked: object,
    ) -> Report:
        return pipeline.build(self.request(**asked), engine, learn)

    def problems(self, **asked: object) -> tuple[Diagnostic, ...]:
        """What a build has to complain about, whether it stops or not."""
        try:
            return self.build(**asked).diagnostics
        except Stop as stop:
            return stop.diagnostics

    def page(self, path: str, output: str = "site") -> str:
        """The text of an output file; a path that ends with / is a folder's index.html."""
        file = path + "index.html" if path.endswith("/") or not path else path
        return (self.folder / output / file).read_text("utf-8")

    def tree(self, output: str = "site") -> dict[str, bytes]:
        """Every output file with its bytes; our own record included."""
        root = self.folder / output
        return {
            p.relative_to(root).as_posix(): p.read_bytes()
            for p in sorted(root.rglob("*"))
            if p.is_file()
        }


def codes(problems: tuple[Diagnostic, ...]) -> list[str]:
    return [problem.code for problem in problems]
