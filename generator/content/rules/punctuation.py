"""Typography in running text: across bold, links and code, but never inside code or addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.content.rules.reading import reading_of
from generator.content.rules.ordinals import may_have_ordinals, with_ordinals
from generator.content.typography import OPAQUE, cut, has_ordinals, polish, polish_pieces

_LITERAL = re.compile(r"<(/?)(?:code|kbd|samp|var|tt|pre|script|style|textarea)\b", re.IGNORECASE)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)


def punctuation(md: MarkdownIt) -> None:
    """Enable typography. It runs before escapes are joined to the text, so that `\\"` stays."""
    md.core.ruler.before("text_join", "typography", _polish)
    md.core.ruler.after("text_join", "ordinals", _raise_ordinals)


def _polish(state: StateCore) -> None:
    lang = reading_of(state.env).typography
    if not lang:
        return
    for token in state.tokens:
        if token.children:
            polish_line(token.children, lang)


def _raise_ordinals(state: StateCore) -> None:
    if has_ordinals(reading_of(state.env).typography) and may_have_ordinals(state.src):
        for token in state.tokens:
            if token.children:
                token.children = with_ordinals(token.children)


def polish_line(children: Sequence[Token], lang: str) -> None:
    """Finish the texts among the tokens of a line, in place."""
    if len(children) == 1 and children[0].type == "text":
        children[0].content = polish(children[0].content, lang)
        return
    pieces: list[str] = []
    texts: list[tuple[Token, int, list[str]]] = []
    literal = 0
    for child in children:
        if child.info == "auto" or child.type == "html_inline":
            literal = max(0, literal + _literal_step(child))
        if child.type == "text" and not literal:
            cuts = cut(child.content)
            texts.append((child, len(pieces), cuts))
            pieces += (OPAQUE if i % 2 else piece for i, piece in enumerate(cuts))
        else:
            pieces.append(_from_outside(child))
            if child.attrs or child.children:
                _polish_attributes(child, lang)
    if not texts:
        return
    done = polish_pieces(pieces, lang)
    for child, at, cuts in texts:
        if len(cuts) == 1:
            child.content = done[at]
            continue
        child.content = "".join(
            cuts[i] if i % 2 else piece for i, piece in enumerate(done[at : at + len(cuts)])
        )


def _literal_step(child: Token) -> int:
    """How a token changes the depth of what is to be left alone: HTML for code, bare addresses."""
    if child.info == "auto":
        return child.nesting
    if child.type == "html_inline" and (found := _LITERAL.match(child.content)):
        return -1 if found[1] else 1
    return 0


def _from_outside(child: Token) -> str:
    """What a token that is not ours to change looks like to the text around it."""
    if child.type in ("softbreak", "hardbreak"):
        return "\n"
    if child.type == "text_special":
        return child.content if child.content.isspace() else OPAQUE
    if child.type == "html_inline":
        return "\n" if _BREAK.match(child.content) else ""
    if child.type in ("text", "code_inline", "image", "footnote_ref"):
        return OPAQUE
    return ""


def _polish_attributes(child: Token, lang: str) -> None:
    if title := child.attrs.get("title"):
        child.attrs["title"] = polish(str(title), lang)
    if child.children:
        polish_line(child.children, lang)
