"""Dates as authors write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config.moments import read_moment

PARIS = ZoneInfo("Europe/Paris")
ONE_HOUR = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-10",
        "2025-3-10",
        "  2025-03-10 ",
        "10 mars 2025",
        "le 10 mars 2025",
        "lundi 10 mars 2025",
        "10 Mars 2025",
        "March 10, 2025",
        "March 10 2025",
        "Mar 10, 2025",
        "10 March 2025",
        "Monday, March 10th, 2025",
    ],
)
def test_a_date_alone_is_local_midnight(text: str) -> None:
    assert read_moment(text, PARIS) == (datetime(2025, 3, 10, tzinfo=PARIS), False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1er mars 2025", datetime(2025, 3, 1)),
        ("1 août 2025", datetime(2025, 8, 1)),
        ("1 aout 2025", datetime(2025, 8, 1)),
        ("14 févr. 2025", datetime(2025, 2, 14)),
        ("24 décembre 2024", datetime(2024, 12, 24)),
        ("29 février 2024", datetime(2024, 2, 29)),
        ("May 1st, 2025", datetime(2025, 5, 1)),
    ],
)
def test_months_have_names_in_french_and_in_english(text: str, expected: datetime) -> None:
    assert read_moment(text, PARIS) == (expected.replace(tzinfo=PARIS), False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-10 08:30", datetime(2025, 3, 10, 8, 30, tzinfo=PARIS)),
        ("2025-03-10 8:30", datetime(2025, 3, 10, 8, 30, tzinfo=PARIS)),
        ("2025-03-10T08:30:15", datetime(2025, 3, 10, 8, 30, 15, tzinfo=PARIS)),
        ("2025-03-10T08:30:00+01:00", datetime(2025, 3, 10, 8, 30, tzinfo=ONE_HOUR)),
        ("2013-11-22 4:00:00 +0000", datetime(2013, 11, 22, 4, tzinfo=UTC)),
        ("2013-11-22T04:00Z", datetime(2013, 11, 22, 4, tzinfo=UTC)),
        ("2013-11-22t04:00z", datetime(2013, 11, 22, 4, tzinfo=UTC)),
        ("2013-11-22 04:00 UTC", datetime(2013, 11, 22, 4, tzinfo=UTC)),
        ("2025-03-10T08:30:00.25Z", datetime(2025, 3, 10, 8, 30, 0, 250_000, tzinfo=UTC)),
        ("2025-03-10T08:30:00.123456789Z", datetime(2025, 3, 10, 8, 30, 0, 123_456, tzinfo=UTC)),
        ("2025-03-10 08:30 -0330", datetime(2025, 3, 10, 12, 0, tzinfo=UTC)),
        ("10 mars 2025 à 8h30", datetime(2025, 3, 10, 8, 30, tzinfo=PARIS)),
        ("10 mars 2025, 8 h", datetime(2025, 3, 10, 8, 0, tzinfo=PARIS)),
        ("March 10, 2025 at 8:30", datetime(2025, 3, 10, 8, 30, tzinfo=PARIS)),
    ],
)
def test_a_time_of_day_is_kept_and_said(text: str, expected: datetime) -> None:
    assert read_moment(text, PARIS) == (expected, True)


def test_an_offset_is_kept_as_it_was_written() -> None:
    moment, _ = read_moment("2025-03-10T08:30:00+01:00", PARIS) or (None, None)
    assert moment is not None
    assert moment.isoformat() == "2025-03-10T08:30:00+01:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10 mars",
        "mars 2025",
        "2025",
        "2025-03",
        "2025-02-30",
        "2025-13-01",
        "0000-01-01",
        "0025-03-10",
        "30 février 2025",
        "10/03/2025",
        "10 brumaire 2025",
        "2025-03-10 25:00",
        "2025-03-10 08:60",
        "2025-03-10 8:",
        "2025-03-10T08:30+99:00",
        "2025-03-10T08:30+01:75",
        "2025-03-10 demain",
        "9999-12-31T23:59:59-12:00",
        "٢٠٢٥-٠٣-١٠",
        "1" * 10_000,
    ],
)
def test_what_is_no_date_or_does_not_exist_is_none(text: str) -> None:
    assert read_moment(text, PARIS) is None


def test_never_is_a_date() -> None:
    """`expires: 9999-12-31` is how some say *never*."""
    assert read_moment("9999-12-31", PARIS) is not None


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_moment_or_none(text: str) -> None:
    found = read_moment(text, PARIS)
    assert found is None or found[0].tzinfo is not None


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9999, 12, 30)))
def test_what_iso_8601_writes_is_read(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert read_moment(aware.isoformat(), PARIS) == (aware, True)
    assert read_moment(aware.isoformat(" "), PARIS) == (aware, True)
