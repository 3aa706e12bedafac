"""What subscribers will see when one state of a feed takes the place of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from generator.feeds.reading import ReadFeed, ReadItem


class Again(Struct, frozen=True):
    """An article that subscribers have already, and would get once more."""

    before: ReadItem
    after: ReadItem


class Changes(Struct, frozen=True):
    """The difference between two states of a feed, as a reader notices it."""

    new: tuple[ReadItem, ...]
    """What subscribers will get."""
    updated: tuple[ReadItem, ...]
    """Known items whose text, title or address changed; readers show them as read, or mark them."""
    gone: tuple[ReadItem, ...]
    """Items taken out; subscribers who have them keep them."""
    past: tuple[ReadItem, ...]
    """Items that only made room for newer ones."""
    again: tuple[Again, ...]
    """Known articles whose identity changed: subscribers would get them a second time."""
    same: int
    """Number of items that are as they were."""


def compare(before: ReadFeed, after: ReadFeed) -> Changes:
    """Compare the feed that is online with the one that would take its place.

    Items are known by their identity alone, as readers know them. A lost identity and an unknown
    one that stand for the same article are told apart from news by address, text or title and date.
    """
    known = {item.guid: item for item in before.items}
    kept = {item.guid for item in after.items} & known.keys()
    lost = [item for item in before.items if item.guid not in kept]
    unknown = [item for item in after.items if item.guid not in kept]
    again = _recognised(lost, unknown)
    sent = {each.after.guid for each in again}
    dropped = {each.before.guid for each in again}
    out = [item for item in lost if item.guid not in dropped]
    past = tuple(item for item in out if unknown and _made_room(item, after))
    updated = tuple(i for i in after.items if i.guid in kept and _differ(known[i.guid], i))
    return Changes(
        new=tuple(item for item in unknown if item.guid not in sent),
        updated=updated,
        gone=tuple(item for item in out if item not in past),
        past=past,
        again=again,
        same=len(kept) - len(updated),
    )


def _recognised(lost: Iterable[ReadItem], unknown: Iterable[ReadItem]) -> tuple[Again, ...]:
    """Pairs that are one article, by the surest sign first; each item is in one pair at most."""
    missing = {item.guid: item for item in lost}
    found: dict[str, ReadItem] = {}
    pending = list(unknown)
    for sign in _SIGNS:
        by_sign = {mark: item for item in missing.values() if (mark := sign(item))}
        for item in pending:
            former = by_sign.get(sign(item)) if item.guid not in found else None
            if former and former.guid in missing:
                found[item.guid] = missing.pop(former.guid)
    return tuple(Again(found[item.guid], item) for item in pending if item.guid in found)


_SIGNS: tuple[Callable[[ReadItem], object], ...] = (
    lambda item: item.url,
    lambda item: _path(item.url),  # another domain
    lambda item: item.content,
    lambda item: (item.title, item.date) if item.title and item.date else None,
)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.strip("/")
    except ValueError:
        return ""


def _differ(before: ReadItem, after: ReadItem) -> bool:
    """Whether readers would show something else; formats that give less are not held against it."""
    shown: Mapping[str, tuple[object, object]] = {
        name: (getattr(before, name), getattr(after, name))
        for name in ("title", "url", "content", "date", "updated", "tags", "enclosures")
    }
    return any(old != new and old and new for old, new in shown.values())


def _made_room(item: ReadItem, after: ReadFeed) -> bool:
    """Whether an item is older than all that the feed still holds."""
    dates = [other.date for other in after.items if other.date]
    return bool(item.date and dates and item.date < min(dates))
