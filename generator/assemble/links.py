"""What authors' links and images lead to: other content files by their path, or addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from difflib import get_close_matches
from urllib.parse import quote

from msgspec import Struct

from generator.model import urls
from generator.model.article import Article, Ref
from generator.model.diagnostic import Diagnostic, error, warning
from generator.model.site import Promise
from generator.model.urls import Base

CLOSE = 0.8
"""How alike two paths must be (difflib's ratio) for one to be a likely slip for the other."""


class Map(Struct, frozen=True):
    """Everything that can be linked to, by its path in the newsletter."""

    base: Base
    articles: Mapping[str, Article]
    """Every article and page that parsed, visible or not."""
    addresses: Mapping[str, str]
    """Where they are: only those that are online."""
    files: Mapping[str, str]
    """Addresses of copied content files that are online."""
    sizes: Mapping[str, int]
    """Bytes of copied content files, by URL."""
    extents: Mapping[str, tuple[int, int]]
    """Width and height of copied pictures in pixels, by URL."""
    hidden: frozenset[str]
    """Content files that belong to articles which are not online."""
    failed: frozenset[str]
    """Content files that could not be read or parsed: they are there, and complained of already."""


class Resolved(Struct, frozen=True):
    """Where one reference leads."""

    url: str = ""
    """Root-relative; empty when it leads to something that is not online."""
    problem: Diagnostic | None = None
    promise: Promise | None = None
    """An address that only the finished plan can confirm."""


NOWHERE = Resolved()
"""What nothing leads to."""


def resolve(ref: Ref, owner: Article, places: Map) -> Resolved:
    """Find what a reference of an article leads to."""
    if urls.is_external(ref.target):
        return Resolved(ref.target + _fragment(ref))
    for path in candidates(ref.target, owner.path):
        if path in places.articles:
            return _to_article(ref, places.articles[path], places)
        if path in places.files:
            return Resolved(places.base.relative(places.files[path]) + _fragment(ref))
        if path in places.hidden:
            held = _say(ref, "image-held", target=ref.target)
            return Resolved(problem=held if ref.kind != "href" else _warning("link-held", ref))
        if path in places.failed:
            return Resolved()
    if ref.target.startswith("/"):
        return _to_address(ref, places)
    return Resolved(problem=_unknown(ref, owner, places))


def broken(promise: Promise, outputs: frozenset[str]) -> Diagnostic | None:
    """Hold a link to an address of the site against what the site will consist of."""
    path = urls.output_path(promise.address)
    if path in outputs or urls.output_path(promise.address + "/") in outputs:
        return None
    known = ["/" + output.removesuffix("index.html") for output in outputs]
    near = get_close_matches("/" + path.removesuffix("index.html"), known, n=1, cutoff=CLOSE)
    if not near:
        return _say(promise.ref, "dead-link-unlike", target=promise.ref.target)
    return _say(promise.ref, "dead-link", target=promise.ref.target, known=near[0])


def candidates(target: str, owner: str) -> list[str]:
    """The content paths that a reference may mean, the likeliest first."""
    folder = "content" if target.startswith("/") else posixpath.dirname(owner) + "/"
    path = folder + target
    if "/." in path or "//" in path:  # few need the dear way
        path = posixpath.normpath(path)
    path = path.rstrip("/")
    return [path, f"{path}.md", f"{path}/index.md"]


def _to_article(ref: Ref, article: Article, places: Map) -> Resolved:
    if article.path not in places.addresses:
        return Resolved(problem=_warning("link-held", ref))
    url = places.base.relative(places.addresses[article.path]) + _fragment(ref)
    if ref.fragment and ref.fragment not in article.anchors:
        near = get_close_matches(ref.fragment, article.anchors, n=1)
        known = near[0] if near else ", ".join(article.anchors[:8]) or "–"
        return Resolved(url, _warning("dead-anchor", ref, anchor=ref.fragment, known=known))
    return Resolved(url)


def _to_address(ref: Ref, places: Map) -> Resolved:
    """An address typed as readers see it, with or without the base path."""
    address = ref.target
    if places.base.path != "/" and address.startswith(places.base.path):
        address = "/" + address.removeprefix(places.base.path)
    address, mark, query = address.partition("?")
    url = places.base.relative(address) + mark + query + _fragment(ref)
    return Resolved(url, promise=Promise(address, ref))


def _unknown(ref: Ref, owner: Article, places: Map) -> Diagnostic:
    known = [*places.articles, *places.files, *places.failed]
    wanted = candidates(ref.target, owner.path)[0]
    near = get_close_matches(wanted, known, n=1, cutoff=CLOSE) or [
        p for p in known if posixpath.basename(p) == posixpath.basename(wanted)
    ]
    folder = posixpath.dirname(owner.path)
    shown = posixpath.relpath(near[0], folder) if near else wanted
    code = "unknown-file" if near else "missing-file"
    return _say(ref, code, target=ref.target, known=shown)


def _fragment(ref: Ref) -> str:
    return "#" + quote(ref.fragment, safe="~-._!$&'()*+,;=:@/?") if ref.fragment else ""


def _say(ref: Ref, code: str, **values: object) -> Diagnostic:
    """An error in Markdown; in raw HTML, where the author may know better, a warning."""
    say = warning if ref.raw else error
    return say(code, ref.place, line_text=ref.line_text, **values)


def _warning(code: str, ref: Ref, **values: object) -> Diagnostic:
    return warning(code, ref.place, line_text=ref.line_text, target=ref.target, **values)
