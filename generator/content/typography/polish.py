"""The steps of finishing a text, in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.content.typography.dashes import dashes, held_together
from generator.content.typography.languages import Style, style_of
from generator.content.typography.numbers import has_name, on_one_line
from generator.content.typography.pauses import pauses
from generator.content.typography.quotes import apostrophes, double_quotes
from generator.content.typography.seams import OPAQUE, SEAM

_URL = re.compile(r"((?:[A-Za-z][A-Za-z0-9+.-]*://|www\.)[^\s<>«»“”\"]+|[\w.+-]+@[\w-]+\.[\w.-]+)")
_ELLIPSIS = re.compile(r"(?<![./\\])\.\.\.(?![./\\])")
_SIGN = re.compile(rf"[\"';:!?«»‹›–—{SEAM}\d]")


def polish(text: str, lang: str) -> str:
    """Finish a plain text (a title, an alternative text) typographically; addresses stay."""
    style = style_of(lang)
    if style is None or not (_SIGN.search(text) or _is_unfinished(text, style)):
        return text  # as most lines are
    clean = text.replace(SEAM, "\ufffd")
    pieces = cut(clean)
    if len(pieces) == 1:
        return polish_pieces(pieces, lang)[0]
    shown = [OPAQUE if i % 2 else piece for i, piece in enumerate(pieces)]
    done = polish_pieces(shown, lang)
    return "".join(pieces[i] if i % 2 else piece for i, piece in enumerate(done))


def _is_unfinished(text: str, style: Style) -> bool:
    return "..." in text or "--" in text or " - " in text or has_name(text, style)


def has_ordinals(lang: str) -> bool:
    """Whether a language raises the endings of its ordinals."""
    style = style_of(lang)
    return style is not None and style.ordinals


def cut(text: str) -> list[str]:
    """Cut addresses out of a text: words at even places, addresses at odd ones."""
    if "://" in text or "www." in text or "@" in text:
        return _URL.split(text)
    return [text]


def polish_pieces(pieces: Sequence[str], lang: str) -> list[str]:
    """Finish a text that markup has cut into pieces, as the one text that readers see."""
    style = style_of(lang)
    if style is None:
        return list(pieces)
    if len(pieces) == 1:
        return [_finished(pieces[0], style)]
    return _finished(SEAM.join(pieces), style).split(SEAM)


def _finished(text: str, style: Style) -> str:
    if "'" in text:
        text = apostrophes(text, style.single)
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    text = dashes(text)
    if '"' in text:
        text = double_quotes(text, style.quotes)
    if style.pauses:
        text = pauses(text, style)
    return on_one_line(held_together(text, incises=style.incises), style)
