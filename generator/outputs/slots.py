"""Reference slots in bodies: the attribute that a slot stands for, once addresses are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from generator.model.article import Ref
from generator.model.site import Entry
from generator.model.urls import Base

_SLOT = re.compile("\x00(\\d+)\x00")


def attributes(entry: Entry) -> tuple[str, ...]:
    """What each slot of an entry becomes on a page: ` href="/x/"`, or nothing."""
    return tuple(
        _attribute(ref, url) for ref, url in zip(entry.article.refs, entry.slots, strict=True)
    )


def absolute_attributes(entry: Entry, base: Base) -> tuple[str, ...]:
    """What each slot becomes where no relative URL may stand: in feeds."""
    return tuple(
        _attribute(ref, absolute(url, base))
        for ref, url in zip(entry.article.refs, entry.slots, strict=True)
    )


def absolute(url: str, base: Base) -> str:
    """A root-relative URL with its scheme and host; others as they are."""
    origin = base.url.removesuffix(base.path)
    return origin + url if url.startswith("/") and not url.startswith("//") else url


def fill(html: str, values: Sequence[str]) -> str:
    """Put the attributes into the slots."""
    if "\x00" not in html:
        return html
    return _SLOT.sub(lambda found: values[int(found[1])], html)


NOWHERE = "about:invalid"
"""What leads nowhere where a URL must stand (CSS Values 4, section 4.5.4)."""


def _attribute(ref: Ref, url: str) -> str:
    if ref.kind == "srcset":  # one address of several in the attribute
        return escape(url or NOWHERE)
    return f' {ref.kind}="{escape(url)}"' if url else ""
