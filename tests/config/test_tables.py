"""Every table of words is complete, and written by the rules of its language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from string import Formatter

import pytest
from babel import Locale

from generator.config.locale import LOCALES, all_labels, read_locale
from generator.content.rules.reading import fold
from generator.content.typography import polish
from generator.model.urls import slug

LANGUAGES = sorted(file.stem for file in LOCALES.glob("*.yaml"))
ENGLISH = read_locale("en").words
SAMPLE = {
    "n": 5,
    "total": 12,
    "name": "Ada",
    "title": "Xyz",
    "site": "Abc",
    "url": "a.fr",
    "date": "Abc",
    "added": 1,
    "changed": 2,
    "removed": 3,
}
CJK = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"


def test_the_eleven_languages_are_there() -> None:
    assert LANGUAGES == ["ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_keys_are_those_of_english(code: str) -> None:
    assert list(read_locale(code).words) == list(ENGLISH)


@pytest.mark.parametrize("code", LANGUAGES)
def test_counted_texts_have_the_plurals_of_cldr(code: str) -> None:
    rule = Locale.parse(code).plural_form
    for key, english in ENGLISH.items():
        text = read_locale(code).words[key]
        assert isinstance(text, dict) == isinstance(english, dict), key
        if isinstance(text, dict):
            assert set(text) == rule.tags | {"other"}, key


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_text_says_what_the_english_one_says(code: str) -> None:
    single = _of_one_number(code)
    for key, category, text in _texts(code):
        english = ENGLISH[key]
        wanted = _names(english if isinstance(english, str) else english["other"])
        if category in single:  # `two: مقالان` says its number itself
            assert _names(text) | {"n"} == wanted, (key, category)
        else:
            assert _names(text) == wanted, (key, category)


@pytest.mark.parametrize("code", LANGUAGES)
def test_typography_finds_nothing_to_mend(code: str) -> None:
    for key, _, text in _texts(code):
        assert polish(text, code) == text, key
        shown = text.format(**SAMPLE)
        assert polish(shown, code) == shown, key
    for label in read_locale(code).labels:
        assert polish(label, code) == label


@pytest.mark.parametrize("code", LANGUAGES)
def test_signs_and_spaces_are_those_of_print(code: str) -> None:
    for key, _, text in _texts(code):
        assert not re.search("[\"'`]|\\.\\.\\.|--|  ", text), key
        assert unicodedata.is_normalized("NFC", text), key
        if key not in ("and", "comma"):
            assert text == text.strip(), key
        assert not re.search(r"[ \u00a0][,.)]|[(„] |\s…", text), key
        if code != "fr":
            assert not re.search(r"\s[:;!?،؛؟]", text), key
        if code in ("ja", "zh"):
            assert not re.search(f"{CJK}[ ,.:;!?()]|[ ,.:;!?()]{CJK}", text), key
        if code == "ar":
            assert not re.search("[,;?]", text), key


@pytest.mark.parametrize("code", LANGUAGES)
def test_labels_are_several_and_all_different(code: str) -> None:
    labels = read_locale(code).labels
    folded = [fold(label) for label in labels]
    assert len(labels) >= 12
    assert len(set(folded)) == len(folded)
    assert fold(read_locale(code).word("key_points")) in folded


def test_the_labels_of_every_language_are_known() -> None:
    everywhere = {label for code in LANGUAGES for label in read_locale(code).labels}
    assert set(all_labels()) == everywhere


def test_a_label_that_two_languages_share_announces_key_points_in_both() -> None:
    owners: dict[str, list[str]] = {}
    for code in LANGUAGES:
        for label in read_locale(code).labels:
            owners.setdefault(fold(label), []).append(code)
    shared = {label: codes for label, codes in owners.items() if len(codes) > 1}
    assert shared == {"要点": ["ja", "zh"]}


@pytest.mark.parametrize("code", LANGUAGES)
def test_addresses_are_slugs(code: str) -> None:
    for key in ("slug_briefing", "slug_subscribe"):
        text = read_locale(code).word(key)
        assert text == slug(text, code) != ""
        assert text not in ("tags", "archives", "authors")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_direction_and_the_name_are_those_of_cldr(code: str) -> None:
    cldr = Locale.parse(code)
    assert read_locale(code).dir == ("rtl" if cldr.character_order.startswith("right") else "ltr")
    assert read_locale(code).name.casefold() == str(cldr.get_display_name(code)).casefold()


def _texts(code: str) -> Iterator[tuple[str, str, str]]:
    for key, text in read_locale(code).words.items():
        if isinstance(text, str):
            yield key, "", text
        else:
            yield from ((key, category, each) for category, each in text.items())


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _of_one_number(code: str) -> set[str]:
    """The plural categories to which only one whole number belongs."""
    rule = Locale.parse(code).plural_form
    found: dict[str, int] = {}
    for number in range(1000):
        category = rule(number)
        found[category] = found.get(category, 0) + 1
    return {category for category, count in found.items() if count == 1} - {"many", "other"}
