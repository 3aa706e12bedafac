"""`marbre build`: the site, and one line about it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from generator.cli import due, options, receipt
from generator.cli.command import Command
from generator.cli.console import Console
from generator.cli.dates import say_moment
from generator.cli.jobs import Jobs, workers
from generator.cli.newsletter import Newsletter, open_newsletter, request_of
from generator.cli.progress import ProgressBar
from generator.cli.summary import held_lines, path_lines, summary_line
from generator.model.report import Report


@click.command("build", cls=Command)
@options.source
@click.option("-o", "--output", type=options.FOLDER, metavar="DIR")
@options.config
@click.option("-b", "--base-url", envvar="MARBRE_BASE_URL", metavar="URL")
@click.option("-D", "--drafts", is_flag=True)
@click.option("-F", "--future", is_flag=True)
@options.at
@click.option("--strict", is_flag=True)
@click.option("--if-due", is_flag=True)
@click.option("--clean", is_flag=True)
@click.option("--jobs", type=Jobs(), metavar="N")
@options.as_json
@click.option("-q", "--quiet", is_flag=True)
@click.option("-v", "--verbose", is_flag=True)
@click.pass_obj
def command(
    console: Console,
    /,
    source: Path | None,
    config: Path | None,
    if_due: bool,
    quiet: bool,
    verbose: bool,
    as_json: bool,
    jobs: int | str | None,
    **asked: Any,
) -> None:
    """Build the site and say what was written and what was held back."""
    newsletter = open_newsletter(console, source, config)
    request = request_of(newsletter, **asked)
    if if_due and not request.clean and (note := due.resting(request)):
        _say_nothing_due(note, newsletter, console, quiet=quiet)
        return
    from generator import pipeline  # dear to import

    console.output = request.output_folder
    console.site = "untouched" if request.output_folder.exists() else "unwritten"
    receipt.await_tick(request.folder, request.config_file)
    due.forget(request)
    with ProgressBar(console, quiet=quiet) as progress, workers(jobs, progress) as engine:
        report = pipeline.build(request, engine)
    due.remember(request, report)
    console.complain(report.diagnostics)
    if as_json:
        console.document(_document(report, console))
        return
    if not quiet:
        if verbose:
            reasons = not request.clean  # else everything is written, whatever changed
            console.say(*path_lines(report, console.words, console.paint, reasons=reasons))
        console.say(*_outcome(report, newsletter, console))
    receipt.leave(
        sys.argv[1:],
        request.folder,
        report.output,
        request.config_file,
        wrote=report.outputs,
        due=None if asked["at"] or os.environ.get("SOURCE_DATE_EPOCH") else report.due,
        said=_next_time(report, newsletter, console, quiet=quiet),
        seconds=console.words.number(report.seconds, 2),
    )


def _say_nothing_due(
    note: due.Note, newsletter: Newsletter, console: Console, *, quiet: bool
) -> None:
    """One line, or one document, in place of a build."""
    moment = due.moment_of(note)
    if console.json:
        console.document({"ok": True, "built": False, "due": moment})
    elif not quiet:
        said = say_moment(moment, newsletter.zone, console.words) if moment else ""
        console.say(console.words.say("due.next" if said else "due.never", moment=said))


def _outcome(report: Report, newsletter: Newsletter, console: Console) -> list[str]:
    return [
        summary_line(report, Path.cwd(), console.words),
        *held_lines(report.held, newsletter.zone, console.words, console.paint),
    ]


def _next_time(
    report: Report, newsletter: Newsletter, console: Console, *, quiet: bool
) -> list[tuple[str, str]]:
    """What the same build would say if nothing changed: the same warnings, and that nothing was
    written; as (`out` or `err`, line).
    """
    total = report.unchanged + len(report.written)
    same = replace(report, written=(), removed=(), unchanged=total)
    said = [("err", line) for stream, line in console.said if stream == "err"]
    outcome = [] if quiet else _outcome(same, newsletter, console)
    return [*said, *(("out", line) for line in outcome)]


def _document(report: Report, console: Console) -> dict[str, object]:
    return {
        "ok": True,
        "built": True,
        "output": report.output,
        "written": report.written,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "articles": report.articles,
        "held": report.held,
        "diagnostics": console.machine(report.diagnostics),
        "seconds": round(report.seconds, 3),
    }
