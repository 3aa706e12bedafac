"""Dates as authors write them, to moments in time."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_SECOND = r"(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
_TIME = rf"(?P<hour>\d{{1,2}})(?::(?=\d)|\s?h\s?)(?P<minute>\d{{2}})?{_SECOND}"
_OFFSET = r"(?P<offset>z|utc|gmt|[+-]\d{2}(?::?\d{2})?)"
_NUMERIC = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:(?:t|\s+){_TIME}\s*{_OFFSET}?)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = rf"(?:,?\s+(?:(?:a|at)\s+)?{_TIME}\s*{_OFFSET}?)?"
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?P<name>[a-z]+)\.?,?\s+(?P<year>\d{{4}}){_CLOCK}",
    re.ASCII,
)
_MONTH_FIRST = re.compile(
    rf"(?P<name>[a-z]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_CLOCK}",
    re.ASCII,
)
_WEEKDAY = re.compile(
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day),?\s+"
)
_MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
_SHORT = {"janv": 1, "jan": 1, "fevr": 2, "feb": 2, "mar": 3, "avr": 4, "apr": 4, "juil": 7}
_SHORT |= {"jul": 7, "jun": 6, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
_NAMES = {name: number for number, names in enumerate(_MONTHS, 1) for name in names} | _SHORT
_LONGEST = 60
_FIRST_YEAR = 1000


def read_moment(text: str, zone: tzinfo) -> tuple[datetime, bool] | None:
    """The moment that a text names, with its time zone, and whether it names a time of day.

    Understands ISO 8601 and its looser forms (`2025-3-5`, `2013-11-22 4:00:00 +0000`), and dates in
    words (`1er mars 2025`, `March 10, 2025 at 8:30`). Without an offset it is meant in `zone`; a
    date alone is midnight. None for anything else, and for dates that do not exist.
    """
    if len(text) > _LONGEST:
        return None
    found = _NUMERIC.fullmatch(text.strip()) or _in_words(text)
    return _moment(found.groupdict(), zone) if found else None


def _in_words(text: str) -> re.Match[str] | None:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(c for c in decomposed if not unicodedata.combining(c)).strip()
    folded = folded.removeprefix("le ")
    folded = _WEEKDAY.sub("", folded, count=1)
    return _DAY_FIRST.fullmatch(folded) or _MONTH_FIRST.fullmatch(folded)


def _moment(found: dict[str, str | None], zone: tzinfo) -> tuple[datetime, bool] | None:
    def number(name: str) -> int:
        return int(found.get(name) or 0)

    month = _NAMES.get(found.get("name") or "", 0) or number("month")
    micros = int((found["fraction"] or "").ljust(6, "0")[:6])
    offset = found["offset"]
    try:
        moment = datetime(
            number("year"),
            month,
            number("day"),
            number("hour"),
            number("minute"),
            number("second"),
            micros,
            tzinfo=_offset(offset) if offset else zone,
        )
        moment.astimezone(UTC)  # must exist everywhere: year 9999 ends earlier in New York
    except (ValueError, OverflowError):
        return None
    return (moment, found["hour"] is not None) if moment.year >= _FIRST_YEAR else None


def _offset(text: str) -> tzinfo:
    """The zone of `Z`, `+01`, `+0100` or `+01:00`. Raises ValueError beyond 24 hours."""
    if text[0] not in "+-":
        return UTC
    minutes = int(text[-2:]) if len(text) > 3 else 0
    if minutes > 59:
        raise ValueError(text)
    distance = timedelta(hours=int(text[1:3]), minutes=minutes)
    return timezone(-distance if text[0] == "-" else distance)
