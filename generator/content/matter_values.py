"""Values of the front matter that have forms of their own: dates, sources, people, key points."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import Any

from msgspec import UNSET, Struct
from yaml import MappingNode, Node, ScalarNode

from generator.config import checks
from generator.config.moments import read_moment
from generator.config.nearest import fold
from generator.config.shape import struct
from generator.config.shaper import Reader, Shaper, Spot
from generator.config.values import BOOLEANS, read_boolean, read_choice
from generator.config.yaml_nodes import is_nothing, pairs
from generator.content.other_words import STATUS, STATUS_CHOICES
from generator.content.rules.emoji import take_mark
from generator.model.article import Enclosure, SourceLink
from generator.model.diagnostic import Place, warning

_LINK_TARGET = re.compile(r"\s*<?([^\s<>]+?)>?(?:\s+\"[^\"]*\")?\s*")
_TITLE_BEFORE_URL = re.compile(r"[\s,:;–—-]<?(https?://[^\s<>]+)>?$")
_BULLET = re.compile(r"[-*•–]\s+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SOURCE_WORDS = {
    **dict.fromkeys(("titre", "name", "nom", "label", "text"), "title"),
    **dict.fromkeys(("lien", "link", "href", "adresse"), "url"),
}
_ENCLOSURE_WORDS = {
    **dict.fromkeys(("adresse", "lien", "href", "src", "file", "fichier"), "url"),
    **dict.fromkeys(("size", "taille", "longueur", "bytes"), "length"),
    **dict.fromkeys(("mime", "mime type", "media type"), "type"),
}


class _Source(Struct, frozen=True):
    """A source as a mapping."""

    url: str
    title: str = ""


def date_reader(zone: tzinfo, times: dict[str, bool]) -> Reader:
    """A reader of dates that are meant in `zone`; notes in `times` which have a time of day."""

    def date(shaper: Shaper, node: Node, spot: Spot) -> Any:
        if is_nothing(node):
            return UNSET
        found = read_moment(node.value, zone) if isinstance(node, ScalarNode) else None
        if found is None:
            return shaper.wrong("front-matter-type", node, key=spot.key, value=shaper.found(node))
        moment, times[spot.name] = found
        return moment

    return date


def _source(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """A mapping with `title` and `url`, `Title: URL`, a Markdown link, or a URL alone."""
    if is_nothing(node):
        return UNSET
    if isinstance(node, MappingNode):
        source = _titled(node) or struct(shaper, node, _Source, spot, _SOURCE_WORDS)
    else:
        source = _source_in(shaper.text(node, spot))
    if source is UNSET:
        return UNSET
    if not (checks.is_web_address(source.url) or source.url.startswith("mailto:")):
        return shaper.wrong("not-a-url", node, key=spot.key, value=source.url)
    return SourceLink(source.title or spoken(source.url), source.url)


def _titled(node: MappingNode) -> _Source | None:
    """`Le Monde: https://…`, when that is all."""
    if len(node.value) == 1:
        key, value = node.value[0]
        scalars = isinstance(key, ScalarNode) and isinstance(value, ScalarNode)
        if scalars and fold(key.value) != "url" and fold(key.value) not in _SOURCE_WORDS:
            return _Source(value.value, key.value) if checks.is_web_address(value.value) else None
    return None


def _source_in(text: Any) -> Any:
    if text is UNSET:
        return UNSET
    text = text.strip()
    if text.startswith("[") and text.endswith(")"):
        title, _, target = text[1:-1].rpartition("](")
        if title and (found := _LINK_TARGET.fullmatch(target)):
            return _Source(found[1], title)
    if found := _TITLE_BEFORE_URL.search(text):
        return _Source(found[1], text[: found.start()].rstrip(" ,:;–—-\u00a0\u202f"))
    return _Source(text.removeprefix("<").removesuffix(">"))


def spoken(url: str) -> str:
    """A URL as one would say it: `lemonde.fr/economie`."""
    return url.partition(":")[2].removeprefix("//").removeprefix("www.").rstrip("/")


def _enclosure(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """A URL or a path, or a mapping with `url`, `length` and `type`."""
    if is_nothing(node):
        return UNSET
    if isinstance(node, ScalarNode):
        url = shaper.text(node, spot)
        enclosure = UNSET if url is UNSET else Enclosure(url)
    else:
        enclosure = struct(shaper, node, Enclosure, spot, _ENCLOSURE_WORDS)
    if enclosure is UNSET:
        return UNSET
    if _SCHEME.match(enclosure.url) and not checks.is_web_address(enclosure.url):
        return shaper.wrong("not-a-url", node, key=spot.key, value=enclosure.url)
    if enclosure.length < 0:
        return shaper.wrong(
            "number-too-small", node, key=f"{spot.key}.length", value=enclosure.length, least=0
        )
    return enclosure


def _authors(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """Names; `Anne Martin, AFP` is one name, since a comma may belong to it."""
    return shaper.items(node, spot, _author_name, split=False)


def _author_name(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """A name, or what is called `name` in a mapping of other tools."""
    if isinstance(node, MappingNode):
        for key, value in pairs(node):
            if isinstance(key, ScalarNode) and fold(key.value) in ("name", "nom"):
                return shaper.text(value, spot)
    return shaper.text(node, spot)


def _key_points(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """A list of texts; or one text with a point on each line, with or without bullets."""
    if not isinstance(node, ScalarNode):
        return shaper.items(node, spot, _key_point, split=False)
    text = shaper.text(node, spot)
    if text is UNSET:
        return UNSET
    lines = (_BULLET.sub("", line.strip(), count=1) for line in text.split("\n"))
    return tuple(line for line in lines if line and _says_something(shaper, node, line))


def _key_point(shaper: Shaper, node: Node, spot: Spot) -> Any:
    text = shaper.text(node, spot)
    return text if text is UNSET or _says_something(shaper, node, text) else UNSET


def _says_something(shaper: Shaper, node: Node, point: str) -> bool:
    """Whether a point is more than its emoji; the author of one that is not is told."""
    if take_mark(point)[1]:
        return True
    sheet, mark = shaper.sheet, node.start_mark
    rows = range(mark.line, len(sheet.lines))
    row = next((n for n in rows if point and point in sheet.lines[n]), mark.line)
    place = Place(sheet.path, row + sheet.first_line)
    shaper.problems.append(warning("key-point-empty", place, line_text=sheet.row(row)))
    return False


def _draft(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """True or false; under `status`, where known values are booleans by now, one of those."""
    if isinstance(node, ScalarNode) and node.value.lower() in BOOLEANS:
        return BOOLEANS[node.value.lower()]
    if fold(spot.key) in STATUS:
        read_choice(STATUS_CHOICES)(shaper, node, spot)
        return UNSET
    return read_boolean(shaper, node, spot)


def _language(shaper: Shaper, node: Node, spot: Spot) -> Any:
    text = shaper.text(node, spot)
    if text is UNSET or checks.is_language(text):
        return text
    return shaper.wrong("not-a-language", node, key=spot.key, value=text)


READERS: dict[Any, Reader] = {
    SourceLink: _source,
    Enclosure: _enclosure,
    "authors": _authors,
    "key_points": _key_points,
    "lang": _language,
    "draft": _draft,
}
"""Readers by type, and by key where one key alone is read in its own way."""
