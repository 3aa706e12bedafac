"""`marbre publish`: build, say what will change, ask, do it, look again."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from generator.cli import options
from generator.cli.command import Command, Misuse
from generator.cli.console import Console
from generator.cli.destination import Destination, find_destination
from generator.cli.failure import Refusal
from generator.cli.jobs import workers
from generator.cli.newsletter import Newsletter, open_newsletter, request_of
from generator.cli.outlook import Outlook, outlook_facts, outlook_lines
from generator.cli.present import visible
from generator.cli.progress import ProgressBar
from generator.cli.subscribers import sent_again
from generator.config.checks import is_at_home
from generator.contracts import Target
from generator.feeds.changes import Changes as FeedChanges
from generator.feeds.changes import compare
from generator.feeds.formats import FORMATS
from generator.feeds.reading import Unreadable, read_feed
from generator.model.diagnostic import Diagnostic, Place, error, warning
from generator.model.publication import Changes, Tree
from generator.model.request import Request
from generator.publish.limit import usual_limit
from generator.publish.secret import masked
from generator.write.tree import read_tree

AHEAD = timedelta(minutes=5)
"""How far a clock may be wrong before we believe that it was set forward on purpose."""
NAMED = 5
"""Files that a message names."""


class Leave(Struct, frozen=True):
    """What the command may do without asking."""

    dry_run: bool
    """Nothing at all."""
    yes: bool
    delete_limit: int | None
    """Files that may be removed; None for the usual number."""
    resend: bool
    """Send articles to subscribers a second time."""


@click.command("publish", cls=Command)
@click.argument("target", default="", metavar="[TARGET]")
@click.option("--dry-run", is_flag=True)
@click.option("-y", "--yes", is_flag=True)
@click.option("--rollback", is_flag=True)
@click.option("--delete-limit", type=click.IntRange(0), metavar="N")
@click.option("--resend", is_flag=True)
@options.source
@options.config
@click.option("-b", "--base-url", envvar="MARBRE_BASE_URL", metavar="URL")
@options.as_json
@click.option("-v", "--verbose", is_flag=True)
@click.pass_obj
def command(
    console: Console,
    /,
    target: str,
    source: Path | None,
    config: Path | None,
    base_url: str | None,
    rollback: bool,
    as_json: bool,
    verbose: bool,
    **leave: Any,
) -> None:
    """Build the site and put it online."""
    from generator.builtin import BUILTIN
    from generator.plugins import installed, merge

    started = time.perf_counter()
    newsletter = open_newsletter(console, source, config)
    request = request_of(newsletter, base_url=base_url)
    kinds = merge((BUILTIN, *installed())).targets
    destination = find_destination(target, newsletter, request, kinds)
    if rollback:
        _go_back(destination, console)
        return
    _settle(_unfit(newsletter, request))
    tree = _built(request, console)
    console.site = "offline"
    place = destination.open()
    outlook = _look(destination, place, tree)
    console.say(*outlook_lines(outlook, newsletter, console, verbose=verbose))
    if not _wanted(outlook, console, Leave(**leave)):
        _tell(outlook, console, destination, started, applied=False)
        return
    _put_online(place, outlook, console, verbose=verbose)
    _settle(_missing(place.compare(tree)))
    _tell(outlook, console, destination, started, applied=True)


def _go_back(destination: Destination, console: Console) -> None:
    if destination.kind.back is None:
        raise Refusal(error("publish-no-way-back", to=destination.kind.name))
    release = destination.kind.back(destination.read.settings, destination.ground)
    console.say(console.words.say("publish.back", release=release))
    if console.json:
        console.document({"ok": True, "target": destination.name, "release": release})


def _unfit(newsletter: Newsletter, request: Request) -> Iterable[Diagnostic]:
    """What would make a site that must not be online."""
    place = Place(newsletter.shown(newsletter.config_path))
    url = request.base_url or newsletter.config.base_url
    if not url:
        yield error("publish-no-address", place)
    elif is_at_home(url):
        yield error("publish-at-home", place, url=url)
    if request.now > datetime.now(UTC) + AHEAD:
        yield error("publish-ahead", moment=request.now.isoformat(sep=" ", timespec="minutes"))


def _built(request: Request, console: Console) -> Tree:
    from generator import pipeline

    console.output = request.output_folder
    console.site = "offline"
    with ProgressBar(console) as progress, workers(None, progress) as engine:
        report = pipeline.build(request, engine)
    console.complain(report.diagnostics)
    return read_tree(request.output_folder)


def _look(destination: Destination, place: Target, tree: Tree) -> Outlook:
    changes = place.compare(tree)
    readers = None if changes.nothing else _subscribers(place, tree)
    where = masked(place.where(), destination.ground.environ)
    return Outlook(destination.name, where, tree, changes, readers)


def _subscribers(place: Target, tree: Tree) -> FeedChanges | None:
    for known in FORMATS.values():
        online = place.read(known.file) if known.file in tree.files else None
        if online is not None:
            try:
                return compare(read_feed(online), read_feed(tree.file(known.file).read_bytes()))
            except Unreadable:  # somebody else's file, which ours will replace
                return None
    return None


def _wanted(
    outlook: Outlook,
    console: Console,
    leave: Leave,
) -> bool:
    """Whether to go on. Raises Refusal when that would do harm, Misuse when nobody can be asked."""
    changes = outlook.changes
    if changes.nothing:
        return False
    console.complain(_overwritten(changes))
    _settle([*_too_many(changes, leave.delete_limit), *(() if leave.resend else _again(outlook))])
    if leave.yes or leave.dry_run:
        return not leave.dry_run
    if console.json or not sys.stdin.isatty():
        raise Misuse("publish-yes")
    if not console.ask(console.words.say("publish.ask")):
        raise click.Abort
    return True


def _overwritten(changes: Changes) -> Iterable[Diagnostic]:
    if changes.foreign:
        yield warning("publish-foreign", count=len(changes.foreign), files=_named(changes.foreign))


def _too_many(changes: Changes, asked: int | None) -> Iterable[Diagnostic]:
    limit = usual_limit(changes) if asked is None else asked
    if len(changes.removed) > limit:
        count = len(changes.removed)
        yield error("publish-limit", count=count, limit=limit, files=_named(changes.removed))


def _again(outlook: Outlook) -> Iterable[Diagnostic]:
    return sent_again(outlook.subscribers) if outlook.subscribers else ()


def _put_online(place: Target, outlook: Outlook, console: Console, *, verbose: bool) -> None:
    total, done = len(outlook.changes.sent) + len(outlook.changes.removed), 0
    said: list[str] = []
    console.site = "half-online"
    with ProgressBar(console) as progress:
        for step in place.apply(outlook.tree, outlook.changes):
            said += step.said.splitlines()
            done += bool(step.path)
            progress("publish", done, total)
    if verbose:
        console.tell(*(f"  {visible(line)}" for line in said))


def _missing(left: Changes) -> Iterable[Diagnostic]:
    """What is not online though it was just put there."""
    paths = (*left.sent, *left.removed)
    if paths:
        yield error("publish-not-there", count=len(paths), files=_named(paths))


def _tell(
    outlook: Outlook, console: Console, destination: Destination, started: float, *, applied: bool
) -> None:
    words, seconds = console.words, time.perf_counter() - started
    state = "done" if applied else "same" if outlook.changes.nothing else "dry"
    url = destination.ground.base_url
    console.say(words.say(f"publish.{state}", url=url, seconds=words.number(seconds, 1)))
    if console.json:
        facts = {"ok": True, "url": url, "applied": applied, **outlook_facts(outlook)}
        console.document({**facts, "seconds": round(seconds, 3)})


def _settle(problems: Iterable[Diagnostic]) -> None:
    found = tuple(problems)
    if found:
        raise Refusal(*found)


def _named(paths: tuple[str, ...]) -> str:
    return ", ".join(paths[:NAMED]) + (" …" if len(paths) > NAMED else "")
