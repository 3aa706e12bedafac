"""Dates as a reader of the language writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time

from generator.model.views import Moment


def moment(when: datetime, lang: str, *, with_time: bool = False) -> Moment:
    """A date in words and for machines; with its time only when the author gave one."""
    long, short, full = _words(when.date(), lang)
    if with_time:
        return Moment(when.isoformat(), f"{long}, {clock(when, lang)}", short, full, when.year)
    return Moment(when.date().isoformat(), long, short, full, when.year)


def month(when: datetime, lang: str) -> str:
    """A month as a heading: `Mars 2025`."""
    return _capital(format_skeleton("yMMMM", when.date(), locale=_locale(lang)))


def clock(when: datetime, lang: str) -> str:
    """A time of day: `18 h 30` in French, as its typographers write it."""
    if lang.startswith("fr"):
        return f"{when.hour} h {when:%M}" if when.minute else f"{when.hour} h"
    return format_time(when, "short", locale=_locale(lang))


@lru_cache(maxsize=1 << 14)  # forty years of days
def _words(day: date, lang: str) -> tuple[str, str, str]:
    locale = _locale(lang)
    long = format_date(day, "long", locale=locale)
    short = format_skeleton("MMMMd", day, locale=locale)
    full = format_date(day, "full", locale=locale)
    if lang.startswith("fr") and day.day == 1:  # CLDR has no ordinal: « 1er juin »
        long, short = (f"1er {text.partition(' ')[2]}" for text in (long, short))
        full = full.replace(" 1 ", " 1er ")
    return long, short, _capital(full)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=64)
def _locale(lang: str) -> Locale:
    try:
        return Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
