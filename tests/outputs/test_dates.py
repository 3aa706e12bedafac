"""Dates as the Unicode CLDR writes them in each language, and as French readers want them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from generator.outputs.moments import clock, moment, month

WHEN = datetime(2025, 6, 1, 18, 30, tzinfo=ZoneInfo("Europe/Paris"))
"""A Sunday."""
DATES = {
    "fr": ("1er juin 2025", "1er juin", "Dimanche 1er juin 2025", "Juin 2025"),
    "fr-BE": ("1er juin 2025", "1er juin", "Dimanche 1er juin 2025", "Juin 2025"),
    "fr-CA": ("1er juin 2025", "1er juin", "Dimanche 1er juin 2025", "Juin 2025"),
    "fr-CH": ("1er juin 2025", "1er juin", "Dimanche, 1er juin 2025", "Juin 2025"),
    "en": ("June 1, 2025", "June 1", "Sunday, June 1, 2025", "June 2025"),
    "en-GB": ("1 June 2025", "1 June", "Sunday, 1 June 2025", "June 2025"),
    "de": ("1. Juni 2025", "1. Juni", "Sonntag, 1. Juni 2025", "Juni 2025"),
    "es": (
        *("1 de junio de 2025", "1 de junio"),
        *("Domingo, 1 de junio de 2025", "Junio de 2025"),
    ),
    "it": ("1 giugno 2025", "1 giugno", "Domenica 1 giugno 2025", "Giugno 2025"),
    "pt": (
        *("1 de junho de 2025", "1 de junho"),
        *("Domingo, 1 de junho de 2025", "Junho de 2025"),
    ),
    "nl": ("1 juni 2025", "1 juni", "Zondag 1 juni 2025", "Juni 2025"),
    "pl": ("1 czerwca 2025", "1 czerwca", "Niedziela, 1 czerwca 2025", "Czerwiec 2025"),
    "ar": ("1 يونيو 2025", "1 يونيو", "الأحد، 1 يونيو 2025", "يونيو 2025"),
    "ja": ("2025年6月1日", "6月1日", "2025年6月1日日曜日", "2025年6月"),
    "zh": ("2025年6月1日", "6月1日", "2025年6月1日星期日", "2025年6月"),
}
"""Long, without the year, with the day of the week, and the month (CLDR 47, Gregorian calendar)."""


@pytest.mark.parametrize(("lang", "expected"), DATES.items())
def test_a_date_is_that_of_the_language(lang: str, expected: tuple[str, str, str, str]) -> None:
    told = moment(WHEN, lang)
    assert (told.long, told.short, told.full, month(WHEN, lang)) == expected


@pytest.mark.parametrize("day", [2, 10, 11, 21, 31])
def test_only_the_first_of_a_french_month_is_an_ordinal(day: int) -> None:
    told = moment(WHEN.replace(month=7, day=day), "fr-CA")
    assert (told.long, told.short) == (f"{day} juillet 2025", f"{day} juillet")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", "1er juin 2025, 18 h 30"),
        ("fr-CA", "1er juin 2025, 18 h 30"),
        ("en", "June 1, 2025, 6:30\u202fPM"),
        ("de", "1. Juni 2025, 18:30"),
        ("pl", "1 czerwca 2025, 18:30"),
        ("ar", "1 يونيو 2025، 6:30 م"),
        ("ja", "2025年6月1日 18:30"),
        ("zh", "2025年6月1日 18:30"),
    ],
)
def test_the_time_follows_as_in_the_language(lang: str, expected: str) -> None:
    assert moment(WHEN, lang, with_time=True).long.replace("\u00a0", " ") == expected


@pytest.mark.parametrize("lang", ["tlh", "en-x-private", "zz-ZZ"])
def test_a_language_that_nobody_knows_has_english_dates(lang: str) -> None:
    assert moment(WHEN, lang).long == "June 1, 2025"


def test_a_code_that_only_begins_like_french_is_not_french() -> None:
    assert clock(WHEN, "frr") == "18:30"
    assert not moment(WHEN, "frr").long.startswith("1er")


def test_an_unknown_subtag_leaves_the_language() -> None:
    assert moment(WHEN, "de-x-private").long == "1. Juni 2025"
