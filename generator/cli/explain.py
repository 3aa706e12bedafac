"""`marbre explain`: whether a file is online, where, and if not, why."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import click
from msgspec import structs, to_builtins

from generator.cli import options
from generator.cli.answer import answer, sentences
from generator.cli.command import Command, Misuse
from generator.cli.console import Console
from generator.cli.newsletter import Newsletter, open_newsletter, request_of
from generator.cli.present import count_line, notices


@click.command("explain", cls=Command)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@options.source
@options.config
@options.at
@options.as_json
@click.pass_obj
def command(
    console: Console,
    /,
    file: Path,
    source: Path | None,
    config: Path | None,
    at: str | None,
    as_json: bool,
) -> None:
    """Say whether a file is online, at what address, and if not, why and from when."""
    newsletter = open_newsletter(console, source, config)
    path = _path(file, newsletter)
    from generator.survey import look_over

    request = request_of(newsletter, at=at)
    survey = look_over(request)
    output = newsletter.shown(request.output_folder)
    found = answer(path, survey, config=newsletter.shown(newsletter.config_path), output=output)
    if as_json:
        facts = {**structs.asdict(found), "diagnostics": console.machine(found.problems)}
        facts.pop("problems")
        console.document({"ok": True, **to_builtins(facts)})
        return
    console.say(console.paint("title", f"{path}  {found.title}".rstrip()))
    console.say(*(f"  {line}" for line in sentences(found, newsletter.zone, console.words)))
    elsewhere = [p for p in survey.problems if p.severity == "error" and p.place.path != path]
    if elsewhere:
        errors = count_line(notices(elsewhere, console.words), console.words)
        console.say("  " + console.words.say("explain.stuck", errors=errors))
    console.complain(found.problems)


def _path(file: Path, newsletter: Newsletter) -> str:
    """The file as the newsletter calls it; a bundle's folder means its article."""
    places = (Path(os.path.abspath(file)), newsletter.folder / file)
    place = next((p for p in places if p.exists()), None)
    if place is None:
        raise Misuse("no-file", path=file)
    if place.is_dir():
        place /= "index.md"
        if not place.is_file():
            raise Misuse("is-folder", path=file)
    return unicodedata.normalize("NFC", newsletter.shown(place))
