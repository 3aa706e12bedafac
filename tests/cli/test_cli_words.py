"""Every text that the source asks for exists in French and in English, and gets its values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli.words import LOCALES, Words, fill, slots, table, user_language

SOURCE = LOCALES.parent
LANGUAGES = ("fr", "en")
CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node


def first_text(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def uses(*names: str, methods: tuple[str, ...] = ()) -> Iterator[tuple[Path, ast.Call, str]]:
    for path, call in calls():
        plain = isinstance(call.func, ast.Name) and call.func.id in names
        method = isinstance(call.func, ast.Attribute) and call.func.attr in methods
        text = first_text(call)
        if (plain or method) and text is not None:
            yield path, call, text


def given(call: ast.Call) -> set[str] | None:
    """Names of the values that a call passes; None when it passes a dictionary as well."""
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return {str(keyword.arg) for keyword in call.keywords} - {"line_text", "place"}


def flat(texts: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found = {}
    for key, value in texts.items():
        if isinstance(value, dict) and set(value) != {"one", "other"}:
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = value
    return found


def wanted(text: Any) -> set[str]:
    texts = text.values() if isinstance(text, dict) else text if isinstance(text, list) else [text]
    return set().union(*(slots(str(each)) for each in texts))


DIRECT = [(p, c, code) for p, c, code in uses("error", "warning") if CODE.fullmatch(code)]
WRAPPED = [
    (p, c, code)
    for p, c, code in uses("wrong", methods=("error", "warning", "warn", "wrong"))
    if CODE.fullmatch(code)
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_message(lang):
    codes = {code for _, _, code in (*DIRECT, *WRAPPED)}
    assert len(codes) > 10
    assert {c for c in codes if not table("diagnostics", lang).get(c, {}).get("message")} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_diagnostic_gets_the_values_that_its_text_wants(lang):
    missing = []
    for path, call, code in DIRECT:
        values, texts = given(call), table("diagnostics", lang).get(code, {})
        if values is not None and texts:
            lack = wanted(texts) - values
            missing += [f"{path.name}:{call.lineno} {code}: {sorted(lack)}"] if lack else []
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_left_over_or_there_twice(lang):
    text = (LOCALES / "diagnostics" / f"{lang}.yaml").read_text("utf-8")
    keys = re.findall(r"^([\w-]+):", text, re.MULTILINE)
    assert [key for key in keys if keys.count(key) > 1] == []
    said = {
        node.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [key for key in keys if key not in said] == []


@pytest.mark.parametrize("kind", ["diagnostics", "console"])
def test_both_languages_have_the_same_texts_with_the_same_values(kind):
    french, english = (flat(table(kind, lang)) for lang in LANGUAGES)
    assert sorted(french) == sorted(english)
    differing = [key for key in french if wanted(french[key]) != wanted(english[key])]
    assert differing == []


@pytest.mark.parametrize("kind", ["diagnostics", "console"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_hold_only_texts(kind, lang):
    odd = {k: v for k, v in flat(table(kind, lang)).items() if not isinstance(v, str | dict | list)}
    assert odd == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_console_text_asked_for_exists_and_gets_its_values(lang):
    texts = flat(table("console", lang))
    found = list(uses(methods=("say",)))
    asked = [(p, c, key) for p, c, key in found if "/cli/" in p.as_posix() and not c.args[1:]]
    asked = [(p, c, key) for p, c, key in asked if re.fullmatch(r"[a-z.-]+", key)]
    assert len(asked) > 20
    assert {key for _, _, key in asked if key not in texts} == set()
    for path, call, key in asked:
        values = given(call)
        assert values is None or wanted(texts[key]) <= values, f"{path.name}:{call.lineno}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_misuse_has_its_text(lang):
    texts = table("console", lang)["usage"]
    for path, call, key in uses("Misuse"):
        assert wanted(texts[key]) <= (given(call) or set()), f"{path.name}:{call.lineno}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_that_are_chosen_by_a_value_exist(lang):
    texts = flat(table("console", lang))
    fates = "published draft scheduled expired broken copied beside ignored config theme output"
    assert {f"explain.{fate}" for fate in (*fates.split(), "elsewhere")} <= set(texts)
    assert {f"status.{status}" for status in fates.split()[:4]} <= set(texts)
    assert {f"verb.{verb}" for verb in ("parse", "render", "write")} <= set(texts)


def test_slots():
    assert fill("{a} {{b}} {c}", {"a": 1}) == "1 {b} {c}"
    assert slots("{a} {{b}} {c}") == {"a", "c"}
    assert fill("{a}", {"a": "{b}", "b": "no"}) == "{b}"


def test_plurals_and_numbers():
    fr, en = Words("fr"), Words("en")
    assert fr.say("count.error", n=0) == "0 erreur"
    assert en.say("count.error", n=0) == "0 errors"
    assert fr.say("built.written", n=12345) == "12\u202f345 fichiers écrits"
    assert en.say("built.written", n=12345) == "12,345 files written"
    assert fr.number(0.4249, 2) == "0,42"


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LANG": "POSIX"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en-GB"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR@euro"}, "fr-FR"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "de_DE"}, "de-DE"),
    ],
)
def test_the_language_of_the_locale(environ, lang):
    assert user_language(environ) == lang


def test_the_tables_are_valid_yaml():
    for file in LOCALES.glob("*/*.yaml"):
        assert isinstance(yaml.load(file.read_text("utf-8"), yaml.CSafeLoader), dict)
