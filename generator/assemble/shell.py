"""The Shell: what stands around every page, and must not change when an article is edited."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from generator.assemble.links import Map, Resolved, resolve
from generator.config.locale import Locale
from generator.config.schema import Config
from generator.feeds.formats import in_order
from generator.model import urls
from generator.model.article import Article, Ref
from generator.model.diagnostic import Place, warning
from generator.model.site import StaticFile
from generator.model.urls import Base
from generator.model.views import Feed, Link, Shell

ABOUT = ("a-propos", "about")
"""Slugs of the page that the default navigation names."""
PRELOADED = ("static/fonts/source-serif-4-latin-wght-normal.woff2",)
"""The one font file that the first screen needs, as long as the theme's own serif is used."""


def make_shell(
    config: Config,
    locale: Locale,
    base: Base,
    *,
    static: Iterable[StaticFile],
    chosen: Iterable[Resolved],
    pages: Mapping[str, tuple[Article, str]],
    years: tuple[int, int],
) -> Shell:
    """The newsletter's frame; `pages` has each page with its address, by source path; `chosen` is
    where the entries of the configured navigation lead.
    """
    named = {file.origin: base.relative(file.address) for file in static}
    navigation = _navigation(config, locale, base, chosen, pages)
    shown = {link.url for link in navigation}
    others = sorted((page.title, base.relative(address)) for page, address in pages.values())
    first, last = years
    return Shell(
        title=config.title,
        motto=config.motto,
        description=config.description,
        lang=config.language,
        dir=locale.dir,
        home=base.path,
        navigation=navigation,
        feeds=tuple(
            Feed(config.title, base.absolute("/" + known.file), known.type, known.name)
            for known in in_order(config.feeds.formats)
        ),
        subscribe=base.relative(subscribe_address(locale)),
        briefing=base.relative(briefing_address(locale)),
        tags=base.relative("/tags/"),
        archives=base.relative("/archives/"),
        footer=tuple(Link(title, url) for title, url in others if url not in shown),
        copyright=f"© {first}–{last} {config.title}"
        if first < last
        else f"© {last} {config.title}",
        licence=config.licence,
        style=named.get("static/style.css", ""),
        script=named.get("static/marbre.js", ""),
        preload=tuple(
            named[font] for font in PRELOADED if font in named and not config.theme.serif
        ),
        icon=base.relative("/favicon.svg"),
        words=locale.words,
        extra=config.extra,
    )


def navigation_targets(
    config: Config, places: Map, at: Mapping[str, Place]
) -> tuple[Resolved, ...]:
    """Where each entry of the configured navigation leads: to a URL, to a content file by its path,
    or to an address of the site; `at` has the places of the configuration's keys.
    """
    found = []
    for number, entry in enumerate(config.navigation):
        place = at.get(f"navigation.{number}.address", Place("newsletter.yaml"))
        link = _target(entry.address, place, places)
        if link.problem and link.problem.code == "link-held":
            held = warning("navigation-held", place, label=entry.label, target=entry.address)
            link = Resolved(problem=held)
        found.append(link)
    return tuple(found)


def _target(address: str, place: Place, places: Map) -> Resolved:
    if urls.is_external(address):
        return Resolved(address)
    path, _, fragment = address.partition("#")
    path = "/" + unicodedata.normalize("NFC", unquote(path)).removeprefix("content/").lstrip("/")
    if path == "/":
        return Resolved(places.base.relative("/") + (f"#{fragment}" if fragment else ""))
    owner = Article(path="content/.", digest="", title="", slug="", lang="")
    return resolve(Ref("href", path, unquote(fragment), place), owner, places)


def subscribe_address(locale: Locale) -> str:
    """The address of the page that explains the feeds."""
    return f"/{locale.word('slug_subscribe')}/"


def briefing_address(locale: Locale) -> str:
    """The address of the briefing."""
    return f"/{locale.word('slug_briefing')}/"


def _navigation(
    config: Config,
    locale: Locale,
    base: Base,
    chosen: Iterable[Resolved],
    pages: Mapping[str, tuple[Article, str]],
) -> tuple[Link, ...]:
    if config.navigation:
        named = zip(config.navigation, chosen, strict=True)
        return tuple(Link(entry.label, link.url) for entry, link in named if link.url)
    about = [(page.title, where) for page, where in pages.values() if page.slug in ABOUT][:1]
    default = [
        (locale.word("home"), "/"),
        (locale.word("briefing"), briefing_address(locale)),
        (locale.word("tags"), "/tags/"),
        (locale.word("archives"), "/archives/"),
        *about,
        (locale.word("subscribe"), subscribe_address(locale)),
    ]
    return tuple(Link(label, base.relative(address)) for label, address in default)
