"""Addresses and ids in an author's own HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Literal

from generator.content.rules.reading import Reading
from generator.model.urls import srcset

Name = Literal["href", "src", "poster", "data"]

# Possessive quantifiers, and no tag reaches over the next `<`: unfinished HTML is read once.
_TAG = re.compile(r"<([A-Za-z][^\s/<>]*+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>")
_ATTRIBUTE = re.compile(
    r"(?<=\S)\s++([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]++)))?"
)
_OPENING = re.compile(r"<(?=[A-Za-z!])")
_SILENT = frozenset(("script", "style", "textarea", "title", "xmp"))


def with_slots(html: str, reading: Reading, lines: tuple[int, int]) -> str:
    """Put slots in the place of relative addresses, and note the ids."""
    if "=" not in html:
        return html
    parts: list[str] = []
    done = 0
    for tag in _tags(html):
        parts += (html[done : tag.start()], _tag_with_slots(tag, reading, lines))
        done = tag.end()
    return "".join((*parts, html[done:]))


def _tag_with_slots(tag: re.Match[str], reading: Reading, lines: tuple[int, int]) -> str:
    name = tag[1].lower()
    return _ATTRIBUTE.sub(lambda found: _slot(found, name, reading, lines), tag[0])


def _tags(html: str) -> Iterator[re.Match[str]]:
    """Every opening tag, but none inside comments, scripts and the like."""
    at = 0
    while found := _OPENING.search(html, at):
        at = found.start()
        if html.startswith("<!--", at):
            at = html.find("-->", at)
            if at < 0:
                return
            continue
        tag = _TAG.match(html, at)
        if tag is None:
            at += 1
            continue
        yield tag
        at = tag.end()
        if tag[1].lower() in _SILENT:
            at = html.lower().find(f"</{tag[1].lower()}", at)
            if at < 0:
                return


def _slot(found: re.Match[str], tag: str, reading: Reading, lines: tuple[int, int]) -> str:
    name = found[1].lower()
    value = unescape(next((v for v in found.groups()[1:] if v is not None), "")).strip()
    if name == "id" or (name == "name" and tag == "a"):
        if value:
            reading.anchors[value] = None
        return found[0]
    if name == "srcset" and tag in ("img", "source"):
        return _list(value, reading, lines) or found[0]
    kind = _kind(name, tag)
    return (reading.slot(kind, value, lines, raw=True) if kind else "") or found[0]


def _list(value: str, reading: Reading, lines: tuple[int, int]) -> str:
    """A `srcset` with a slot for each address that has to wait; nothing when none has."""
    images = [(reading.slot("srcset", url, lines, raw=True), url, d) for url, d in srcset(value)]
    if not any(slot for slot, _, _ in images):
        return ""
    shown = ", ".join(f"{slot or escape(url)} {d}".rstrip() for slot, url, d in images)
    return f' srcset="{shown}"'


def _kind(name: str, tag: str) -> Name | None:
    """Which kind of reference a whole attribute is."""
    if name == "href" and tag != "base":
        return "href"
    if name == "src":
        return "src"
    if name == "poster" and tag == "video":
        return "poster"
    if name == "data" and tag == "object":
        return "data"
    return None
