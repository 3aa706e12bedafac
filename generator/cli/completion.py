"""`marbre completion`: what a shell has to know to complete our words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from generator.cli.command import Command
from generator.cli.console import Console


@click.command("completion", cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, /, shell: str) -> None:
    """Print the script that teaches a shell our commands and options."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(shell)
    script = kind(context.find_root().command, {}, "marbre", "_MARBRE_COMPLETE").source()
    context.ensure_object(Console).say(script)
