"""French dates. Not in pelicanconf.py, because Pelican pickles its settings with every article."""

from datetime import date

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)


def month(day: date) -> str:
    """As in `mars 2015`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def long_date(day: date) -> str:
    """As in `3 mars 2015`."""
    return f"{day.day} {month(day)}"
