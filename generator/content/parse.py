"""One Markdown file to one article."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from generator.config.locale import read_locale
from generator.content.front_matter import Matter, read_front_matter
from generator.content.invisible import without_invisible
from generator.content.markdown import Line, Text, count_words, read_body, read_line, read_point
from generator.content.matter_values import spoken
from generator.content.rules.reading import Reading, fold
from generator.content.settings import typography_of
from generator.content.typography import polish
from generator.engine import digest
from generator.model.article import Article, Body, KeyPoint, Parsed, Ref, Settings, SourceLink
from generator.model.diagnostic import Diagnostic, Place, error, warning
from generator.model.front_matter import FrontMatter
from generator.model.source import Source
from generator.model.urls import is_external, slug

_AS_WRITTEN = (
    *("updated", "expires", "draft", "permalink", "aliases", "featured", "enclosure"),
    *("guid", "translation_key", "template", "noindex", "extra"),
)
"""Fields that an article takes over from its front matter."""
_NOT_OF_PAGES = ("tags", "series", "featured")
"""Keys that say nothing of a page: it stands in no list."""
_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[-_ ]+|$)(.*)", re.DOTALL)


def parse(source: Source, settings: Settings) -> Parsed:
    """Turn one file into an article; what is wrong with it comes back as diagnostics."""
    source = _well_formed(source)
    taken = read_front_matter(source.text, source.path, ZoneInfo(settings.timezone), settings.lang)
    if taken.matter is None:
        return Parsed(source.path, None, None, taken.problems)
    reading = _reading(source, settings, taken, taken.matter)
    return _parsed(source, settings, taken, taken.matter, reading)


def _well_formed(source: Source) -> Source:
    """A file without lone surrogates, which no encoding can hold; decoding never gives any."""
    try:
        source.text.encode()
    except UnicodeEncodeError:
        return replace(source, text=source.text.encode(errors="replace").decode())
    return source


def _reading(source: Source, settings: Settings, taken: Matter, matter: FrontMatter) -> Reading:
    lang = matter.lang or settings.lang
    path = hashlib.blake2b(source.path.encode(errors="replace"), digest_size=4)
    return Reading(
        path=source.path,
        lines=source.text.split("\n"),
        body_line=taken.body_line,
        lang=lang,
        typography=typography_of(lang, settings) if matter.typography else "",
        words=_words(settings, lang),
        labels=_folded(settings.labels),
        title=matter.title,
        prefix=path.hexdigest(),
    )


def _words(settings: Settings, lang: str) -> Mapping[str, str]:
    """What bodies say of themselves is said in the article's own language."""
    if lang == settings.lang:
        return settings.words
    return {**settings.words, **read_locale(lang, settings.own_tables).plain_words}


@functools.cache
def _folded(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(label) for label in labels)


def _parsed(
    source: Source, settings: Settings, taken: Matter, matter: FrontMatter, reading: Reading
) -> Parsed:
    plain, invisible = without_invisible(taken.body, source.path, taken.body_line)
    text = read_body(plain, reading, html=settings.html)
    points = _front_points(taken, matter, reading, settings)
    body = text.body
    if points and not text.key_points_line:
        body = Body("", body.before)  # points that stand nowhere in the text stand above it
    date = matter.date or _date_of_name(source, settings)
    lines = _lines(taken, matter, reading, settings)
    article = Article(
        path=source.path,
        digest=digest.of_value(body),
        title=polish(" ".join(matter.title.split(" ")).strip(), reading.typography),
        slug=_slug(source, matter, reading),
        lang=reading.lang,
        is_page=source.is_page,
        is_bundle=source.is_bundle,
        date=date,
        has_time=taken.has_time,
        key_points=(*points, *text.key_points),
        key_points_title=text.key_points_title,
        image_alt=polish(matter.image_alt, reading.typography),
        image=_image(matter, taken, reading),
        headings=tuple(reading.headings),
        anchors=tuple(reading.anchors),
        has_toc=text.has_toc,
        has_code=text.has_code,
        refs=tuple(reading.refs),
        words=text.words + sum(count_words(point.text, reading.lang) for point in points),
        excerpt=text.excerpt,
        places=taken.places,
        **lines,
        **_names(matter, reading),
        **{field: getattr(matter, field) for field in _AS_WRITTEN},
    )
    problems = (
        *taken.problems,
        *invisible,
        *_missing(source, taken, matter, article),
        *_doubtful(taken, matter, article, text),
        *sorted(reading.problems, key=lambda problem: problem.place),
    )
    if any(problem.severity == "error" for problem in problems):
        return Parsed(source.path, None, None, problems)
    return Parsed(source.path, _sealed(article), body, problems)


def _sealed(article: Article) -> Article:
    """The article with the digests of what others show of it and of what its page shows of it."""
    shown = (
        *(article.title, article.lang, article.date, article.reading_minutes, article.lede),
        *(article.key_points, article.key_points_title, article.image_alt),
    )
    elsewhere = replace(article, digest="", places={}, refs=(), image=None)  # where, not what
    return replace(article, face=digest.of_value(shown), meta=digest.of_value(elsewhere))


def _lines(
    taken: Matter, matter: FrontMatter, reading: Reading, settings: Settings
) -> dict[str, Any]:
    """The texts of the front matter that may hold Markdown."""

    def line(key: str, text: str) -> Line:
        if not text:
            return Line("", "")
        return read_line(text, _at(key, taken, reading), html=settings.html)

    summary, correction = (line(k, getattr(matter, k)) for k in ("summary", "correction"))
    return {"summary": summary.text, "summary_html": summary.html, "correction": correction.html}


def _names(matter: FrontMatter, reading: Reading) -> dict[str, Any]:
    """The author's names for things, in the typography of the language."""
    return {
        "series": polish(matter.series, reading.typography),
        "tags": tuple(polish(tag, reading.typography) for tag in matter.tags),
        "authors": tuple(polish(name, reading.typography) for name in matter.authors),
        "sources": tuple(_source(link, reading.typography) for link in matter.sources),
    }


def _source(link: SourceLink, lang: str) -> SourceLink:
    """A source with its title typeset, unless that is only its address."""
    return link if link.title == spoken(link.url) else replace(link, title=polish(link.title, lang))


def _front_points(
    taken: Matter, matter: FrontMatter, reading: Reading, settings: Settings
) -> tuple[KeyPoint, ...]:
    if not matter.key_points:
        return ()
    there = _at("key_points", taken, reading)
    return tuple(read_point(text, there, html=settings.html) for text in matter.key_points)


def _at(key: str, taken: Matter, reading: Reading) -> Reading:
    """The same reading, of the value of a key; what it finds goes to the same lists."""
    place = taken.places.get(key, Place(reading.path, 1))
    return dataclasses.replace(reading, body_line=place.line, found={})


def _image(matter: FrontMatter, taken: Matter, reading: Reading) -> Ref | None:
    if not matter.image:
        return None
    place = taken.places.get("image", Place(reading.path, 1))
    target, fragment = matter.image, ""
    if not is_external(target):
        target, _, fragment = target.partition("#")
        target = unicodedata.normalize("NFC", unquote(target))
    return Ref("src", target, fragment, place, reading.line_text(place.line))


# What the file's name says


def _stem(source: Source) -> str:
    """The name that the author gave: of the file, or of the folder that a bundle is."""
    path = PurePosixPath(source.path)
    return path.parent.name if source.is_bundle else path.stem


def _date_of_name(source: Source, settings: Settings) -> datetime | None:
    if source.is_page:
        return None
    found = _DATED.match(_stem(source))
    try:
        year, month, day = map(int, found.groups()[:3]) if found else (0, 0, 0)
        return datetime(year, month, day, tzinfo=ZoneInfo(settings.timezone))
    except ValueError:
        return None


def _slug(source: Source, matter: FrontMatter, reading: Reading) -> str:
    """The article's part of its address; empty when nothing gives one."""
    stem = _stem(source)
    dated = _DATED.match(stem)
    candidates = (matter.slug, dated[4] if dated else stem, matter.title)
    return next((name for text in candidates if (name := slug(text, reading.lang))), "")


# What is missing, and what is odd


def _missing(
    source: Source, taken: Matter, matter: FrontMatter, article: Article
) -> Iterator[Diagnostic]:
    """What no article can do without, unless front matter has already complained about it."""
    if not source.text.strip():
        yield error("empty-file", Place(source.path))
        return
    blamed = {problem.place for problem in taken.problems if problem.severity == "error"}

    def place(key: str) -> Place:
        return taken.places.get(key, Place(source.path, 1))

    if not article.title and place("title") not in blamed:
        yield error("missing-title", place("title"))
    if not source.is_page and article.date is None and place("date") not in blamed:
        yield _without_date(_stem(source), place("date"))
    if article.title and not article.slug:
        yield error("empty-slug", place("slug" if matter.slug else "title"))


def _without_date(stem: str, place: Place) -> Diagnostic:
    dated = _DATED.match(stem)
    if dated is None:
        return error("missing-date", place, stem=stem)
    return error("name-no-such-day", place, day="-".join(dated.groups()[:3]))


def _doubtful(
    taken: Matter, matter: FrontMatter, article: Article, text: Text
) -> Iterator[Diagnostic]:
    for key in _NOT_OF_PAGES if article.is_page else ():
        if getattr(matter, key):
            yield warning("page-key-unused", article.place(key), key=key)
    if matter.slug and article.slug and article.slug != matter.slug:
        place = article.place("slug")
        yield warning("slug-changed", place, slug=matter.slug, made=article.slug)
    if matter.key_points and text.key_points:
        yield warning("key-points-both", Place(article.path, text.key_points_line))
