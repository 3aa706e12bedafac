"""Every mistake in a configuration or front matter has its sentence, in French and in English."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

import generator
from generator.config.read import config_of, read_config
from generator.content.front_matter import read_front_matter
from generator.model.diagnostic import Diagnostic

LOCALES = Path(generator.__file__).parent / "locales" / "diagnostics"
SLOT = re.compile(r"\{\{|\}\}|\{(\w+)\}")

HEADS = [
    "titel: A\nzzzz: B\ndraft: x\ntitle: [a]\ntitle: B\n[a]: b\nextra: A\nlang: é\ndate: x",
    "status: x\nsources: [a, {title: A}]\nenclosure: {url: a, length: x}",
    "enclosure: {url: a, length: -1}\ntitle: !x a\nslug: A\x08\nseries:\n  A : b",
    "- a",
    "title: 'A",
    "title: [A",
    "title: A\n\tslug: a",
    "title: A\n  slug: a",
    "title: A\nslug",
    "title: *a",
    'title: "\\q"',
    "title: !a!b c",
    "title: A\n--- b\nslug: c",
    "title: A\n  - b: c",
    "tags: [a]]",
    "title: }",
    "%TAG a\ntitle: b",
    "extra: &a [*a]",
    "extra: " + "[" * 99,
]
CONFIGS = [
    "base_url: a\nlanguage: é\ntimezone: a\ntheme: {accent: a}\npermalink: /{a}/",
    "permalink: /\npublish: {a: {password: b}}\nper_page: 0\nkey_points: {position: up}",
    "per_page: 1001",
    'theme: {accent: "#ff0"}',
    "editor: vscoed",
]


def all_problems() -> list[Diagnostic]:
    found = [
        problem
        for text in (*(f"---\n{head}\n---\n" for head in HEADS), "---\n", "+++\n")
        for problem in read_front_matter(text, "a.md", ZoneInfo("Europe/Paris"), "fr").problems
    ]
    found += [problem for text in CONFIGS for problem in config_of(text, "a.yaml")[1]]
    return [*found, *read_config(Path(), Path("nowhere.yaml"))[1]]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_sentence_exists_and_has_what_it_quotes(lang: str) -> None:
    texts = yaml.safe_load((LOCALES / f"{lang}.yaml").read_text(encoding="utf-8"))
    for problem in all_problems():
        for sentence in texts[problem.code].values():
            wanted = {found[1] for found in SLOT.finditer(sentence) if found[1]}
            assert wanted <= problem.facts.keys(), problem.code


def test_the_date_of_our_conventions() -> None:
    """`docs` and conventions show this very message."""
    texts = yaml.safe_load((LOCALES / "en.yaml").read_text(encoding="utf-8"))
    (problem,) = read_front_matter(
        "---\ntitle: A\n\ndate: 10 mars\n---\n", "content/2025/03-mai.md", ZoneInfo("UTC"), "en"
    ).problems
    sentence = texts[problem.code]["message"].format(**problem.facts)
    assert f"{problem.place}: {problem.severity}[{problem.code}] {sentence}" == (
        'content/2025/03-mai.md:4:7: error[front-matter-type] `date` is not a date: "10 mars"'
    )
    assert texts[problem.code]["hint"] == "write it as 2025-03-10"
