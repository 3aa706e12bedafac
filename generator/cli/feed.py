"""`marbre feed`: what the feeds hold, and what subscribers will see of what changed."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec import Struct, to_builtins

from generator import __version__
from generator.cli import options
from generator.cli.command import Command
from generator.cli.console import Console
from generator.cli.failure import Refusal
from generator.cli.newsletter import Newsletter, open_newsletter, request_of
from generator.cli.subscribers import sent_again, subscriber_facts, subscriber_lines
from generator.cli.table import aligned
from generator.feeds.changes import Changes, compare
from generator.feeds.formats import FORMATS
from generator.feeds.reading import ReadFeed, Unreadable, read_feed
from generator.model.diagnostic import Diagnostic, error

PATIENCE = 20
"""Seconds to wait for a server."""
LARGEST = 50_000_000
"""Bytes of a feed that are read at most."""


class FeedRow(Struct, frozen=True):
    """A feed of the site as the list shows it."""

    path: str
    """In the output."""
    url: str
    items: int
    bytes: int


@click.command("feed", cls=Command)
@click.option("--diff", is_flag=False, flag_value="online", metavar="[WHERE]")
@click.option("-o", "--output", type=options.FOLDER, metavar="DIR")
@options.source
@options.config
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    /,
    diff: str | None,
    output: Path | None,
    source: Path | None,
    config: Path | None,
    as_json: bool,
) -> None:
    """Say what the feeds of the built site hold, or compare them with another state."""
    console = context.ensure_object(Console)
    newsletter = open_newsletter(console, source, config)
    site = request_of(newsletter, output=output).output_folder
    if diff is None:
        _show(site, console, newsletter)
        return
    place = _place(diff, newsletter)
    before = _read(place, _fetched(place))
    ours = _ours(site, before.format, newsletter)
    changes = compare(before, _read(str(ours), ours.read_bytes()))
    problems = sent_again(changes)
    if as_json:
        _document(place, newsletter.shown(ours), changes, problems, console)
    else:
        _tell(place, newsletter.shown(ours), changes, newsletter, console)
    console.complain(problems)
    if problems:
        context.exit(1)


def _show(site: Path, console: Console, newsletter: Newsletter) -> None:
    names = [known.file for known in FORMATS.values()]
    files = [file for name in names for file in site.rglob(name) if file.is_file()]
    if not files:
        raise Refusal(error("feed-not-built", folder=newsletter.shown(site)))
    rows = []
    for file in sorted(files, key=lambda f: (len(f.parts), f.parent, names.index(f.name))):
        data = file.read_bytes()
        feed = _read(newsletter.shown(file), data)
        path = file.relative_to(site).as_posix()
        rows.append(FeedRow(path, feed.url, len(feed.items), len(data)))
    if console.json:
        console.document({"ok": True, "feeds": to_builtins(rows)})
        return
    words = console.words
    cells = [
        (row.url, words.say("feed.items", n=row.items), words.say("feed.size", n=_kb(row.bytes)))
        for row in rows
    ]
    console.say(*aligned(cells))


def _place(diff: str, newsletter: Newsletter) -> str:
    """Where the other state is: a URL or a path."""
    if diff != "online":
        return diff
    if not newsletter.config.base_url:
        raise Refusal(error("feed-no-address"))
    wanted = [FORMATS[key].file for key in FORMATS if key in newsletter.config.feeds.formats]
    if not wanted:
        raise Refusal(error("feed-none"))
    return newsletter.config.base_url.rstrip("/") + "/" + wanted[0]


def _fetched(place: str) -> bytes:
    if place.startswith(("http://", "https://")):
        return _downloaded(place)
    path = Path(place)
    if path.is_dir():
        files = (path / known.file for known in FORMATS.values())
        path = next((file for file in files if file.is_file()), path / "feed.xml")
    try:
        return path.read_bytes()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise Refusal(error("feed-unreachable", where=path, reason=reason)) from None


def _downloaded(url: str) -> bytes:
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    try:
        request = Request(url, headers={"User-Agent": f"Marbre/{__version__}"})
        with urlopen(request, timeout=PATIENCE) as answer:
            data: bytes = answer.read(LARGEST)
    except HTTPError as problem:
        code = "feed-absent" if problem.code in (404, 410) else "feed-refused"
        raise Refusal(error(code, where=url, status=problem.code)) from None
    except (OSError, HTTPException, ValueError) as problem:  # no network, no such host, a time-out
        cause = getattr(problem, "reason", None) or problem
        reason = getattr(cause, "strerror", None) or cause
        raise Refusal(error("feed-unreachable", where=url, reason=reason)) from None
    return data


def _read(place: str, data: bytes) -> ReadFeed:
    try:
        return read_feed(data)
    except Unreadable as problem:
        raise Refusal(error("feed-not-one", where=place, reason=problem)) from None


def _ours(site: Path, format_: str, newsletter: Newsletter) -> Path:
    """Our own feed in the same format, else in any."""
    files = (site / known.file for known in (FORMATS[format_], *FORMATS.values()))
    found = next((file for file in files if file.is_file()), None)
    if found is None:
        raise Refusal(error("feed-not-built", folder=newsletter.shown(site)))
    return found


def _tell(
    place: str, ours: str, changes: Changes, newsletter: Newsletter, console: Console
) -> None:
    words = console.words
    console.say(words.say("feed.compared", ours=ours, where=place))
    console.say(*subscriber_lines(changes, newsletter, console))
    console.say(words.say("feed.same", n=changes.same))


def _document(
    place: str, ours: str, changes: Changes, problems: tuple[Diagnostic, ...], console: Console
) -> None:
    console.document(
        {
            "ok": not problems,
            "before": place,
            "after": ours,
            **subscriber_facts(changes),
            "diagnostics": console.machine(problems),
        }
    )


def _kb(size: int) -> int:
    return max(1, round(size / 1000))
