"""The built site as the judges see it: its pages, their kinds, and the few worth a close look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

PER_KIND = 4
"""At most this many pages of a kind are opened in the browser."""


@dataclass(frozen=True)
class Page:
    """One HTML file of the site."""

    path: str
    """Inside the site, with `/`: `2025/03/slug/index.html`."""
    url: str
    kind: str
    """`data-kind` of its body; empty when it has none."""
    features: frozenset[str]
    """Elements, classes, languages and directions that it shows."""
    refresh: str
    """Content of `<meta http-equiv=refresh>`; empty on all but redirects."""


@dataclass(frozen=True)
class Sample:
    """A page chosen to stand for its kind."""

    name: str
    """`article`, `article-2`, …: names its screenshots."""
    page: Page


@dataclass(frozen=True)
class Built:
    """A built and served site."""

    folder: Path
    base_url: str
    pages: tuple[Page, ...]
    samples: tuple[Sample, ...]


def read_site(folder: Path, base_url: str) -> Built:
    """Read every page of a site that is served at `base_url`."""
    pages = tuple(read_page(file, folder, base_url) for file in sorted(folder.rglob("*.html")))
    return Built(folder, base_url, pages, tuple(choose(pages)))


def read_page(file: Path, folder: Path, base_url: str) -> Page:
    path = file.relative_to(folder).as_posix()
    tree = LexborHTMLParser(file.read_bytes())
    body, refresh = tree.body, tree.css_first('meta[http-equiv="refresh" i]')
    return Page(
        path=path,
        url=base_url + quote(path.removesuffix("index.html")),
        kind=(body.attributes.get("data-kind") or "") if body else "",
        features=frozenset(features(tree)),
        refresh=(refresh.attributes.get("content") or "") if refresh else "",
    )


def features(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("body, body *"):
        tag = node.tag or ""
        yield tag
        yield from (f"{tag}.{name}" for name in (node.attributes.get("class") or "").split())
        yield from (
            f"{name}={node.attributes[name]}"
            for name in ("type", "role")
            if name in node.attributes
        )
    for node in tree.css("[lang], [dir]"):
        yield from (
            f"{name}={node.attributes[name]}" for name in ("lang", "dir") if name in node.attributes
        )


def choose(pages: Iterable[Page]) -> Iterator[Sample]:
    """For each kind: the richest page, those that show what it lacks, and the barest one.

    A page kind or an element that is new in the theme is judged without being named here.
    """
    by_kind = sorted((page for page in pages if page.kind), key=lambda page: page.kind)
    for kind, group in groupby(by_kind, key=lambda page: page.kind):
        for number, page in enumerate(choose_of_a_kind(list(group)), start=1):
            yield Sample(kind if number == 1 else f"{kind}-{number}", page)


def choose_of_a_kind(pages: list[Page]) -> list[Page]:
    barest = min(pages, key=lambda page: (len(page.features), page.path))
    chosen: list[Page] = []
    seen: frozenset[str] = frozenset()
    while len(chosen) < PER_KIND - 1:
        richest = max(pages, key=lambda page: len(page.features - seen))
        if chosen and richest.features <= seen:
            break
        chosen.append(richest)
        seen |= richest.features
    return chosen if barest in chosen else [*chosen, barest]
