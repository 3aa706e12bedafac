"""What subscribers will see, in words: shared by `marbre feed` and `marbre publish`."""

from __future__ import annotations

from generator.cli.console import Console
from generator.cli.dates import short_moment
from generator.cli.newsletter import Newsletter
from generator.cli.table import aligned
from generator.feeds.changes import Changes
from generator.feeds.reading import ReadItem
from generator.model.diagnostic import Diagnostic, error

SHOWN = ("new", "updated", "gone", "past")


def sent_again(changes: Changes) -> tuple[Diagnostic, ...]:
    """What must not go online: articles that every subscriber would get a second time."""
    if len(changes.again) > 1 and not changes.same and not changes.updated:
        return (error("feed-all-again", count=len(changes.again)),)
    return tuple(
        error("feed-again", title=each.after.title, url=each.after.url, guid=each.before.guid)
        for each in changes.again
    )


def subscriber_lines(changes: Changes, newsletter: Newsletter, console: Console) -> list[str]:
    """The articles that are new to subscribers, changed, or gone."""
    words, lines = console.words, []
    for name in SHOWN:
        items: tuple[ReadItem, ...] = getattr(changes, name)
        if items:
            lines.append(console.paint("title", words.say(f"feed.{name}", n=len(items))))
            lines += aligned([_cells(item, newsletter) for item in items], indent="  ")
    return lines


def subscriber_facts(changes: Changes) -> dict[str, object]:
    """The same for a machine."""
    again = [{**_facts(each.after), "former": each.before.guid} for each in changes.again]
    lists = {name: [_facts(item) for item in getattr(changes, name)] for name in SHOWN}
    return {**lists, "again": again, "same": changes.same}


def _cells(item: ReadItem, newsletter: Newsletter) -> tuple[str, ...]:
    date = short_moment(item.date, newsletter.zone) if item.date else ""
    return date, item.title, item.url


def _facts(item: ReadItem) -> dict[str, object]:
    date = item.date.isoformat() if item.date else None
    return {"guid": item.guid, "title": item.title, "url": item.url, "date": date}
