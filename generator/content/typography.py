"""Quotes, apostrophes, dashes and no-break spaces by the rules of the language.

French follows the *Lexique des règles typographiques en usage à l'Imprimerie nationale*: U+202F
before `;`, `!` and `?`, U+00A0 before `:` and inside guillemets. Spaces that already do not break
are the author's choice and stay. What has been polished does not change when it is polished again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

NBSP = "\u00a0"
NARROW = "\u202f"
SEAM = "\0"
"""Stands between the pieces of a text that markup cuts; it is in no text of an author."""
OPAQUE = "x"
"""What code, images and addresses look like from outside: a word."""

_URL = re.compile(r"((?:[A-Za-z][A-Za-z0-9+.-]*://|www\.)[^\s<>«»“”\"]+|[\w.+-]+@[\w-]+\.[\w.-]+)")
_ELLIPSIS = re.compile(r"(?<![./\\])\.\.\.(?![./\\])")
_DASHES = re.compile(r"(?<![-!<])-{2,3}(?![->])")
_LOOSE_APOSTROPHE = re.compile(r"'(?:(?<![^\W\d_]')|(?![^\W\d_]))")
_SIGN = re.compile("[;:!?«»]")
_UNFINISHED = re.compile(f"[\"';:!?«»{SEAM}]")
_PAUSES = frozenset(";:!?")

_OPENING = frozenset("([{«“‘¿¡–—-/…'’\"")
_CLOSING = frozenset(".,;:!?)]}»”’…–—-/%'\"")
_AFTER_QUESTION = frozenset(".,…)]}»”’'\"–—")
_AFTER_COLON = frozenset("»”’'\"")
_NO_SPACE_AFTER = frozenset("([{«“‘¿¡\"'/\\=&<>|@#*_^~+`–—-;:!?")


def polish(text: str, lang: str) -> str:
    """Finish a plain text (a title, an alternative text) typographically; addresses stay."""
    if not (_UNFINISHED.search(text) or "..." in text or "--" in text):
        return text  # as most lines are
    clean = text.replace(SEAM, "\ufffd")
    pieces = cut(clean)
    if len(pieces) == 1:
        return polish_pieces(pieces, lang)[0]
    shown = [OPAQUE if i % 2 else piece for i, piece in enumerate(pieces)]
    done = polish_pieces(shown, lang)
    return "".join(pieces[i] if i % 2 else piece for i, piece in enumerate(done))


def cut(text: str) -> list[str]:
    """Cut addresses out of a text: words at even places, addresses at odd ones."""
    if "://" in text or "www." in text or "@" in text:
        return _URL.split(text)
    return [text]


def polish_pieces(pieces: Sequence[str], lang: str) -> list[str]:
    """Finish a text that markup has cut into pieces, as the one text that readers see."""
    finish = _LANGUAGES.get(lang[:2].lower())
    if finish is None:
        return list(pieces)
    if len(pieces) == 1:
        return [finish(pieces[0])]
    return finish(SEAM.join(pieces)).split(SEAM)


def _french(text: str) -> str:
    text = _common(text)
    if '"' in text:
        text = _double_quotes(text, (("«", "»"), ("“", "”")))
    return _french_spaces(text) if _has_sign(text) else text


def _has_sign(text: str) -> bool:
    """Whether a text holds one of `_SIGN`; six looks take a tenth of the time of the pattern."""
    return (
        "«" in text
        or "»" in text
        or ":" in text
        or ";" in text
        or "!" in text
        or "?" in text
    )


def _english(text: str) -> str:
    text = _common(text)
    if '"' in text:
        text = _double_quotes(text, (("“", "”"), ("“", "”")))
    return text


_LANGUAGES: dict[str, Callable[[str], str]] = {"fr": _french, "en": _english}


def _common(text: str) -> str:
    """What both languages share: apostrophes, ellipses, dashes."""
    if "'" in text:
        text = _apostrophes(text)
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if "--" in text:
        text = _DASHES.sub(_dash, text)
    return text


def _before(text: str, at: int) -> int:
    """Index of the character before a place, over seams; -1 at the beginning."""
    at -= 1
    while at >= 0 and text[at] == SEAM:
        at -= 1
    return at


def _after(text: str, at: int) -> int:
    """Index of the character at or after a place, over seams; the length at the end."""
    while at < len(text) and text[at] == SEAM:
        at += 1
    return at


def _neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters around a span, as readers see them; empty at the ends."""
    before, after = _before(text, start), _after(text, end)
    return text[before] if before >= 0 else "", text[after] if after < len(text) else ""


def _dash(found: re.Match[str]) -> str:
    before, after = _neighbours(found.string, found.start(), found.end())
    apart = (not before or before.isspace()) and after.isspace()
    within = before.isalnum() and after.isalnum()
    if not apart and not within:
        return found[0]  # an option (--draft), a rule, an arrow
    return "–" if len(found[0]) == 2 else "—"


# Quotes


def _double_quotes(text: str, marks: Sequence[tuple[str, str]]) -> str:
    """Turn pairs of straight quotes into the language's, by depth; what has no partner stays."""
    pairs = _pairs(text, '"')
    if not pairs:
        return text
    signs = list(text)
    depth = 0
    partner = dict(pairs)
    ends = set(partner.values())
    for at, sign in enumerate(text):
        if sign == "«" or at in partner:
            if at in partner:
                opening, closing = marks[min(depth, len(marks) - 1)]
                signs[at], signs[partner[at]] = opening, closing
            depth += 1
        elif sign == "»" or at in ends:
            depth = max(0, depth - 1)
    return "".join(signs)


def _pairs(text: str, quote: str) -> list[tuple[int, int]]:
    """Find which straight quotes belong together, by what stands around them."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, before, after in _occurrences(text, quote):
        closes = bool(before) and not before.isspace() and _ends_word(after)
        opens = bool(after) and not after.isspace() and _starts_word(before)
        if closes and open_at and open_at[-1] + 1 < at:
            pairs.append((open_at.pop(), at))
        elif opens:
            open_at.append(at)
    return pairs


def _occurrences(text: str, sign: str) -> Iterator[tuple[int, str, str]]:
    at = text.find(sign)
    while at >= 0:
        yield at, *_neighbours(text, at, at + 1)
        at = text.find(sign, at + 1)


def _starts_word(before: str) -> bool:
    return not before or before.isspace() or before in _OPENING


def _ends_word(after: str) -> bool:
    return not after or after.isspace() or after in _CLOSING


def _apostrophes(text: str) -> str:
    if not _LOOSE_APOSTROPHE.search(text):
        return text.replace("'", "’")  # every one of them between two letters
    pairs = dict(_pairs(text, "'"))
    ends = set(pairs.values())
    signs = list(text)
    for at, before, after in _occurrences(text, "'"):
        if at in pairs:
            signs[at] = "‘"
        elif at in ends or not _is_literal_prime(before, after):
            signs[at] = "’"
    return "".join(signs)


def _is_literal_prime(before: str, after: str) -> bool:
    """Whether a straight quote is no apostrophe: minutes and feet (5'30), paths, code."""
    return (before.isdigit() and not after.isalpha()) or (before != "" and before in "/\\=")


# French spaces


def _french_spaces(text: str) -> str:
    edits: dict[int, tuple[int, str]] = {}
    end = 0
    for found in _SIGN.finditer(text):
        at = found.start()
        if at < end:
            continue  # the rest of `?!`
        sign = text[at]
        end = at + 1
        if sign == "«":
            edit = _after_opening(text, end)
        elif sign == "»":
            edit = _before_closing(text, at)
        else:
            while text[end : end + 1] in _PAUSES:
                end += 1
            edit = _before_sign(text, at, end)
        if edit is not None:
            edits.setdefault(edit[0], edit[1:])
    return _edited(text, edits) if edits else text


def _edited(text: str, edits: dict[int, tuple[int, str]]) -> str:
    parts: list[str] = []
    done = 0
    for start, (end, space) in sorted(edits.items()):
        parts += (text[done:start], space)
        done = end
    return "".join((*parts, text[done:]))


def _after_opening(text: str, at: int) -> tuple[int, int, str] | None:
    at = _after(text, at) if text[at : at + 1] == SEAM and _sees_space(text, at) else at
    end = at
    while text[end : end + 1] == " ":
        end += 1
    following = _after(text, end)
    if following == len(text) or text[following].isspace() or text[following] == "»":
        return None
    return at, end, NBSP


def _sees_space(text: str, at: int) -> bool:
    at = _after(text, at)
    return text[at : at + 1] == " "


def _before_closing(text: str, at: int) -> tuple[int, int, str] | None:
    start, end = _space_before(text, at)
    before = _before(text, start)
    if before < 0 or text[before].isspace() or text[before] == "«":
        return None
    return start, end, NBSP


def _before_sign(text: str, start: int, end: int) -> tuple[int, int, str] | None:
    """Where the space before `;`, `:`, `!` or `?` goes, if this one is punctuation at all."""
    space = NBSP if text[start] == ":" else NARROW
    if (
        text[start - 1 : start] == " "
        and text[start - 2 : start - 1].isalnum()
        and (end == len(text) or text[end].isspace())
    ):
        return start - 1, start, space  # by far the most frequent
    after = _neighbours(text, start, end)[1]
    ends = _AFTER_COLON if text[start] in ";:" else _AFTER_QUESTION
    if after and not after.isspace() and after not in ends:
        return None  # 12:30, a?b=c, :smile:, ;)
    first, last = _space_before(text, start)
    before = _before(text, first)
    if before < 0 or text[before].isspace():
        return None
    if text[start] == ":" and first == last and _is_shortcode(text, start):
        return None
    if text[before] in _NO_SPACE_AFTER and (first == last or text[before] in "([{"):
        return None
    return first, last, space


def _is_shortcode(text: str, colon: int) -> bool:
    """Whether a colon ends `:smile:`."""
    opening = text.rfind(":", 0, colon)
    name = text[opening + 1 : colon].replace("_", "").replace("-", "")
    return opening >= 0 and name.isalnum() and name.isascii()


def _space_before(text: str, at: int) -> tuple[int, int]:
    """The ordinary spaces before a sign, even if markup stands between; else the place itself."""
    end = _before(text, at) + 1
    if text[end - 1 : end] != " ":
        return at, at
    start = end
    while start > 0 and text[start - 1] == " ":
        start -= 1
    return start, end
