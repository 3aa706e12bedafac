"""`marbre clean`: removes what a build made, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import options
from generator.cli.command import Command
from generator.cli.console import Console
from generator.cli.newsletter import open_newsletter, request_of


@click.command("clean", cls=Command)
@options.source
@click.option("-o", "--output", type=options.FOLDER, metavar="DIR")
@options.config
@options.as_json
@click.option("-v", "--verbose", is_flag=True)
@click.pass_obj
def command(
    console: Console,
    /,
    source: Path | None,
    output: Path | None,
    config: Path | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Remove the files that builds wrote, and the cache."""
    newsletter = open_newsletter(console, source, config)
    from generator import pipeline

    removed = pipeline.clean(request_of(newsletter, output=output))
    if as_json:
        console.document({"ok": True, "removed": removed})
        return
    console.say(*removed if verbose else ())
    console.say(console.words.say("cleaned", n=len(removed)))
