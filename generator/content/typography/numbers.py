"""What must stay on one line: numbers and their units, initials and names.

Only spaces that are there become spaces that do not break; French gets one before % besides.
Which space: Unicode CLDR (units and currencies U+00A0; French percent and groups U+202F), LRTIN
(*abréviations*, *nombres*, *dates*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.content.typography.languages import Style
from generator.content.typography.seams import NARROW, NBSP, Edit, after, edited

_UNITS = """
km/h m/s km cm mm µm nm m² m³ km² ha kg mg µg hl cl ml dl min ms µs ns °C °F kW MW GW TW kWh MWh GWh
TWh Wh kV mA kHz MHz GHz THz Hz ko Mo Go To Po kB KB MB GB TB PB Mb/s Gb/s Mbit/s Gbit/s kbit/s
octets px dpi dB kJ MJ kcal hPa bar h s m g t l L W V A K J N
€ $ £ ¥ k€ M€ Md€ Mds€ EUR USD CHF CAD GBP zł % ‰
milliers million millions milliard milliards billion billions Millionen Milliarden
""".split()
_MONTHS = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_UNIT = re.compile(rf"\0*({'|'.join(map(re.escape, sorted(_UNITS, reverse=True)))})(?![\w/²³])")
_MONTH = re.compile(rf"\0*(?:{_MONTHS})\b")
_NUMBER = re.compile(r"\d(?:er)?\0*[ %‰]")
_PERCENT = re.compile(r"(\0*) ?\0*[%‰](?!\w)")
_HOUR = re.compile(r"[ \u00a0\u202f](?=\d)")
_GROUPS = re.compile(r"(?<![\d.,\u00a0\u202f])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?!\d| \d)")
_GROUP = re.compile(r"\d \d{3}(?!\d)")
_DAY = re.compile(r"(?<!\d)(?:\d{1,2}|1er)$")
_INITIAL = re.compile(r"(?:(?<=^)|(?<=[\s\0(«“‘„-]))([A-ZÀ-Þ]\.) (?=\0*[A-ZÀ-Þ])")
_MARKED = re.compile("[0-9A-ZÀ-ÞŁŚŻŹĆŃ]")
_NO_WORD_BEGINS = (".", "’", "'", "_")
"""Signs after which a name's title would be the end of something else."""
_CAPITAL_AND_DOT = re.compile(r"[A-ZÀ-Þ]\. ")


def on_one_line(text: str, style: Style) -> str:
    """Put the spaces that do not break into numbers and before names."""
    if not (_MARKED.search(text, 1) or text[:1].isdigit()):
        return text  # most texts have no capital but their first
    if _NUMBER.search(text):
        text = _numbers(text, style)
    if _CAPITAL_AND_DOT.search(text):
        text = _INITIAL.sub(rf"\1{NBSP}", text)
    return _names(style.names).sub(_with_name, text)


def has_name(text: str, style: Style) -> bool:
    """Whether something in a text may belong to a name that follows it."""
    initial = _CAPITAL_AND_DOT.search(text)
    return initial is not None or _names(style.names).search(text) is not None


def _numbers(text: str, style: Style) -> str:
    if _GROUP.search(text):
        text = _GROUPS.sub(lambda found: found[0].replace(" ", NARROW), text)
    edits: dict[int, Edit] = {}
    for found in _NUMBER.finditer(text):
        at = found.end() - 1 if found[0][1:3] == "er" else found.start() + 1
        for edit in _after_number(text, at, style):
            edits[edit[0]] = edit
    return edited(text, edits) if edits else text


def _after_number(text: str, at: int, style: Style) -> Iterator[Edit]:
    """The spaces that belong to a number which ends at a place."""
    if style.percent and (percent := _PERCENT.match(text, at)):
        start = percent.end(1)
        yield start, start + (text[start] == " "), style.percent
        return
    space = after(text, at)
    if text[space] != " ":
        return
    if unit := _UNIT.match(text, space + 1):
        yield space, space + 1, NBSP
        if unit[1] == "h" and (minutes := _HOUR.match(text, unit.end())):
            yield minutes.start(), minutes.end(), NBSP
    elif style.incises and _MONTH.match(text, space + 1) and _DAY.search(text[max(0, at - 4) : at]):
        yield space, space + 1, NBSP


def _with_name(found: re.Match[str]) -> str:
    before = found.string[: found.start()][-1:]
    return found[0] if before.isalnum() or before in _NO_WORD_BEGINS else f"{found[1]}{NBSP}"


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    """Begins with letters, which makes it quick where none of them are."""
    either = "|".join(map(re.escape, sorted(names, reverse=True)))
    return re.compile(rf"({either}) (?=\0*[A-ZÀ-ÞŁŚŻŹĆŃ0-9])")
