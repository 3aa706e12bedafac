"""The `marbre` command: runs what the words ask for and turns its outcome into an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from generator import __version__
from generator.cli.command import Group
from generator.cli.console import Console

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130

marbre = Group(
    {
        "init": "generator.cli.init",
        "new": "generator.cli.new",
        "build": "generator.cli.build",
        "serve": "generator.cli.serve",
        "list": "generator.cli.lists",
        "explain": "generator.cli.explain",
        "rename": "generator.cli.rename",
        "feed": "generator.cli.feed",
        "publish": "generator.cli.publish",
        "clean": "generator.cli.clean",
        "schema": "generator.cli.schema",
        "completion": "generator.cli.completion",
    },
    name="marbre",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
click.version_option(__version__, message="%(prog)s %(version)s")(marbre)


def main() -> None:
    """Run the command line of this process."""
    if "_MARBRE_COMPLETE" in os.environ:
        marbre.main(prog_name="marbre")
    sys.excepthook = _confess
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a title may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Do what the words ask for and give the exit code; only our own bugs are raised."""
    console = Console(json="--json" in words)
    try:
        with marbre.make_context("marbre", list(words), obj=console) as context:
            marbre.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as problem:
        return _misused(problem, console)
    except (KeyboardInterrupt, click.Abort):
        return _interrupted(console)
    except BrokenPipeError:  # `marbre list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as problem:
        from generator.cli.failure import told

        if not told(problem, console):
            raise
        return FAILED
    return DONE


def _confess(_kind: type[BaseException], bug: BaseException, _trace: object) -> None:
    """Print the traceback of a bug of ours, without the secrets of this process's environment."""
    from traceback import format_exception

    from generator.publish.secret import masked

    sys.stderr.write(masked("".join(format_exception(bug)), os.environ))


def _misused(problem: click.UsageError, console: Console) -> int:
    from generator.cli.usage import explain_usage, help_hint

    if isinstance(problem, click.exceptions.NoArgsIsHelpError):
        console.tell(problem.format_message())
        return USAGE
    text = explain_usage(problem, console.words)
    label = console.paint_error("error", console.words.say("severity.error"))
    colon = console.words.say("colon")
    console.tell(f"{label}{colon} {text}", help_hint(problem, console.words))
    if console.json:
        console.document(_failure("usage", text))
    return USAGE


def _interrupted(console: Console) -> int:
    text = console.words.say("interrupted")
    console.tell(text)
    if console.json:
        console.document(_failure("interrupted", text))
    return INTERRUPTED


def _failure(code: str, message: str) -> dict[str, object]:
    return {"ok": False, "diagnostics": [{"code": code, "severity": "error", "message": message}]}
