"""Links by path that a moved article leaves behind, and what they have to become."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from msgspec import Struct

from generator.assemble.links import candidates
from generator.model.article import Article, Ref
from generator.model.urls import is_external

_BEFORE, _AFTER = r"(?<![^\s(\"'<:=\[])", r"(?![^\s)\"'>#?\]])"
"""A target stands between these, or at an end of its line."""
_SPACED = re.compile(r"[\s()<>\"']")
_ENDING = re.compile(r"(?:/index)?\.(?:md|markdown)$")


class Left(Struct, frozen=True):
    """A link that leads to where something was."""

    path: str
    """Source path of the article that it stands in, after the move."""
    line: int
    old: str
    """Its target as Marbre read it, percent-decoded."""
    new: str


def left_behind(
    articles: Iterable[Article], files: Iterable[str], moved: Mapping[str, str]
) -> Iterator[Left]:
    """Links of articles that no longer lead where they led, before the move or after it.

    `files` are the other files that can be linked to; `moved` has the new path of each old one.
    """
    everyone = tuple(articles)
    back = {new: old for old, new in moved.items()}
    paths = {*(article.path for article in everyone), *files}
    before = {back.get(path, path) for path in paths}
    after = {moved.get(path, path) for path in before}
    for article in everyone:
        was = back.get(article.path, article.path)
        home = moved.get(was, was)
        for ref in _refs(article):
            led = next((p for p in candidates(ref.target, was) if p in before), "")
            leads = moved.get(led, led)
            if led and next((p for p in candidates(ref.target, home) if p in after), "") != leads:
                yield Left(home, ref.place.line, ref.target, _target(ref.target, leads, home))


def mended(text: str, links: Iterable[Left]) -> str:
    """A file's text with its links rewritten, each on its own line; line ends stay."""
    lines = text.splitlines(keepends=True)
    for link in dict.fromkeys(links):
        if 0 < link.line <= len(lines):
            lines[link.line - 1] = _on_line(lines[link.line - 1], link)
    return "".join(lines)


def _refs(article: Article) -> Iterator[Ref]:
    enclosure = article.enclosure
    given = (*article.refs, *((article.image,) if article.image else ()))
    if enclosure:
        given = (*given, Ref("src", enclosure.url, place=article.place("enclosure")))
    for ref in given:
        if ref.target and not is_external(ref.target):
            yield ref


def _target(old: str, leads: str, home: str) -> str:
    """The new target in the manner of the old one: from the top or not, with an ending or not."""
    if old.startswith("/"):
        new = "/" + leads.removeprefix("content/")
    else:
        new = posixpath.relpath(leads, posixpath.dirname(home))
    return new if _ENDING.search(old) else _ENDING.sub("", new)


def _on_line(line: str, link: Left) -> str:
    for written in (link.old, quote(link.old), unicodedata.normalize("NFD", link.old)):
        new = quote(link.new) if "%" in written else _SPACED.sub(_coded, link.new)
        pattern = _BEFORE + re.escape(written) + _AFTER
        if re.search(pattern, line):
            return re.sub(pattern, new.replace("\\", r"\\"), line)
    return line


def _coded(found: re.Match[str]) -> str:
    return quote(found[0], safe="")
