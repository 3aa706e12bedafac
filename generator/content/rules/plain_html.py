"""Short cuts from tokens to HTML, for what most of any article is: text and bare tags."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_BARE = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>\n",
    **{f"{name}_open": f"<{name}>" for name in ("strong", "em", "s", "sup")},
    **{f"{name}_close": f"</{name}>" for name in ("strong", "em", "s", "sup")},
    **{f"{name}_open": f"<{name}>\n" for name in ("thead", "tbody", "tr")},
    **{f"{name}_close": f"</{name}>\n" for name in ("thead", "tbody", "tr", "th", "td")},
    "link_close": "</a>",
    "list_item_close": "</li>\n",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}
"""What tokens become by their type alone: without attributes, not hidden, nor after what is."""


class PlainRenderer(RendererHTML):
    """Writes what the renderer of markdown-it writes."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Write blocks."""
        out: list[str] = []
        hidden = False
        for i, token in enumerate(tokens):
            kind = token.type
            if kind == "inline":
                if children := token.children:
                    out.append(self.renderInline(children, options, env))
            elif kind in _BARE and not (token.attrs or token.hidden or hidden):
                out.append(_BARE[kind])
            else:
                out.append(self._written(tokens, i, options, env))
            hidden = token.hidden
        return "".join(out)

    def renderInline(  # noqa: N802
        self, tokens: Sequence[Token], options: OptionsDict, env: EnvType
    ) -> str:
        """Write what stands in a line."""
        if len(tokens) == 1 and tokens[0].type == "text":
            return escapeHtml(tokens[0].content)
        out: list[str] = []
        for i, token in enumerate(tokens):
            if token.type == "text":
                out.append(escapeHtml(token.content))
            elif token.type in _BARE and not token.attrs:
                out.append(_BARE[token.type])
            else:
                out.append(self._written(tokens, i, options, env))
        return "".join(out)

    def _written(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        token = tokens[idx]
        if token.nesting < 0 and token.type not in self.rules and not (token.attrs or token.hidden):
            return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
        rule = self.rules.get(token.type, self.renderToken)
        return str(rule(tokens, idx, options, env))
