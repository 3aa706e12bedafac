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
    **{f"{name}_open": f"<{name}>" for name in ("strong", "em", "s")},
    **{f"{name}_close": f"</{name}>" for name in ("strong", "em", "s")},
    **{f"{name}_open": f"<{name}>\n" for name in ("thead", "tbody", "tr")},
    **{f"{name}_close": f"</{name}>\n" for name in ("thead", "tbody", "tr", "th", "td")},
    "link_close": "</a>",
    "list_item_close": "</li>\n",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}
"""What tokens without attributes become, by their type; a hidden paragraph is nothing."""


class PlainRenderer(RendererHTML):
    """Writes what the renderer of markdown-it writes."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Write blocks."""
        out: list[str] = []
        for i, token in enumerate(tokens):
            if token.type != "inline":
                out.append(self._written(tokens, i, options, env))
            elif children := token.children:
                if len(children) == 1 and children[0].type == "text":
                    out.append(escapeHtml(children[0].content))
                else:
                    out.append(self.renderInline(children, options, env))
        return "".join(out)

    def renderInline(  # noqa: N802
        self, tokens: Sequence[Token], options: OptionsDict, env: EnvType
    ) -> str:
        """Write what stands in a line."""
        return "".join(
            escapeHtml(token.content)
            if token.type == "text"
            else self._written(tokens, i, options, env)
            for i, token in enumerate(tokens)
        )

    def _written(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        token = tokens[idx]
        if not (token.attrs or token.hidden):
            bare = _BARE.get(token.type)
            if bare and not (bare == "<p>" and idx and tokens[idx - 1].hidden):
                return bare
            if token.nesting < 0 and token.type not in self.rules:
                return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
        rule = self.rules.get(token.type, self.renderToken)
        return str(rule(tokens, idx, options, env))
