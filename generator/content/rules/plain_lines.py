"""Short cuts through lines: those without markup, and those whose markup leaves no doubt.

Most lines of any article are of these two kinds. Nothing that could be read in two ways is read
here: what is nested, runs of three stars, underscores, titles of links and all other signs are left
to markdown-it.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKUP = re.compile(r"[\\`*_~\[<&@^]")
_ADDRESS = re.compile("https?:|mailto:|xmpp:")
_UNUSUAL = re.compile(r"[]\0\r]")
_CALM = r"[^\\`*_~\[\]<&@^]++"
_SPAN = re.compile(
    rf"(\*\*?)(?=\w)({_CALM})\1(?!\*)"
    r"|`([^`\n]++)`(?![`{])"
    rf"|(?<!!)\[({_CALM})\]\(([A-Za-z0-9_/.:?#=%~+-]++)\)(?!\{{)"
)
"""Stars and what they stress; code; label and target of a link. Braces would hold attributes."""
_AFTER_STRESS = frozenset(" \n.,;:!?…»)")
_FINAL = re.compile(r"(?!//)[A-Za-z0-9_/.~-]*(?:#[A-Za-z0-9_-]*)?")
"""Relative addresses that no normalising changes, which costs as much as all the rest of a line."""


def is_unusual(text: str) -> bool:
    """Whether a line holds what rules between blocks and lines may change."""
    return _UNUSUAL.search(text) is not None


def is_marked(text: str) -> bool:
    """Whether any of our inline rules may begin in a text, line ends apart."""
    return _MARKUP.search(text) is not None or _has_address(text)


def _has_address(text: str) -> bool:
    return "www." in text or (":" in text and _ADDRESS.search(text) is not None)


def read_directly(text: str, md: MarkdownIt) -> list[Token] | None:
    """The tokens of a line that needs no parser; None for any other."""
    return read_simple(text, md) if is_marked(text) else read_plain(text)


def read_plain(text: str, level: int = 0) -> list[Token]:
    """The tokens of a text in which line ends are the only markup."""
    if "\n" not in text:
        return [Token("text", "", 0, content=text, level=level)]
    tokens: list[Token] = []
    lines = text.split("\n")
    for i, line in enumerate(lines):
        shown = line.lstrip(" \t") if i else line
        if i == len(lines) - 1:
            if shown:
                tokens.append(Token("text", "", 0, content=shown, level=level))
            break
        hard = shown.endswith("  ")
        shown = shown.rstrip(" ") if hard else shown.removesuffix(" ")
        if shown:
            tokens.append(Token("text", "", 0, content=shown, level=level))
        tokens.append(Token("hardbreak" if hard else "softbreak", "br", 0, level=level))
    return tokens


def read_simple(text: str, md: MarkdownIt) -> list[Token] | None:
    """The tokens of a text with bold, italics, code and links side by side; None if in doubt.

    They are those of markdown-it, without the empty texts that it leaves beside bold.
    """
    tokens: list[Token] = []
    has_address = _has_address(text)
    done = 0
    while sign := _MARKUP.search(text, done):
        between = text[done : sign.start()]
        found = _SPAN.match(text, sign.start())
        span = _span(found, md) if found else None
        if not found or span is None:
            return None
        if has_address and (_has_address(between) or _has_address(found[2] or found[4] or "")):
            return None
        if between:
            tokens += read_plain(between)
        tokens += span
        done = found.end()
    if has_address and _has_address(text[done:]):
        return None
    return tokens + read_plain(text[done:]) if done < len(text) else tokens


def _span(found: re.Match[str], md: MarkdownIt) -> list[Token] | None:
    stars, stressed, code, label, target = found.groups()
    if stars:
        return _stressed(stars, stressed, found.string[found.end() : found.end() + 1])
    return _code(code) if code else _link(label, target, md)


def _stressed(stars: str, text: str, after: str) -> list[Token] | None:
    """Bold or italics. Stars before a letter may open, whatever precedes them; stars may close
    after a letter, or after a sign when a space or a sign follows (CommonMark 0.31, 6.2).
    """
    last = text[-1]
    closes = last.isalnum() or (not last.isspace() and (not after or after in _AFTER_STRESS))
    if not closes:
        return None
    kind = "em" if len(stars) == 1 else "strong"
    return [
        Token(f"{kind}_open", kind, 1, markup=stars),
        *read_plain(text, 1),
        Token(f"{kind}_close", kind, -1, markup=stars),
    ]


def _code(text: str) -> list[Token] | None:
    if text[0].isspace() or text[-1].isspace():
        return None
    return [Token("code_inline", "code", 0, content=text, markup="`")]


def _link(label: str, target: str, md: MarkdownIt) -> list[Token] | None:
    url = target if _FINAL.fullmatch(target) else str(md.normalizeLink(target))
    if not md.validateLink(url):
        return None
    return [
        Token("link_open", "a", 1, attrs={"href": url}),
        *read_plain(label, 1),
        Token("link_close", "a", -1),
    ]
