"""What stops a command, told to its user: the author's mistakes and the machine's refusals."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click
from msgspec.structs import replace

from generator.cli.console import Console
from generator.model.diagnostic import Diagnostic, Stop, error
from generator.publish.secret import masked
from generator.publish.trouble import Trouble
from generator.write.manifest import RECORD


class Refusal(Exception):  # noqa: N818 - nothing of ours went wrong
    """A command that cannot go on, and why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics


def told(problem: Exception, console: Console) -> bool:
    """Explain what went wrong, if it is not a bug of ours; whether it was explained."""
    match problem:
        case Stop():
            found = problem.diagnostics
        case Refusal() | Trouble():
            found = tuple(map(_discreet, problem.diagnostics))
        case OSError():
            found = (_discreet(_from_system(problem, console.output)),)
        case click.ClickException():  # an editor that does not start
            found = (error("outside", reason=problem.format_message()),)
        case _:
            return False
    tail = console.words.say(f"site.{console.site}") if console.site else ""
    console.fail(found, tail=tail)
    return True


def _discreet(diagnostic: Diagnostic) -> Diagnostic:
    """The same without secrets: others' words may hold one."""
    values = tuple((name, masked(value, os.environ)) for name, value in diagnostic.values)
    return replace(diagnostic, values=values)


def _from_system(problem: OSError, output: Path | None) -> Diagnostic:
    """A copy or a move that failed names both files: the second is the one that we write."""
    path = _shown(problem.filename2 or problem.filename or output or "?", output)
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


def _shown(path: str | bytes | int | Path, output: Path | None) -> str:
    """A path as its user knows it: what waits in our own folder is on its way into the output."""
    if isinstance(path, int):
        return "?"
    file = Path(os.fsdecode(path))
    return str(output if output and file.is_relative_to(output / RECORD) else file)
