"""What a writer may write: front matter, texts, configurations, templates, files; some of it wrong.

A value that most articles share is left out (None), so that what Hypothesis finds stays short.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

TITLES = st.sampled_from(["Un", "Deux : le retour", "L’été !", "🎉 Fête", "AT&T <b>", "Ça « va »"])
TAGS = st.lists(
    st.sampled_from(["IA", "ia", "Europe", "Puces", "C++", "Droit d'auteur"]), max_size=3
)
DAYS = st.sampled_from(
    ["2023-12-31", "2024-02-29", "2025-06-29", "2025-06-30T11:00:00Z", "2025-07-02", "2026-01-01"]
)
BODIES = st.sampled_from(
    [
        "Du texte.\n",
        "Un.\n\nPoints clés :\n🌟 Un point\n🔍 Un autre\n",
        "## Titre\n\n[lien](/tags/)\n\n```python\nx = 1\n```\n",
        "Note[^1].\n\n[^1]: En bas.\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "[le premier](/n1.md), [le deuxième](/n2.md#titre)\n",
        "![Une image](/fichiers/a.svg)\n",
    ]
)
ADDITIONS = st.sampled_from(
    [
        "Encore du texte.\n",
        "```python\ny = 2\n```\n",
        "> Une citation.\n\n- Un\n- Deux\n",
        "[le premier](/n1.md)\n",
        "## Un autre titre\n",
        "mot " * 300 + "\n",
        "![Une image](/fichiers/b.svg)\n",
    ]
)
"""What is written under a text; the first three are nobody else's business."""
EXTRAS = st.sampled_from([{}, {"x": 1}, {"x": "<i>"}])


def sometimes(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def front_matter(name: str) -> st.SearchStrategy[str]:
    """The block above an article, as YAML; `name` keeps slugs of different articles apart."""
    keys = {
        "title": TITLES,
        "date": DAYS,
        "tags": TAGS,
        "draft": sometimes(st.just(True)),
        "slug": sometimes(st.sampled_from([f"{name}-a", f"{name}-b"])),
        "permalink": sometimes(st.sampled_from([f"/{name}/", f"/{name}/sous/", "/commun/"])),
        "aliases": sometimes(st.sampled_from([[f"/vieux-{name}/"], ["/commun/"]])),
        "updated": sometimes(DAYS),
        "expires": sometimes(st.sampled_from(["2025-07-01", "2026-06-01"])),
        "authors": sometimes(st.sampled_from([["Ada"], ["Ada", "Zoé"]])),
        "summary": sometimes(st.sampled_from(["Un *chapô*.", "Un autre."])),
        "key_points": sometimes(st.just(["🌟 Un point", "Un autre"])),
        "image": sometimes(st.just("/fichiers/a.svg")),
        "image_alt": sometimes(TITLES),
        "series": sometimes(st.sampled_from(["Le feuilleton", "L’autre"])),
        "featured": sometimes(st.just(True)),
        "sources": sometimes(st.just([{"title": "AFP", "url": "https://afp.example/"}])),
        "correction": sometimes(st.just("Ce *n’était* pas vrai.")),
        "enclosure": sometimes(st.just({"url": "https://a.example/x.mp3", "length": 3})),
        "noindex": sometimes(st.just(True)),
        "template": sometimes(st.sampled_from(["page.html", "own.html"])),
        "lang": sometimes(st.just("en")),
        "extra": EXTRAS,
    }
    few = st.sets(st.sampled_from(sorted(keys.keys() - {"title", "date"})), max_size=4)
    return few.flatmap(
        lambda chosen: st.fixed_dictionaries({k: keys[k] for k in ("title", "date", *chosen)})
    ).map(_given)


def _given(keys: dict[str, Any]) -> str:
    return f"---\n{_yaml({k: v for k, v in keys.items() if v is not None})}\n---\n"


def _yaml(keys: dict[str, Any]) -> str:
    return json.dumps(keys, ensure_ascii=False)


_CONFIG = {
    "per_page": st.integers(1, 4),
    "motto": TITLES,
    "description": TITLES,
    "base_url": st.sampled_from(["https://a.example/", "https://b.example/lettre/"]),
    "id": st.just("urn:uuid:6f1f4e0e-9a0c-4b8e-9d3a-0c7d1d2b3a4f"),
    "language": st.sampled_from(["en", "fr-CA", "ar"]),
    "timezone": st.sampled_from(["America/Los_Angeles", "Pacific/Kiritimati"]),
    "authors": st.sampled_from(
        [["Zoé"], [{"name": "Ada", "bio": "Elle écrit.", "image": "fichiers/a.svg"}, "Zoé"]]
    ),
    "licence": st.just("CC BY 4.0"),
    "permalink": st.sampled_from(["/{slug}/", "/{year}/{month}/{day}/{slug}/"]),
    "navigation": st.just([{"label": "Étiquettes", "address": "/tags/"}]),
    "key_points": st.sampled_from([{"position": "inline"}, {"cards": True}, {"labels": ["Titre"]}]),
    "tags": st.sampled_from(
        [{"synonyms": {"IA": ["Puces"]}}, {"descriptions": {"IA": "L’IA."}}, {"allowed": ["IA"]}]
    ),
    "feeds": st.sampled_from(
        [{"items": 2}, {"content": "summary"}, {"hubs": ["https://hub.example/"]}]
    ),
    "markdown": st.sampled_from([{"html": False}, {"typography": False}]),
    "theme": st.sampled_from([{"accent": "#004488"}, {"serif": "Georgia, serif"}]),
    "extra": EXTRAS,
}
CONFIGURATIONS = (
    st.sets(st.sampled_from(sorted(_CONFIG)), max_size=4)
    .flatmap(lambda chosen: st.fixed_dictionaries({key: _CONFIG[key] for key in sorted(chosen)}))
    .map(lambda keys: _yaml({"title": "Essai", "base_url": "https://a.example/", **keys}))
)

_FOOT = '{% extends "theme/base.html" %}{% block footer %}@{% endblock %}'
_TEMPLATES = {
    "base.html": [
        _FOOT.replace("@", text)
        for text in (
            "",
            "<p>{{ shell.extra.x if shell.extra }}</p>",
            '{% include "partials/own.html" ignore missing %}',
            '{% set name = "partials/" ~ "own.html" %}{% include name ignore missing %}',
            "{{ shell.titel }}",
        )
    ],
    "own.html": ["<h1>{{ page.title }}</h1>", "{{ page.extra }}{% include 'partials/own.html' %}"],
    "article.html": ['{% extends "theme/article.html" %}', '{% extends "own.html" %}'],
    "partials/byline.html": ["<p>par</p>", "{% include 'partials/deep.html' ignore missing %}"],
    "partials/own.html": ["<p>à nous</p>", "{% include 'partials/deep.html' ignore missing %}"],
    "partials/deep.html": ["<p>au fond</p>", "<p>{{ t('tags') }}</p>", "{% if %}"],
    "static/css/99-own.css": ["p { color: red }", "p { background: url(../own.svg) }"],
    "static/own.svg": ["<svg/>", "<svg id='a'/>"],
}
TEMPLATES = st.sampled_from(sorted(_TEMPLATES)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from([*_TEMPLATES[name], None]))
)
"""A template with a text of it, or None: it is to go."""

WORDS = st.tuples(
    st.sampled_from(["fr", "fr-CA", "de"]),
    st.sampled_from(
        [
            *("words:\n  home: Accueil\n", "words:\n  key_points: Trois points\n", "dir: rtl\n"),
            *("labels: [Titre]\n", "words:\n  slug_briefing: bref\n", "words:\n  hom: X\n", None),
        ]
    ),
)
"""A language with a table of own words, or None: it is to go."""

FILES = st.tuples(
    st.sampled_from(
        [
            *("fichiers/a.svg", "fichiers", "fichiers/a.svg/b", "donnees.csv", "robots.txt"),
            *("n1/photo.png", "n2/photo.png", "favicon.svg", "commun/index.html"),
        ]
    ),
    sometimes(st.text("ab", max_size=2)),
)
"""A file of the content that is no article, with its text; or None: it is to go. Where another
stands in its way, that one goes.
"""
