"""What a value prints in HTML; a page prints a hundred of them."""

from __future__ import annotations

from markupsafe import Markup, escape


def shown(value: object) -> str:
    """As `markupsafe.escape`, which takes its time to say that nothing is to be escaped."""
    if type(value) is str:
        if not ("&" in value or "<" in value or ">" in value or "'" in value or '"' in value):
            return value
    elif type(value) is Markup:
        return value
    return escape(value)
