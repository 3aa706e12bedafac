"""The law of builds as a question to ask anywhere: does this build give what a clean one gives?"""

from __future__ import annotations

import shutil
from pathlib import Path

from newsletters import Newsletter

from generator.engine.engine import Engine
from generator.model.diagnostic import Diagnostic, Stop
from generator.model.report import Report

SERIAL = Engine()
PARALLEL = Engine(jobs=2, worth_a_pool=1)
"""Processes however small the newsletter is."""
OF_THE_PAST = ("cache-damaged", "record-damaged")
"""The only things that a build may say and a clean build not."""


def everything(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes, our own record and what is hidden included; folders end with /."""
    return {
        path.relative_to(folder).as_posix() + "/" * path.is_dir(): b""
        if path.is_dir()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def build(newsletter: Newsletter, engine: Engine = SERIAL, **asked: object) -> Report | Stop:
    """What became of a build: its report, or why there is none."""
    try:
        return newsletter.build(engine, **asked)
    except Stop as stop:
        return stop


def said(outcome: Report | Stop) -> list[Diagnostic]:
    return [d for d in outcome.diagnostics if d.code not in OF_THE_PAST]


def build_by_the_law(
    newsletter: Newsletter,
    ways: tuple[Engine, Engine] = (SERIAL, SERIAL),
    output: str = "site",
    **asked: object,
) -> Report | Stop:
    """Build, and hold it against a clean build of a copy: the same words and the same bytes; after
    a mistake nothing was touched. `ways` are those of the two builds.
    """
    site = newsletter.folder / output
    before = everything(site)
    made = build(newsletter, ways[0], output=str(site), **asked)
    elsewhere = newsletter.folder.parent / "elsewhere"
    shutil.rmtree(elsewhere, ignore_errors=True)
    for name in ("content", "templates", "locales"):
        if (newsletter.folder / name).exists():
            shutil.copytree(newsletter.folder / name, elsewhere / name)
    for file in newsletter.folder.glob("newsletter.yaml"):
        shutil.copy(file, elsewhere)
    clean = build(Newsletter(elsewhere), ways[1], **asked)
    assert said(made) == said(clean)
    assert type(made) is type(clean)
    if isinstance(made, Stop):
        assert everything(site) == before
        assert everything(elsewhere / "site") == {}
    else:
        assert everything(site) == everything(elsewhere / "site")
    return made
