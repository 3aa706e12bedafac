"""Tables that scroll by themselves on a narrow screen, with classes for alignment."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from generator.content.rules.reading import reading_of


def tables(md: MarkdownIt) -> None:
    """Enable tables."""
    md.enable("table")
    md.add_render_rule("table_open", _open)
    md.add_render_rule("table_close", _close)
    md.add_render_rule("th_open", _cell)
    md.add_render_rule("td_open", _cell)


def _open(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    label = escapeHtml(reading_of(env).words.get("table", "Table"))
    table = self.renderToken(tokens, idx, options, env)
    return f'<div class="table" role="region" tabindex="0" aria-label="{label}">{table}'


def _close(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    return "</table></div>\n"


def _cell(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    align = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return f'<{token.tag} class="align-{align}">' if align else f"<{token.tag}>"
