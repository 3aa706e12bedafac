"""`marbre init`: a newsletter that builds at once, or its workflow; nothing is overwritten."""

from __future__ import annotations

import os
import re
import shlex
import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.cli import options
from generator.cli.command import Command
from generator.cli.console import Console
from generator.cli.failure import Refusal
from generator.cli.newsletter import now
from generator.cli.schema import schema_text
from generator.cli.workflows import PLACES, workflow
from generator.config.read import NAMES, read_config
from generator.config.schema import Config
from generator.model.diagnostic import error

STARTER = Path(__file__).parent.parent / "starter"
"""A folder per language. Its files are named so that no tool takes them for its own."""
SCHEMA = ".schema/newsletter.json"


@click.command("init", cls=Command)
@click.argument("folder", type=options.FOLDER, metavar="[DIR]", default=Path())
@click.option("--lang", type=click.Choice(["fr", "en"]))
@click.option("--ci", type=click.Choice([*PLACES]))
@click.pass_obj
def command(console: Console, /, folder: Path, lang: str | None, ci: str | None) -> None:
    """Write the starter newsletter, or the workflow of one that is there; say what to do next."""
    if ci and any((folder / name).is_file() for name in NAMES):
        _add_workflow(console, folder, lang, ci)
        return
    if lang:
        console.speak(lang)
    files = _files(console.words.spoken, ci or "github")
    _write(folder, files)
    _say_what_next(console, folder, len(files))


def _add_workflow(console: Console, folder: Path, lang: str | None, ci: str) -> None:
    settings, _, _ = read_config(folder)
    console.speak(lang or settings.language)
    _write(folder, workflow(ci, console.words.spoken, settings.timezone))
    console.say(console.words.say("init.workflow", path=(folder / PLACES[ci]).as_posix()))


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write them all. Raises Refusal before the first when one of them is there."""
    existing = [name for name in files if os.path.lexists(folder / name)]
    if existing:
        raise Refusal(*(error("init-exists", path=(folder / name).as_posix()) for name in existing))
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _files(lang: str, ci: str) -> dict[str, str]:
    """Text of every file of the starter by its name in the newsletter."""
    root = STARTER / lang
    settings, _, _ = read_config(root)
    today = _today(settings)
    values = {"id": uuid.uuid4(), "today": today, "yesterday": today - timedelta(days=1)}
    files = {
        _filled(_target(path.relative_to(root)), values): _filled(path.read_text("utf-8"), values)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    return {
        **files,
        **workflow(ci, lang, settings.timezone),
        SCHEMA: schema_text("config"),
    }


def _filled(text: str, values: Mapping[str, object]) -> str:
    """Put the values in and leave every other brace (`{year}`, `${{ … }}`) alone."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _target(path: Path) -> str:
    """`dot-gitignore` → `.gitignore`, `today-x.md` → `{today}-x.md`."""
    name = path.as_posix().replace("dot-", ".")
    return re.sub(r"\b(today|yesterday)(?=-)", r"{\1}", name)


def _today(settings: Config) -> date:
    """The day it is where the newsletter appears: its first article is online at once."""
    return now(None, ZoneInfo(settings.timezone), os.environ).date()


def _say_what_next(console: Console, folder: Path, count: int) -> None:
    words = console.words
    enter = f"cd {shlex.quote(str(folder))}"
    begin = f'marbre new "{words.say("init.title")}"'
    steps = ("marbre build", begin) if folder == Path() else (enter, "marbre build")
    console.say(words.say("init.done", folder=f"{folder.as_posix()}/", n=count), "")
    console.say(words.say("init.next"), *(f"  {step}" for step in steps))
