"""`marbre new`: a dated draft, empty or made of pasted text; nothing is ever overwritten."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import click

from generator.cli import options
from generator.cli.command import Command, Misuse
from generator.cli.console import Console
from generator.cli.draft import Draft, markdown
from generator.cli.newsletter import Newsletter, now, open_newsletter
from generator.cli.words import Words, table


@click.command("new", cls=Command)
@click.argument("title", metavar="TITLE")
@click.option("--from", "text", type=click.Path(), metavar="FILE")
@click.option("--open", "open_editor", is_flag=True)
@options.source
@options.config
@click.pass_obj
def command(
    console: Console,
    /,
    title: str,
    text: str | None,
    open_editor: bool,
    source: Path | None,
    config: Path | None,
) -> None:
    """Write a new article and print its path."""
    title = " ".join(unicodedata.normalize("NFC", title).split())
    if not title:
        raise Misuse("no-title")
    newsletter = open_newsletter(console, source, config)
    date = now(None, newsletter.zone, os.environ).date().isoformat()
    draft = _pasted(title, text, newsletter) if text else _empty(title, console.words)
    path = _write(newsletter, f"{date}-{_name(title, console.words)}", markdown(draft, date))
    console.say(os.path.relpath(path))
    if open_editor:
        click.edit(filename=str(path))


def _empty(title: str, words: Words) -> Draft:
    points = table("console", words.lang)["new"]["points"]
    return Draft(title=title, key_points=tuple(points), body=words.say("new.body"))


def _pasted(title: str, file: str, newsletter: Newsletter) -> Draft:
    from generator.cli.paste import draft_of
    from generator.content.settings import settings_for

    text = _read(file)
    if not text.strip():
        raise Misuse("no-text", path=file)
    if text.startswith("---\n"):
        raise Misuse("has-matter", path=file)
    return draft_of(title, text, settings_for(newsletter.config).labels)


def _read(file: str) -> str:
    if file != "-" and not Path(file).is_file():
        raise Misuse("is-folder" if Path(file).is_dir() else "no-file", path=file)
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Misuse("not-text", path=file) from None
    if "\0" in text:
        raise Misuse("not-text", path=file)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _name(title: str, words: Words) -> str:
    """The slug of the title; of a title without a speakable character, a name that is."""
    from generator.model.urls import slug

    return slug(title, words.lang) or words.say("new.name")


def _write(newsletter: Newsletter, stem: str, text: str) -> Path:
    """Write the article under the first name that is free: `x.md`, `x-2.md` …"""
    folder = newsletter.folder / "content"
    folder.mkdir(exist_ok=True)
    number = 1
    while True:
        path = folder / (f"{stem}.md" if number == 1 else f"{stem}-{number}.md")
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            return path
        except FileExistsError:
            number += 1
