"""The tables of a language that has none: English words, its own direction."""

from __future__ import annotations

import pytest
from babel import Locale, localedata

from generator.config.locale import direction, read_locale


@pytest.mark.parametrize("code", ["he", "fa", "ur", "yi", "ps", "sd", "ckb", "dv", "ug"])
def test_a_language_without_a_table_keeps_its_direction(code: str) -> None:
    assert read_locale(code).dir == "rtl"
    assert read_locale(code).word("home") == read_locale("en").word("home")


@pytest.mark.parametrize("code", localedata.locale_identifiers())
def test_the_direction_is_that_of_cldr(code: str) -> None:
    order = Locale.parse(code).character_order
    assert direction(code.replace("_", "-")) == ("rtl" if order.startswith("right") else "ltr")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *(("AR", "rtl"), ("ar-EG", "rtl"), ("az-Arab", "rtl"), ("pa-PK", "rtl"), ("iw", "rtl")),
        *(("ks-Deva", "ltr"), ("ar-Latn", "ltr"), ("pa-IN", "ltr"), ("fr-CA", "ltr")),
    ],
)
def test_the_script_decides_then_the_region(code: str, expected: str) -> None:
    assert direction(code) == expected


def test_a_longer_code_is_no_variant_of_a_shorter_one() -> None:
    assert read_locale("frr").word("home") == read_locale("en").word("home")
    assert read_locale("fr-CA").word("home") == read_locale("fr").word("home")


@pytest.mark.parametrize(
    ("code", "table"), [("pt-PT", "pt"), ("zh-Hant", "zh"), ("zh-TW", "zh"), ("ar-EG", "ar")]
)
def test_a_variant_reads_the_table_of_its_language(code: str, table: str) -> None:
    assert read_locale(code).words == read_locale(table).words
    assert read_locale(code).code == code
