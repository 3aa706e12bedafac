"""The writer's desk as values: what there is, what is missing, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from generator.model.article import Article
from generator.model.diagnostic import Diagnostic
from generator.model.report import Status
from generator.model.urls import output_path, tag_key
from generator.serve.editor import editor_link
from generator.serve.state import Problem, problems
from generator.serve.voice import Voice
from generator.serve.workshop import Workshop
from generator.survey import Survey

SECTIONS: tuple[Status, ...] = ("draft", "scheduled", "published", "expired")
SHOWN = 50
"""Articles of a section that are shown; the search finds the others."""
DEAD = frozenset(
    (
        "dead-link",
        "dead-link-unlike",
        "dead-anchor",
        "unknown-file",
        "missing-file",
        "link-held",
        "image-held",
        "navigation-held",
    )
)
"""Codes of links that lead nowhere, or not yet."""
_PROSE = re.compile(rb'<div class="prose.*?</article>', re.DOTALL)
_NO_ALT = re.compile(rb'<img(?![^>]*\salt="[^"])[^>]*>')


class Row(Struct, frozen=True):
    """An article on the desk."""

    path: str
    title: str
    when: str
    """When it appeared, will appear or was taken away, in words; empty for pages."""
    words: str
    minutes: str
    missing: tuple[str, ...]
    """What it lacks: `summary`, `alt`, `points`."""
    warnings: int
    errors: int
    url: str
    """Its page, root-relative; empty when it has none."""
    link: str
    """Opens the editor, or empty."""


class Section(Struct, frozen=True):
    """The articles of one status."""

    status: Status
    count: int
    """Found, of which `rows` shows the first."""
    rows: tuple[Row, ...]


class Desk(Struct, frozen=True):
    """Everything that the desk shows."""

    lang: str
    title: str
    home: str
    style: str
    """URL of the theme's style sheet, or empty."""
    query: str
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    dead: tuple[Problem, ...]
    """Links that lead nowhere, apart from the other problems."""


def make_desk(workshop: Workshop, voice: Voice, query: str) -> Desk:
    """Lay the desk. Raises Stop, OSError as surveying does."""
    survey = workshop.survey()
    found = workshop.problems
    shown = [a for a in survey.articles if _matches(a, query)]
    of = {status: [a for a in shown if survey.statuses[a.path] == status] for status in SECTIONS}
    told = problems(voice.told(found), workshop.config, workshop.folder)
    return Desk(
        lang=voice.lang,
        title=survey.site.shell.title,
        home=workshop.base_path,
        style=survey.site.shell.style,
        query=query,
        sections=tuple(
            _section(status, articles, survey, workshop, voice)
            for status, articles in of.items()
            if articles
        ),
        problems=tuple(one for one in told if one.code not in DEAD),
        dead=tuple(one for one in told if one.code in DEAD),
    )


def url_of(path: str, survey: Survey, workshop: Workshop) -> str:
    """The page of an article in the preview; empty when it has none."""
    address = survey.addresses.get(path)
    if address is None or not (workshop.output / output_path(address)).is_file():
        return ""
    return survey.site.base.relative(address)


def _section(
    status: Status,
    articles: Sequence[Article],
    survey: Survey,
    workshop: Workshop,
    voice: Voice,
) -> Section:
    soonest_first = status == "scheduled"
    ordered = sorted(articles, key=_time, reverse=not soonest_first)
    counted = _counted(workshop.problems)
    rows = (_row(article, status, survey, workshop, voice, counted) for article in ordered[:SHOWN])
    return Section(status, len(articles), tuple(rows))


def _row(
    article: Article,
    status: Status,
    survey: Survey,
    workshop: Workshop,
    voice: Voice,
    counted: dict[tuple[str, str], int],
) -> Row:
    moment = article.expires if status == "expired" else article.date
    url = url_of(article.path, survey, workshop)
    return Row(
        path=article.path,
        title=article.title,
        when=voice.moment(moment) if moment else "",
        words=voice.say("desk.words", n=article.words),
        minutes=voice.say("desk.minutes", n=article.reading_minutes),
        missing=tuple(_missing(article, url, survey, workshop)),
        warnings=counted.get((article.path, "warning"), 0),
        errors=counted.get((article.path, "error"), 0),
        url=url,
        link=editor_link(workshop.config.editor, workshop.folder / article.path),
    )


def _missing(article: Article, url: str, survey: Survey, workshop: Workshop) -> Iterable[str]:
    if not article.is_page and not article.summary:
        yield "summary"
    if not article.is_page and not article.key_points:
        yield "points"
    page = workshop.output / output_path(survey.addresses[article.path]) if url else None
    if (article.image and not article.image_alt) or (page and _has_image_without_alt(page)):
        yield "alt"


def _has_image_without_alt(page: Path) -> bool:
    try:
        prose = _PROSE.search(page.read_bytes())
    except OSError:
        return False
    return prose is not None and _NO_ALT.search(prose[0]) is not None


def _counted(found: Iterable[Diagnostic]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for problem in found:
        key = (problem.place.path, problem.severity)
        counts[key] = counts.get(key, 0) + 1
    return counts


def _matches(article: Article, query: str) -> bool:
    text = tag_key(" ".join((article.title, article.path, *article.tags, *article.authors)))
    return all(word in text for word in tag_key(query).split())


def _time(article: Article) -> tuple[float, str]:
    return (article.date.timestamp() if article.date else 0.0, article.path)
