"""GitHub's alerts (`> [!NOTE]`), as asides with a title in the newsletter's language."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from generator.content.rules.reading import reading_of


def alerts(md: MarkdownIt) -> None:
    """Enable alerts."""
    md.options["alerts"] = True
    md.core.ruler.before("inline", "alerts", _localise)


def _localise(state: StateCore) -> None:
    if "[!" not in state.src:
        return
    title = ""
    for i, token in enumerate(state.tokens):
        if token.type in ("alert_open", "alert_close"):
            token.tag = "aside"
        if token.type == "alert_open":
            kind = str(token.meta["kind"]).lower()
            title = reading_of(state.env).words.get(f"alert_{kind}", kind.capitalize())
            own = f"markdown-alert markdown-alert-{kind}"
            token.attrs["class"] = f"alert alert-{kind}" + str(token.attrs["class"])[len(own) :]
        elif token.type == "alert_title_open":
            token.attrs["class"] = "alert-title"
            state.tokens[i + 1].content = title
