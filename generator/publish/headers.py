"""With which headers a file is stored, where the place sends back what it was given."""

from __future__ import annotations

from generator.feeds.formats import FORMATS
from generator.model.caching import ALWAYS_ASK, FEEDS, FOR_EVER, HASHED, MEDIA
from generator.model.media_types import UNKNOWN, WEB, is_text

_FEEDS = {known.file: known.type for known in FORMATS.values()}
_MEDIA = ("image/", "audio/", "video/", "font/")


def content_type(path: str) -> str:
    """The type of a file. An XML feed is plain XML: a place with one answer for all cannot tell a
    browser, which can show that, from a reader, which takes either (docs/decisions.md).
    """
    name = path.rpartition("/")[2]
    type_ = WEB.get(name.rpartition(".")[2].lower(), UNKNOWN)
    own = _FEEDS.get(name, "")
    if own.endswith("json"):
        type_ = own
    return f"{type_}; charset=utf-8" if is_text(type_) else type_


def cache_control(path: str) -> str:
    """How long a file may be kept."""
    if HASHED.fullmatch(path):
        return FOR_EVER
    if path.rpartition("/")[2] in _FEEDS:
        return FEEDS
    return MEDIA if content_type(path).startswith(_MEDIA) else ALWAYS_ASK
