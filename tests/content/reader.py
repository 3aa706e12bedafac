"""Reading a text as an article, and showing what came of it."""

from __future__ import annotations

import re

import msgspec

from generator.config.schema import Config
from generator.content.parse import parse
from generator.content.settings import settings_for
from generator.model.article import Parsed, Settings
from generator.model.source import Source

SETTINGS = settings_for(Config())
PATH = "content/2025-03-10-cas.md"


def read(text: str, path: str = PATH, settings: Settings = SETTINGS, **changed: object) -> Parsed:
    """Parse a text; without front matter it is the body of an article called "Un cas"."""
    if not text.startswith("---"):
        text = f"---\ntitle: Un cas\n---\n{text}"
    return parse(Source(path, text, "digest"), msgspec.structs.replace(settings, **changed))


def body(text: str, **changed: object) -> str:
    """The HTML of a body, its slots shown."""
    return shown(read(text, **changed))


def points(parsed: Parsed) -> list[tuple[str, str]]:
    """The key points: (mark, text)."""
    assert parsed.article
    return [(point.mark, point.text) for point in parsed.article.key_points]


def codes(parsed: Parsed) -> list[str]:
    """The codes of what was wrong."""
    return [problem.code for problem in parsed.problems]


def shown(parsed: Parsed) -> str:
    assert parsed.article, parsed.problems
    assert parsed.body
    return slots_shown(parsed.body.before + parsed.body.after, parsed)


def slots_shown(html: str, parsed: Parsed) -> str:
    """HTML with each slot as ` {href=where}`, the space being that before an attribute."""
    assert parsed.article
    refs = parsed.article.refs

    def show(found: re.Match[str]) -> str:
        ref = refs[int(found[1])]
        fragment = f"#{ref.fragment}" if ref.fragment else ""
        space = "" if ref.kind == "srcset" else " "
        return f"{space}{{{ref.kind}={ref.target}{fragment}}}"

    return re.sub("\0(\\d+)\0", show, html)


def whole(parsed: Parsed) -> str:
    """Everything that a case file shows: body, key points, problems."""
    assert parsed.article, parsed.problems
    assert parsed.body
    article = parsed.article
    parts = [slots_shown(parsed.body.before, parsed)]
    if article.key_points:
        parts.append(f"<!-- key points: {article.key_points_title or '(usual title)'} -->\n")
        for point in article.key_points:
            parts.append(f"{point.mark or '-'} {slots_shown(point.html, parsed)}\n")
        parts.append("<!-- after them -->\n")
    parts.append(slots_shown(parsed.body.after, parsed))
    for problem in parsed.problems:
        place = str(problem.place).removeprefix(article.path)
        facts = " ".join(f"{name}={value}" for name, value in problem.values)
        parts.append(f"<!-- {problem.severity}{place} {problem.code} {facts} -->\n")
    return "".join(parts)
