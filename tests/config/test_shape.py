"""YAML to structs: what each kind of field takes, and what is said about anything else."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta, Struct

from generator.config.shape import Shaped, shape
from generator.config.sheet import STAND_IN, sheet_of
from generator.config.yaml_nodes import compose
from generator.model.diagnostic import Diagnostic, Place


class Colours(Struct, frozen=True, kw_only=True):
    accent: str = ""


class Link(Struct, frozen=True, kw_only=True):
    url: str
    title: str = ""


class Page(Struct, frozen=True, kw_only=True):
    title: str = ""
    draft: bool = False
    per_page: Annotated[int, Meta(ge=1, le=1000)] = 20
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    formats: tuple[Literal["rss", "atom"], ...] = ()
    content: Literal["full", "summary"] = "full"
    theme: Colours = Colours()
    links: tuple[Link, ...] = ()
    words: Annotated[dict[str, str], Meta(description="Words.")] = {}
    synonyms: dict[str, tuple[str, ...]] = {}
    extra: dict[str, Any] = {}


def shaped(text: str) -> Shaped[Page]:
    sheet = sheet_of(text, "a.yaml")
    composed = compose(sheet)
    result = shape(
        composed.root,
        Page,
        sheet=sheet,
        aliases={"titre": "title", "étiquettes": "tags"},
        comma_lists=("tags",),
    )
    return Shaped(result.value, (*composed.problems, *result.problems), result.places)


def page(text: str) -> Page:
    result = shaped(text)
    assert result.problems == ()
    assert result.value is not None
    return result.value


def problem(text: str) -> Diagnostic:
    (found,) = shaped(text).problems
    return found


@pytest.mark.parametrize(
    "typed",
    ["no", "yes", "12:30", "0123", "2024", "1.10", "1e3", "0x1F", "2025-03-10", "=", "on", ".inf"],
)
def test_a_text_field_takes_what_was_typed(typed: str) -> None:
    assert page(f"title: {typed}").title == typed
    assert page(f"names: [{typed}]").names == (typed,)


@pytest.mark.parametrize("nothing", ["", " ", " null", " ~", ' ""', " # later"])
@pytest.mark.parametrize("key", ["title", "draft", "per_page", "tags", "theme", "words", "links"])
def test_an_empty_value_was_not_given(key: str, nothing: str) -> None:
    assert page(f"{key}:{nothing}") == Page()


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        *((word, True) for word in ("true", "True", "yes", "on", "oui", "Oui", '"true"')),
        *((word, False) for word in ("false", "FALSE", "no", "off", "non")),
    ],
)
def test_yes_and_no_have_many_words(word: str, meant: bool) -> None:
    assert page(f"draft: {word}").draft is meant


def test_other_names_case_accents_and_hyphens() -> None:
    assert page("titre: A").title == "A"
    assert page("TITLE: A").title == "A"
    assert page("Per-Page: 3").per_page == 3
    assert page("perPage: 3").per_page == 3
    assert page("Etiquettes: A").tags == ("A",)
    assert page("e\u0301tiquettes: A").tags == ("A",)


def test_lists_may_be_single_values_or_have_commas() -> None:
    assert page("names: Anne, Bob").names == ("Anne, Bob",)
    assert page("tags: IA, Open source ,C++").tags == ("IA", "Open source", "C++")
    assert page("tags: [a, 'b, c']").tags == ("a", "b, c")
    assert page("widths: 480, 960").widths == (480, 960)
    assert page("formats: RSS").formats == ("rss",)
    assert page("synonyms: {IA: AI}").synonyms == {"IA": ("AI",)}


def test_block_texts_lose_their_last_line_end_only() -> None:
    assert page("title: |\n  a\n   b\n").title == "a\n b"
    assert page("title: >-\n  a\n  b\n").title == "a b"


def test_extra_holds_plain_data() -> None:
    """What looks like a number and is not one stays a text, and so do dates."""
    text = """
extra:
  postal: 01230
  at: 12:30
  day: 2025-01-01
  count: 3
  ratio: 1.5
  huge: 99999999999999999999
  sure: yes
  none: ~
  list: [a, {b: c}]
"""
    assert page(text).extra == {
        "postal": "01230",
        "at": "12:30",
        "day": "2025-01-01",
        "count": 3,
        "ratio": 1.5,
        "huge": "99999999999999999999",
        "sure": True,
        "none": None,
        "list": ["a", {"b": "c"}],
    }


def test_anchors_and_merge_keys_work_in_extra() -> None:
    text = "extra:\n  base: &base {a: 1, b: 2}\n  more: {<<: *base, b: 3}\n"
    assert page(text).extra == {"base": {"a": 1, "b": 2}, "more": {"a": 1, "b": 3}}


@pytest.mark.parametrize(
    ("text", "code", "place", "values"),
    [
        ("titel: A", "unknown-key", "1:1", {"key": "titel", "nearest": "title"}),
        ("theme:\n  acent: A", "unknown-key", "2:3", {"key": "theme.acent", "nearest": "accent"}),
        ("zzzz: A", "unknown-key-unlike", "1:1", {"key": "zzzz"}),
        (
            "title: A\ndraft: no\ntitle: A",
            "duplicate-key",
            "3:1",
            {"key": "title", "first": "title", "first_line": "1"},
        ),
        (
            "title: A\ntitre: B",
            "duplicate-key",
            "2:1",
            {"key": "titre", "first": "title", "first_line": "1"},
        ),
        ("extra:\n  a: 1\n  a: 2", "duplicate-key", "3:3", {"key": "extra.a", "first_line": "2"}),
        ("words: {a: b, a: c}", "duplicate-key", "1:15", {"key": "words.a"}),
        ("title: [a, b]", "not-a-text", "1:8", {"key": "title", "value": "[a, b]"}),
        ("title: {a: b}", "not-a-text", "1:8", {"value": "{a: b}"}),
        ("draft: maybe", "not-a-boolean", "1:8", {"key": "draft", "value": "maybe"}),
        ("draft: [no]", "not-a-boolean", "1:8", {"value": "[no]"}),
        ("per_page: many", "not-a-number", "1:11", {"value": "many"}),
        ("per_page: 1.5", "not-a-number", "1:11", {"value": "1.5"}),
        (f"per_page: {'9' * 5000}", "not-a-number", "1:11", {}),
        ("per_page: 0", "number-too-small", "1:11", {"value": "0", "least": "1"}),
        ("per_page: 1001", "number-too-large", "1:11", {"value": "1001", "most": "1000"}),
        (
            "content: sumary",
            "not-a-choice",
            "1:10",
            {"value": "sumary", "choices": "full, summary", "nearest": "summary"},
        ),
        ("formats: [rss, json]", "not-a-choice", "1:16", {"key": "formats.2"}),
        ("theme: dark", "not-a-mapping", "1:8", {"key": "theme", "value": "dark"}),
        ("words: [a]", "not-a-mapping", "1:8", {"key": "words"}),
        ("links: [{title: A}]", "missing-key", "1:9", {"key": "links.1.url"}),
        ("[a]: b", "not-a-key", "1:1", {}),
        ("title: !!python/name:os.system x", "yaml-tag", "1:8", {"tag": "!!python/name:os.system"}),
        ("extra: {a: !secret b}", "yaml-tag", "1:12", {"tag": "!secret"}),
        ("extra: {a: !!binary aGk=}", "yaml-tag", "1:12", {"tag": "!!binary"}),
    ],
)
def test_what_is_wrong_is_said_where_it_is(
    text: str, code: str, place: str, values: dict[str, str]
) -> None:
    found = problem(text)
    assert (found.code, str(found.place)) == (code, f"a.yaml:{place}")
    assert found.severity == "error"
    assert values.items() <= found.facts.items()
    assert found.line_text == text.split("\n")[found.place.line - 1]


def test_two_names_for_one_key_may_agree() -> None:
    assert page("title: A\ntitre: A").title == "A"


def test_everything_wrong_is_said_at_once_and_the_rest_is_kept() -> None:
    result = shaped("titel: A\ndraft: maybe\nper_page: 0\ntags: [a]\ncontent: none\n")
    assert [p.place.line for p in result.problems] == [1, 2, 3, 5]
    assert result.value == Page(tags=("a",))


def test_places_are_known_by_canonical_names() -> None:
    places = shaped("titre: A\ntheme:\n  accent: B\n").places
    assert places["title"] == Place("a.yaml", 1, 8)
    assert places["theme.accent"] == Place("a.yaml", 3, 11)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_is_refused_before_it_hurts(opening: str) -> None:
    for depth in (60, 2000, 60_000):
        assert problem(f"title: A\nextra:\n  {opening * depth}").code == "yaml-too-deep"


def test_alias_bombs_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    found = problem("extra:\n" + "\n".join("  " + line for line in lines))
    assert found.code == "yaml-too-large"


def test_aliases_without_end_are_refused() -> None:
    assert problem("extra: &all {again: *all}").code == "yaml-too-large"


def test_a_field_of_unknown_kind_is_our_mistake() -> None:
    class Odd(Struct):
        when: complex = 0j

    sheet = sheet_of("when: 1", "a.yaml")
    with pytest.raises(TypeError):
        shape(compose(sheet).root, Odd, sheet=sheet)


SPEAKABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40).filter(
    lambda text: "\ufeff" not in text and "\ufffe" not in text and "\uffff" not in text
)


@settings(deadline=None)
@given(SPEAKABLE)
def test_a_quoted_text_is_read_as_typed(text: str) -> None:
    doubled = text.replace("'", "''")
    result = shaped(f"title: '{doubled}'")
    assert result.value == Page(title=text)


@settings(deadline=None)
@given(SPEAKABLE.map(str.strip).filter(lambda text: text and text[0].isalpha()))
def test_an_unquoted_text_is_read_as_typed_or_refused(text: str) -> None:
    """Whatever YAML makes of it: never another text, and a warning when quotes were missing."""
    result = shaped(f"title: {text}")
    assert result.value is not None
    comment = " #" in text.replace("\t", " ")
    nothing = text.lower() == "null"
    errors = [p for p in result.problems if p.severity == "error"]
    assert errors or comment or nothing or result.value.title == text


@settings(deadline=None)
@given(st.text())
def test_any_text_becomes_diagnostics_and_never_an_exception(text: str) -> None:
    shaped(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*"ab:-#'\"[]{}|>&*!%@`?,\t \n", "title: ", "\n  - "])))
def test_any_mess_of_yaml_signs_becomes_diagnostics(pieces: list[str]) -> None:
    shaped("".join(pieces))


WRITABLE = st.characters(codec="utf-8", exclude_characters=STAND_IN)
"""Everything but the code point that Unicode promises never to be a character."""


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["a", "b"]),
        st.recursive(
            st.none() | st.booleans() | st.integers(-9, 9) | st.text(WRITABLE, max_size=5),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(WRITABLE, max_size=3), inner),
            max_leaves=8,
        ),
    )
)
def test_extra_reads_what_pyyaml_writes(data: dict[str, Any]) -> None:
    text = yaml.safe_dump({"extra": data}, allow_unicode=False)
    result = shaped(text)
    if not any(p.code == "control-character" for p in result.problems):
        assert result.value is not None
        assert result.value.extra == data
