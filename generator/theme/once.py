"""`once`: what stands on many pages is printed by its macro once, then remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from jinja2 import pass_context
from jinja2.runtime import Context, Macro
from msgspec import Struct

REMEMBERED = 1 << 14
"""Prints that are kept, a kilobyte or two each; those that were not asked for longest go first."""
_LASTING = (Struct, str, int, type(None))
"""Values that will always be what they are now."""


def make_once() -> Callable[..., str]:
    """`once(macro, value …)`: what `macro(value …)` prints, remembered by the values.

    It is remembered only where it can depend on nothing else: the macro stands in a part imported
    without context, where no `page` can be seen, and every value is a view or a plain one.
    Whatever else it is given, it calls the macro. A template's mistake is never remembered.
    """

    @lru_cache(maxsize=REMEMBERED, typed=True)  # 1 and True, "<b>" and safe "<b>" print otherwise
    def remembered(macro: Macro, *values: object, **named: object) -> str:
        if not all(isinstance(value, _LASTING) for value in (*values, *named.values())):
            raise TypeError("not every value is a key")
        return macro(*values, **named)

    @pass_context
    def once(context: Context, macro: Macro, /, *values: object, **named: object) -> str:
        if "page" in context:
            return macro(*values, **named)
        try:
            return remembered(macro, *values, **named)
        except TypeError:  # a list, or a view with `extra`; or the macro's mistake, made again
            return macro(*values, **named)

    return once
