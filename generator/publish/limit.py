"""How many files may be removed without a second thought."""

from __future__ import annotations

from generator.model.publication import Changes

SHARE, MOST = 4, 50
"""One in four of what was online, and never more than fifty."""


def usual_limit(changes: Changes) -> int:
    """The number of removals that need no permission of their own."""
    foreign = len(changes.foreign)
    before = len(changes.unchanged) + len(changes.changed) + len(changes.removed) - foreign
    return min(before // SHARE, MOST)
