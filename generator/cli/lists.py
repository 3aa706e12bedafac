"""`marbre list`: what there is, what will be, what was."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from msgspec import Struct

from generator.cli import options
from generator.cli.command import Command
from generator.cli.console import Console
from generator.cli.dates import short_moment
from generator.cli.newsletter import open_newsletter, request_of
from generator.cli.table import aligned
from generator.model.report import Status

if TYPE_CHECKING:
    from generator.survey import Survey

_TOPICS: dict[str, Status | None] = {
    "drafts": "draft",
    "scheduled": "scheduled",
    "published": "published",
    "expired": "expired",
    "tags": None,
}
"""What can be listed, and the status of the articles that are meant."""


class Row(Struct, frozen=True):
    """An article or a page as the list shows it."""

    path: str
    title: str
    status: Status
    date: datetime | None
    expires: datetime | None
    address: str
    """Where it is, or will be, on the site."""
    url: str
    tags: tuple[str, ...]


class TagRow(Struct, frozen=True):
    """A tag as the list shows it."""

    name: str
    count: int
    """Articles online."""
    address: str
    url: str


@click.command("list", cls=Command)
@click.argument("what", type=click.Choice(list(_TOPICS)), metavar="[WHAT]", required=False)
@options.source
@options.config
@options.at
@options.as_json
@click.pass_context
def command(
    context: click.Context,
    /,
    what: str | None,
    source: Path | None,
    config: Path | None,
    at: str | None,
    as_json: bool,
) -> None:
    """List articles by what has become of them, and tags."""
    console = context.ensure_object(Console)
    newsletter = open_newsletter(console, source, config)
    from generator.survey import look_over

    survey = look_over(request_of(newsletter, at=at))
    errors = [problem for problem in survey.problems if problem.severity == "error"]
    found = {topic: _found(topic, survey) for topic in ((what,) if what else _TOPICS)}
    if as_json:
        problems = console.machine(survey.problems)
        console.document({"ok": not errors, **found, "diagnostics": problems})
    else:
        console.say(*_tables(found, newsletter.zone, console, alone=what is not None))
    console.complain(errors)
    if errors:
        context.exit(1)


def _found(topic: str, survey: Survey) -> tuple[Row | TagRow, ...]:
    status = _TOPICS[topic]
    return _rows(survey, status) if status else _tags(survey)


def _rows(survey: Survey, status: Status) -> tuple[Row | TagRow, ...]:
    chosen = [a for a in survey.articles if survey.statuses.get(a.path) == status]
    chosen.sort(key=lambda a: (a.date is not None, a.date and a.date.timestamp(), a.path))
    if status != "scheduled":  # what comes next is read from the top, so is what came last
        chosen.reverse()
    return tuple(
        Row(
            path=article.path,
            title=article.title,
            status=status,
            date=article.date,
            expires=article.expires,
            address=survey.addresses[article.path],
            url=survey.site.base.absolute(survey.addresses[article.path]),
            tags=article.tags,
        )
        for article in chosen
    )


def _tags(survey: Survey) -> tuple[Row | TagRow, ...]:
    return tuple(
        TagRow(tag.name, len(tag.paths), tag.address, survey.site.base.absolute(tag.address))
        for tag in survey.site.tags.values()
    )


def _tables(
    found: dict[str, tuple[Row | TagRow, ...]], zone: ZoneInfo, console: Console, *, alone: bool
) -> list[str]:
    """The lines to print; what was asked for alone needs a heading only when there is nothing."""
    lines: list[str] = []
    for topic, rows in found.items():
        if bool(rows) != alone:
            title = console.words.say(f"list.{topic}", n=len(rows))
            lines.append(console.paint("title", title))
        cells = [_cells(row, zone) for row in rows]
        lines += aligned(cells, indent="" if alone else "  ")
    return lines


def _cells(row: Row | TagRow, zone: ZoneInfo) -> tuple[str, ...]:
    if isinstance(row, TagRow):
        return row.name, str(row.count), row.address
    date = short_moment(row.date, zone) if row.date else ""
    return date, row.path, row.address, row.title
