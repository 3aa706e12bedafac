"""Markdown to HTML: CommonMark, what writers know from GitHub, and Marbre's own rules.

This is the table of contents of `rules/`. `tests/cases/markdown/` shows the HTML that comes out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from generator.content.rules.alerts import alerts
from generator.content.rules.attributes import attributes
from generator.content.rules.autolinks import autolinks
from generator.content.rules.blocks import plain
from generator.content.rules.code import code
from generator.content.rules.containers import containers
from generator.content.rules.east_asian import count_characters, east_asian, on_one_line
from generator.content.rules.emoji import take_mark
from generator.content.rules.emphasis import emphasis
from generator.content.rules.figures import figures
from generator.content.rules.footnotes import footnotes
from generator.content.rules.headings import headings
from generator.content.rules.key_points import CLOSE, OPEN, key_points
from generator.content.rules.links import links
from generator.content.rules.pasted import pasted
from generator.content.rules.plain import plain_text
from generator.content.rules.plain_blocks import plain_blocks
from generator.content.rules.plain_html import PlainRenderer
from generator.content.rules.plain_lines import is_unusual, read_directly
from generator.content.rules.ordinals import with_ordinals
from generator.content.rules.punctuation import polish_line, punctuation
from generator.content.rules.reading import Reading, fold
from generator.content.rules.tables import tables
from generator.content.rules.tasks import tasks
from generator.content.typography import has_ordinals
from generator.model.article import CHARACTERS_A_MINUTE, Body, KeyPoint

EXCERPT = 200
"""Characters of an excerpt, at most."""
_SIGNS = ";:!?«»…–—|/&-"
_LAST_SIGN = re.compile(f"[{_SIGNS}](?!\\S)")
_TOP = ("", "top")
"""Fragments that every page has."""


class Text(NamedTuple):
    """A body as HTML, and what can only be counted while it is read."""

    body: Body
    key_points: tuple[KeyPoint, ...]
    key_points_title: str
    key_points_line: int
    """Line of the file on which the points begin; 0 when the body has none."""
    has_toc: bool
    has_code: bool
    words: int
    excerpt: str


class Line(NamedTuple):
    """A text of the front matter, read as one line of Markdown."""

    html: str
    text: str


def read_body(body: str, reading: Reading, *, html: bool = True) -> Text:
    """Turn the Markdown of an article into HTML; the rest of what it says goes to `reading`."""
    md = parser(html)
    env = {"reading": reading}
    tokens = md.parse(body if body.endswith("\n") else body + "\n", env)
    before, group, after = _parted(tokens)
    rendered = [md.renderer.render(part, md.options, env) for part in (before, after)]
    _say_dead_fragments(reading)
    kinds = {token.type for token in tokens}
    return Text(
        body=Body(*rendered),
        key_points=tuple(_key_points(md, group[1:], env)),
        key_points_title=_own_title(group[0], reading, html=html) if group else "",
        key_points_line=reading.file_line((group[0].map or [0])[0]) if group else 0,
        has_toc="toc" in kinds,
        has_code=not kinds.isdisjoint(("fence", "code_block")),
        words=count_words(
            "\n".join(plain(t.children) for t in tokens if t.type == "inline"), reading.lang
        ),
        excerpt=_excerpt((*before, *after)),
    )


def read_line(text: str, reading: Reading, *, html: bool = True) -> Line:
    """Turn Markdown inline, from the front matter, into HTML and plain text."""
    text = on_one_line(text)
    md = parser(html)
    env = {"reading": reading}
    children = None if is_unusual(text) else read_directly(text, md)
    if children is None:
        children = md.parseInline(text, env)[0].children or []
    elif reading.typography:
        polish_line(children, reading.typography)
        children = with_ordinals(children) if has_ordinals(reading.typography) else children
    return Line(_inline_html(md, children, env), plain(children).strip())


def read_point(text: str, reading: Reading, *, html: bool = True) -> KeyPoint:
    """Turn a key point of the front matter into a key point."""
    mark, rest = take_mark(text)
    line = read_line(rest, reading, html=html)
    return KeyPoint(mark, line.html, line.text)


def count_words(text: str, lang: str = "") -> int:
    """How many words a reader reads; signs between two spaces are none.

    In languages that put no space between words: how many characters.
    """
    if lang.partition("-")[0].lower() in CHARACTERS_A_MINUTE:
        return count_characters(text)
    alone = sum(_is_alone(text, found.start()) for found in _LAST_SIGN.finditer(text))
    return len(text.split()) - alone


def _is_alone(text: str, at: int) -> bool:
    """Whether nothing but signs stands between the last space and a sign."""
    while at and text[at - 1] in _SIGNS:
        at -= 1
    return not at or text[at - 1].isspace()


@functools.cache
def parser(html: bool) -> MarkdownIt:
    """The parser: one per process for each way of treating HTML."""
    return make_parser(html, PlainRenderer).use(plain_blocks).use(plain_text)


def make_parser(html: bool, renderer: type[RendererHTML] = RendererHTML) -> MarkdownIt:
    """A parser with all our rules, without the short cuts."""
    options = {"html": html, "xhtmlOut": False, "maxNesting": 50}
    md = MarkdownIt("commonmark", options, renderer_cls=renderer)
    md.enable("strikethrough")
    md.use(deflist_plugin)
    for rule in _RULES:
        md.use(rule)
    return md


_RULES = (
    # Blocks
    *(attributes, tables, tasks, code),
    # Between blocks and lines, in this order
    *(headings, alerts, key_points, containers, pasted),
    # Lines
    *(emphasis, east_asian, autolinks, footnotes, figures, punctuation, links),
)


def _parted(tokens: list[Token]) -> tuple[list[Token], list[Token], list[Token]]:
    """What stands before the key points, the points with their opening token, what stands after."""
    at = next((i for i, token in enumerate(tokens) if token.type == OPEN), None)
    if at is None:
        return tokens, [], []
    end = next(i for i in range(at, len(tokens)) if tokens[i].type == CLOSE)
    return tokens[:at], tokens[at:end], tokens[end + 1 :]


def _own_title(opening: Token, reading: Reading, *, html: bool) -> str:
    """The author's words for "key points" as plain text, unless they are the language's own."""
    usual = fold(reading.words.get("key_points", ""))
    if fold(opening.meta["title"]) == usual:
        return ""
    line = reading.file_line((opening.map or [0])[0])
    aside = replace(reading, body_line=line, refs=[], anchors={}, found={})  # no link is shown
    title = read_line(opening.meta["title"], aside, html=html).text
    return "" if fold(title) == usual else title


def _key_points(
    md: MarkdownIt, tokens: Sequence[Token], env: dict[str, Reading]
) -> Iterator[KeyPoint]:
    """The points that say something; of the others the author is told."""
    for token in tokens:
        children = token.children or []
        if html := _inline_html(md, children, env):
            yield KeyPoint(token.meta["mark"], html, plain(children).strip())
        else:
            reading = env["reading"]
            reading.warn("key-point-empty", reading.file_line((token.map or [0])[0]))


def _inline_html(md: MarkdownIt, children: list[Token], env: dict[str, Reading]) -> str:
    whole = [Token("inline", "", 0, children=children)]
    html: str = md.renderer.render(whole, md.options, env)
    return html.strip()


def _excerpt(tokens: Sequence[Token]) -> str:
    """The first paragraph of the text as plain text, cut at a word."""
    for i, token in enumerate(tokens):
        if token.type == "paragraph_open" and token.level == 0:
            text = " ".join(plain(tokens[i + 1].children).split(" ")).strip(" ")
            if text:
                return shorten(text, EXCERPT)
    return ""


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word, with an ellipsis, so that it is no longer than the limit."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    cut = cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut[: limit - 1]
    return cut[: limit - 1].rstrip(" \u00a0\u202f,;:–—«(-、，；：（「") + "…"


def _say_dead_fragments(reading: Reading) -> None:
    """Links to a place in this article that is not there."""
    for fragment, place, _ in reading.fragments:
        if fragment not in reading.anchors and fragment.lower() not in _TOP:
            known = get_close_matches(fragment, reading.anchors, n=1) or list(reading.anchors)[:8]
            reading.warn(
                "dead-anchor",
                place.line,
                place.column,
                target=reading.path,
                anchor=fragment,
                known=", ".join(known) or "–",
            )
