"""One way to hand down what the judges found."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def verdict(findings: Iterable[str]) -> None:
    """Fail with all that was found as `place: what`; what is wrong in many places is said once."""
    places: dict[str, list[str]] = {}
    for finding in findings:
        place, _, what = finding.partition(": ")
        places.setdefault(what, []).append(place)
    if places:
        lines = [f"{somewhere(where)}: {what}" for what, where in places.items()]
        pytest.fail(f"{len(lines)} to mend:\n" + "\n".join(lines), pytrace=False)


def somewhere(places: list[str]) -> str:
    first, *others = dict.fromkeys(places)
    return f"{first} and {len(others)} more" if others else first
