"""Code, highlighted by Pygments with classes that the theme colours."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

if TYPE_CHECKING:
    from pygments.formatters import HtmlFormatter
    from pygments.lexer import Lexer

_PLAIN = frozenset(("", "text", "txt", "plain", "plaintext", "texte"))
_LONGEST = 200_000
"""Characters of code beyond which colours are not worth the wait."""


def code(md: MarkdownIt) -> None:
    """Enable highlighting of fenced blocks that name a language."""
    md.add_render_rule("fence", _fence)
    md.add_render_rule("code_block", _fence)


def _fence(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    words = unescapeAll(token.info).split(None, 1)
    name = words[0] if words else ""
    shown = highlight(token.content, name)
    language = f' class="language-{escapeHtml(name)}"' if name else ""
    attrs = dict(token.attrs)
    attrs["class"] = f"code {attrs['class']}" if "class" in attrs else "code"
    box = self.renderAttrs(Token("", "", 0, attrs={"class": "", **attrs}))
    return f'<div{box}><pre tabindex="0"><code{language}>{shown}</code></pre></div>\n'


def highlight(text: str, language: str) -> str:
    """Escaped HTML of a piece of code; coloured when the language is known."""
    name = language.lower()
    lexer = _lexer(name) if name not in _PLAIN and len(text) < _LONGEST else None
    if lexer is None:
        return escapeHtml(text)
    from pygments import highlight as colour

    return colour(text, lexer, _formatter()).removesuffix("\n") + "\n" * text.endswith("\n")


@functools.cache
def _lexer(name: str) -> Lexer | None:
    """The lexer of a language; making one costs milliseconds, hence the cache."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:
        return None


@functools.cache
def _formatter() -> HtmlFormatter[str]:
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(nowrap=True)
