"""Identity in feeds: what no change of title, date, slug, permalink or domain touches (FEEDS)."""

from __future__ import annotations

import uuid
from functools import lru_cache


def guid(identity: str, stem: str, given: str = "") -> str:
    """An article's identity: the given one, else derived from its source path.

    `identity` is the newsletter's `id`, `stem` the path of the source without its ending.
    """
    return given or uuid.uuid5(_namespace(identity), stem).urn


def feed_id(identity: str, address: str) -> str:
    """A feed's own identity, which Atom asks for (RFC 4287, section 4.2.6)."""
    return uuid.uuid5(_namespace(identity), f"feed {address}").urn


@lru_cache(maxsize=16)
def _namespace(identity: str) -> uuid.UUID:
    try:
        return uuid.UUID(identity)
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_URL, identity)
