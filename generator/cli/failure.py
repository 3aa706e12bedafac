"""What stops a command, told to its user: the author's mistakes and the machine's refusals."""

from __future__ import annotations

import errno

import click

from generator.cli.console import Console
from generator.model.diagnostic import Diagnostic, Stop, error


class Refusal(Exception):  # noqa: N818 - nothing of ours went wrong
    """A command that cannot go on, and why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics


def told(problem: Exception, console: Console) -> bool:
    """Explain what went wrong, if it is not a bug of ours; whether it was explained."""
    match problem:
        case Stop(diagnostics=diagnostics) | Refusal(diagnostics=diagnostics):
            found = diagnostics
        case OSError():
            found = (_from_system(problem),)
        case click.ClickException():  # an editor that does not start
            found = (error("outside", reason=problem.format_message()),)
        case _:
            return False
    tail = console.words.say(f"site.{console.site}") if console.site else ""
    console.fail(found, tail=tail)
    return True


def _from_system(problem: OSError) -> Diagnostic:
    path = problem.filename or problem.filename2 or "?"
    reason = problem.strerror or str(problem) or type(problem).__name__
    match problem.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return error("disk-full", path=path)
        case errno.EACCES | errno.EPERM:
            return error("no-permission", path=path)
        case errno.EROFS:
            return error("read-only", path=path)
        case _:
            return error("file-system", path=path, reason=reason)
