"""Dates as a reader of the language writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_time

from generator.config.cldr import cldr, is_french
from generator.model.views import Moment


def moment(when: datetime, lang: str, *, with_time: bool = False) -> Moment:
    """A date in words and for machines; with its time only when the author gave one."""
    long, short, full = _words(when.date(), lang)
    if with_time:
        both = cldr(lang).datetime_formats["medium"].format(clock(when, lang), long)
        return Moment(when.isoformat(), both, short, full, when.year)
    return Moment(when.date().isoformat(), long, short, full, when.year)


def month(when: datetime, lang: str) -> str:
    """A month as a heading: `Mars 2025`."""
    return _capital(format_skeleton("yMMMM", when.date(), locale=cldr(lang)))


def clock(when: datetime, lang: str) -> str:
    """A time of day: `18 h 30` in French, as its typographers write it."""
    if is_french(lang):
        return f"{when.hour} h {when:%M}" if when.minute else f"{when.hour} h"
    return format_time(when, "short", locale=cldr(lang))


@lru_cache(maxsize=1 << 14)  # forty years of days
def _words(day: date, lang: str) -> tuple[str, str, str]:
    locale = cldr(lang)
    long = format_date(day, "long", locale=locale)
    short = format_skeleton("MMMMd", day, locale=locale)
    full = format_date(day, "full", locale=locale)
    if is_french(lang) and day.day == 1:  # CLDR has no ordinal: « 1er juin »
        long, short = (f"1er {text.partition(' ')[2]}" for text in (long, short))
        full = full.replace(" 1 ", " 1er ")
    return long, short, _capital(full)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
