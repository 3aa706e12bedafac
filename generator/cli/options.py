"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.cli.command import Misuse


class _Path(click.ParamType):  # type: ignore[type-arg]  # generic only in newer clicks
    """A path that need not exist, but may not be what it is not meant to be."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Give the path. Raises Misuse for a file where a folder is wanted, and the reverse."""
        if self.name == "directory" and os.path.isfile(value):
            raise Misuse("is-file", ctx, path=value)
        if self.name == "file" and os.path.isdir(value):
            raise Misuse("is-folder", ctx, path=value)
        return Path(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """Leave names of files and folders to the shell."""
        kind = "dir" if self.name == "directory" else "file"
        return [click.shell_completion.CompletionItem(incomplete, type=kind)]


FOLDER = _Path("directory")
FILE = _Path("file")

source = click.option("-s", "--source", type=FOLDER, metavar="DIR")
config = click.option("-c", "--config", type=FILE, metavar="FILE")
at = click.option("--at", metavar="WHEN")
as_json = click.option("--json", "as_json", is_flag=True)
