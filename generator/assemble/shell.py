"""The Shell: what stands around every page, and must not change when an article is edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.config.locale import Locale
from generator.config.schema import Config
from generator.model import urls
from generator.model.article import Article
from generator.model.site import StaticFile
from generator.model.urls import Base
from generator.model.views import Feed, Link, Shell

ABOUT = ("a-propos", "about")
"""Slugs of the page that the default navigation names."""
PRELOADED = ("static/fonts/source-serif-4-latin-wght-normal.woff2",)
"""The one font file that the first screen needs, as long as the theme's own serif is used."""
FEEDS = (
    ("rss", "/feed.xml", "application/rss+xml", "RSS"),
    ("atom", "/atom.xml", "application/atom+xml", "Atom"),
    ("json", "/feed.json", "application/feed+json", "JSON Feed"),
)
MADE = ("rss",)
"""The formats that we can make so far."""


def make_shell(
    config: Config,
    locale: Locale,
    base: Base,
    *,
    static: Iterable[StaticFile],
    pages: Mapping[str, tuple[Article, str]],
    years: tuple[int, int],
) -> Shell:
    """The newsletter's frame; `pages` has each page with its address, by source path."""
    named = {file.origin: base.relative(file.address) for file in static}
    navigation = _navigation(config, locale, base, pages)
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
            Feed(config.title, base.absolute(address), type_, name)
            for format_, address, type_, name in FEEDS
            if format_ in config.feeds.formats and format_ in MADE
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


def subscribe_address(locale: Locale) -> str:
    """The address of the page that explains the feeds."""
    return f"/{locale.word('slug_subscribe')}/"


def briefing_address(locale: Locale) -> str:
    """The address of the briefing."""
    return f"/{locale.word('slug_briefing')}/"


def _navigation(
    config: Config, locale: Locale, base: Base, pages: Mapping[str, tuple[Article, str]]
) -> tuple[Link, ...]:
    if config.navigation:
        return tuple(
            Link(entry.label, _where(entry.address, base, pages)) for entry in config.navigation
        )
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


def _where(address: str, base: Base, pages: Mapping[str, tuple[Article, str]]) -> str:
    """A navigation entry leads to a URL, to a page by its content path, or to an address."""
    if urls.is_external(address):
        return address
    path = address.removeprefix("/")
    for candidate in (path, f"content/{path}"):
        if candidate in pages:
            return base.relative(pages[candidate][1])
    return base.relative(address)
