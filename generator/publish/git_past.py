"""Going back to the publication before, by one commit more: history stays, nothing is forced.

Only what we published goes back; what others have in the branch stays as it is now. A publication
is a commit that changed our record. Going back twice goes further back: a commit that goes back
says to which publication, in a trailer (git-interpret-trailers(1)).
"""

from __future__ import annotations

import os

from msgspec import Struct

from generator.config.locale import read_locale
from generator.contracts import Ground
from generator.model.diagnostic import error
from generator.model.publication import RECORD
from generator.publish.git import Settings
from generator.publish.git_branch import Branch, Repository, find_repository
from generator.publish.git_commit import Content
from generator.publish.record import read_record
from generator.publish.trouble import Trouble

TRAILER = "Marbre-Publication"
DEPTH = 50
"""Commits that are looked at."""
_FORMAT = f"--format=%H%x00%cs%x00%(trailers:key={TRAILER},valueonly,separator=%x2C)"


class Publication(Struct, frozen=True):
    """A commit of ours."""

    commit: str
    date: str
    """Its day (ISO 8601)."""
    again: str
    """The publication that it put online again; empty for a new one."""

    @property
    def content(self) -> str:
        """The commit whose files it put online."""
        return self.again or self.commit


def go_back(settings: Settings, ground: Ground) -> str:
    """Put the publication before online again and say which it is. Raises Trouble."""
    place = find_repository(settings, ground)
    seen = place.look()
    if seen.tip:
        place.store.fetch(settings.branch, DEPTH)
    past = _past(place, seen)
    if past is None:
        raise Trouble(error("publish-git-no-release", where=place.where(), depth=DEPTH))
    say = read_locale(ground.language).word("git_back").replace("{date}", past.date)
    message = f"{say}\n\n{TRAILER}: {past.commit}\n"
    place.send(seen, _content(place, seen, past.commit), message)
    return f"{past.date} ({past.commit[:7]})"


def _past(place: Repository, seen: Branch) -> Publication | None:
    """The publication before the one that is online."""
    if not seen.tip:
        return None
    words = ("log", "--first-parent", _FORMAT, seen.tip, "--", place.path(RECORD))
    lines = os.fsdecode(place.store.git(*words)).splitlines()
    known = {p.commit: p for p in (Publication(*line.split("\0")) for line in lines)}
    chain = tuple(known.values())
    online = next((n for n, p in enumerate(chain) if p.commit == chain[0].content), len(chain))
    before = chain[online + 1 : online + 2]
    return known.get(before[0].content) if before else None


def _content(place: Repository, seen: Branch, past: str) -> dict[str, Content]:
    """What differs between what is ours now and what was ours then. Raises Trouble when somebody
    else has put something there since.
    """
    files = place.store.listing(past)
    record = files.get(place.path(RECORD))
    ours = read_record(place.store.blob(record.id) if record else None)
    then = {path: files[place.path(path)] for path in (*ours, RECORD) if place.path(path) in files}
    now = {path for path in (*seen.ours, RECORD) if place.path(path) in seen.files}
    for path in then.keys() - now:
        if place.path(path) in seen.files:
            raise Trouble(error("publish-git-in-the-way", path=place.path(path)))
    other = {p: entry for p, entry in then.items() if seen.files.get(place.path(p)) != entry}
    place.store.bring(past, {entry.id for entry in other.values()})
    return {**dict.fromkeys(now - then.keys()), **other}
