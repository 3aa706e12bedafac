"""What publishing will do, in words: values in, lines out."""

from __future__ import annotations

from msgspec import Struct

from generator.cli.console import Console
from generator.cli.newsletter import Newsletter
from generator.cli.present import visible
from generator.cli.subscribers import subscriber_facts, subscriber_lines
from generator.feeds.changes import Changes as FeedChanges
from generator.model.publication import Changes, Tree

SHOWN = 8
"""Files of a kind that are named."""


class Outlook(Struct, frozen=True):
    """What publishing will do."""

    name: str
    """Of the place, in the configuration."""
    where: str
    tree: Tree
    changes: Changes
    subscribers: FeedChanges | None
    """What they will see; None when no feed is online that could tell."""

    @property
    def bytes(self) -> int:
        """What will travel."""
        return sum(self.tree.sizes[path] for path in self.changes.sent)


def outlook_lines(
    outlook: Outlook, newsletter: Newsletter, console: Console, *, verbose: bool
) -> list[str]:
    """What will be online, file by file, and what subscribers will see."""
    words, changes = console.words, outlook.changes
    lines = [words.say("publish.to", name=outlook.name, where=visible(outlook.where))]
    for kind, mark in (("added", "+"), ("changed", "~"), ("removed", "-")):
        paths: tuple[str, ...] = getattr(changes, kind)
        if paths:
            lines.append(f"  {console.paint('title', words.say(f'publish.{kind}', n=len(paths)))}")
            shown = paths if verbose else paths[:SHOWN]
            style = "warning" if kind == "removed" else "good"
            lines += [f"    {console.paint(style, mark)} {visible(path)}" for path in shown]
            if len(paths) > len(shown):
                lines.append(f"    {words.say('publish.more', n=len(paths) - len(shown))}")
    same = len(changes.unchanged)
    size = words.say("publish.size", size=_size(outlook.bytes, console))
    told = [words.say("publish.unchanged", n=same)] if same else []
    told += [size] if changes.sent else []
    lines.append("  " + words.say("publish.and").join(told))
    if outlook.subscribers:
        told = subscriber_lines(outlook.subscribers, newsletter, console)
        title = words.say("publish.subscribers" if told else "publish.nothing-new")
        lines += [title, *(f"  {line}" for line in told)]
    return lines


def outlook_facts(outlook: Outlook) -> dict[str, object]:
    """The same for a machine."""
    changes, readers = outlook.changes, outlook.subscribers
    return {
        "target": outlook.name,
        "where": outlook.where,
        "added": changes.added,
        "changed": changes.changed,
        "removed": changes.removed,
        "unchanged": len(changes.unchanged),
        "bytes": outlook.bytes,
        "subscribers": subscriber_facts(readers) if readers else None,
    }


def _size(count: int, console: Console) -> str:
    words = console.words
    for unit, factor in (("mb", 1e6), ("kb", 1e3)):
        if count >= factor:
            return words.say(f"publish.{unit}", n=words.number(count / factor, 1))
    return words.say("publish.bytes", n=count)
