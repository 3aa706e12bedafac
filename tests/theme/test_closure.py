"""What a template is made of, however it says so."""

from __future__ import annotations

import pytest

from generator.engine import digest
from generator.theme.closure import closures
from generator.theme.layers import Layers, ThemeFile


def reached(text: str) -> set[str]:
    """The parts whose change changes the digest of a template with this text."""

    def digests(part: str = "") -> str:
        texts = {"page.html": text, **dict.fromkeys(("a.html", "b.html", "c.html"), "")}
        texts |= {part: "changed"} if part else {}
        files = {n: (t.encode(), digest.of_bytes(t.encode())) for n, t in texts.items()}
        layers = Layers({n: ThemeFile(n, n, *file) for n, file in files.items()})
        return closures(layers)["page.html"]

    return {name for name in "abc" if digests(f"{name}.html") != digests()}


@pytest.mark.parametrize(
    "text",
    [
        '{% include "a.html" %}',
        "{%- include 'a.html' -%}",
        '{%+include"a.html"+%}',
        '{%\n  include\n  "a.html"\n%}',
        '{% include "a.html" ignore missing %}',
        '{% include "a.html" ignore missing without context -%}',
        '{% include "a.html" with context %}',
        '{% extends "a.html" %}',
        '{% import "a.html" as parts %}',
        '{% import "a.html" as parts with context %}',
        '{% from "a.html" import x, y as z %}',
        '{%- from "a.html" import\n  x,\n  y with context -%}',
        '{{ "{%" }}{% include "a.html" %}',
        '{# {% include "a.html" %} #}',
        '{% include "a.html" %}{% include "nowhere.html" %}',
    ],
)
def test_a_name_that_is_written_out_reaches_its_template(text: str) -> None:
    assert reached(text) == {"a"}


@pytest.mark.parametrize(
    "text",
    [
        "{% include page.part %}",
        "{% extends layout %}",
        '{% include ["a.html", "b.html"] %}',
        '{% include "a.html" if page.x else "b.html" %}',
        '{% include "a" ~ ".html" %}',
        '{% include "a" ".html" %}',
        '{% include "a.html"|replace("a", "b") %}',
        '{% include "a.html" - x %}',
        '{% include ("a.html") %}',
        r'{% include "\x61.html" %}',
        '{% include "a%}.html" %}',
        '{% from x ~ "a.html" import y %}',
        '{% import parts["a.html"] as y %}',
        '{# {% include "a.html" #}{% include "b.html" %}',
        '{# {% from "a.html" import #}{% include "b.html" %}',
        '{% raw %}{% include "a{% endraw %}{% include "b.html" %}',
    ],
)
def test_a_name_that_is_chosen_reaches_all(text: str) -> None:
    assert reached(text) == {"a", "b", "c"}


def test_what_no_tag_names_is_not_reached() -> None:
    assert reached('{{ "a.html" }} {% set x = "b.html" %} include "c.html"') == set()
