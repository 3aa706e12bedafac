"""How many files may go without a second thought."""

from __future__ import annotations

import pytest

from generator.model.publication import Changes
from generator.publish.limit import usual_limit


@pytest.mark.parametrize(
    ("removed", "unchanged", "foreign", "limit"),
    [(4, 12, 0, 4), (5, 12, 0, 4), (1, 2, 0, 0), (40, 400, 0, 50), (4, 12, 8, 4), (0, 0, 0, 0)],
)
def test_a_quarter_of_what_was_ours_and_never_more_than_fifty(
    removed: int, unchanged: int, foreign: int, limit: int
) -> None:
    strangers = tuple(f"f{n}" for n in range(foreign))
    changes = Changes(
        changed=strangers,
        removed=tuple(f"r{n}" for n in range(removed)),
        unchanged=tuple(f"u{n}" for n in range(unchanged)),
        foreign=strangers,
    )
    assert usual_limit(changes) == limit
