"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)

source = click.option("-s", "--source", type=FOLDER, metavar="DIR")
config = click.option("-c", "--config", type=FILE, metavar="FILE")
at = click.option("--at", metavar="WHEN")
as_json = click.option("--json", "as_json", is_flag=True)
