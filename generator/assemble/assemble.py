"""Articles in, Site out: what is visible, where it stands, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from generator.assemble import addresses, collections, gate, neighbours
from generator.assemble.entries import make_entries
from generator.assemble.links import NOWHERE, Map, Resolved, resolve
from generator.assemble.shell import make_shell, navigation_targets
from generator.config.locale import Locale
from generator.config.schema import Config
from generator.engine import digest
from generator.feeds.identity import guid
from generator.model.article import Article, Ref
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.report import Status
from generator.model.request import Request
from generator.model.site import Entry, Habits, Site, StaticFile
from generator.model.source import Asset
from generator.model.urls import Base
from generator.model.words import OwnTables


class Material(Struct, frozen=True, kw_only=True):
    """What a site is made from."""

    articles: tuple[Article, ...]
    """All that parsed."""
    assets: tuple[Asset, ...]
    failed: frozenset[str]
    """Source paths of files that could not be read or parsed."""
    config: Config
    config_places: Mapping[str, Place]
    """Where the keys of the configuration stand."""
    base: Base
    own_tables: OwnTables
    """The newsletter's own words."""
    locale: Locale
    static: tuple[StaticFile, ...]


class Assembled(Struct, frozen=True):
    """The site, and what is known of articles that are not in it."""

    site: Site
    places: Map
    """Everything that can be linked to."""
    statuses: dict[str, Status]
    """Of every article and page, by source path."""
    addresses: dict[str, str]
    """Where each is, or would be."""
    problems: tuple[Diagnostic, ...]


def assemble(material: Material, request: Request) -> Assembled:
    """Make the site: let through what is visible, find its place, resolve what it refers to."""
    config = material.config
    everyone = neighbours.sorted_newest_first(material.articles)
    gated = gate.gate(everyone, request.now, drafts=request.drafts, future=request.future)
    placed, bad_places = _place(everyone, config.permalink)
    places = _map(everyone, gated.visible, material, placed)
    resolved = {a.path: resolve_all(a, places) for a in gated.visible}
    navigation = navigation_targets(config, places, material.config_places)
    links = [*navigation, *(link for found in resolved.values() for link in found)]
    online = [a for a in gated.visible if not a.is_page]
    due = [a for a in everyone if gated.statuses[a.path] == "scheduled"]
    keys = collections.tag_keys((*online, *due), config.tags)
    signed = collections.author_names(online, config.authors)
    portraits, bad_portraits = _portraits(config, places)
    authors, bad_authors = collections.make_authors(online, signed, config.authors, portraits)
    redirects, bad_aliases = addresses.redirects(gated.visible, placed)
    tags = collections.make_tags(online, keys, config.tags, config.language)
    entries = make_entries(
        gated.visible,
        statuses=gated.statuses,
        urls={path: tuple(link.url for link in found) for path, found in resolved.items()},
        places=places,
        keys={article.path: keys[article.path] for article in online},
        signed=signed,
        tags=tags,
        authors=authors,
    )
    site = _site(
        material,
        request,
        entries=entries,
        navigation=navigation,
        tags=tags,
        authors=authors,
        redirects=redirects,
        copies=addresses.copies(material.assets, addresses.bundles(everyone), places.addresses),
        held=gated.held,
        promises=tuple(link.promise for link in links if link.promise),
    )
    problems = (
        *bad_places,
        *(link.problem for link in links if link.problem),
        *_problems_to_come(due, places),
        *collections.check_tags((*online, *due), keys, config.tags, config.language),
        *bad_aliases,
        *bad_authors,
        *_same_guids(online, site.identity),
        *bad_portraits,
    )
    return Assembled(site, places, gated.statuses, placed, tuple(dict.fromkeys(problems)))


def _site(
    material: Material,
    request: Request,
    *,
    entries: Mapping[str, Entry],
    navigation: tuple[Resolved, ...],
    **found: Any,
) -> Site:
    """The site of its entries, with the shell that stands around every page."""
    config, base = material.config, material.base
    articles = {path: e for path, e in entries.items() if not e.article.is_page}
    pages = {path: e for path, e in entries.items() if e.article.is_page}
    shell = make_shell(
        config,
        material.locale,
        base,
        static=material.static,
        chosen=navigation,
        pages={path: (e.article, e.address) for path, e in pages.items()},
        years=_years((e.article for e in articles.values()), request.now),
    )
    return Site(
        base=base,
        lang=config.language,
        shell=shell,
        description=config.description or config.motto,
        identity=config.id or base.url,
        now=request.now,
        habits=_habits(config),
        entries=articles,
        pages=pages,
        static=material.static,
        frame=_frame(config, base, material.own_tables),
        own_tables=material.own_tables,
        hosts=tuple(dict.fromkeys(config.publish.host)),
        **found,
    )


def _place(
    articles: Iterable[Article], pattern: str
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    found = {a.path: addresses.article_address(a, pattern) for a in articles}
    problems = (problem for _, bad in found.values() for problem in bad)
    return {path: address for path, (address, _) in found.items()}, tuple(problems)


def _map(
    everyone: Iterable[Article],
    visible: Iterable[Article],
    material: Material,
    placed: Mapping[str, str],
) -> Map:
    base, assets = material.base, material.assets
    articles = {a.path: a for a in everyone}
    online = {a.path: placed[a.path] for a in visible}
    copies = addresses.copies(assets, addresses.bundles(articles.values()), online)
    files = {copy.asset.path: copy.address for copy in copies}
    hidden = frozenset(a.path for a in assets if a.path not in files)
    by_url = {base.relative(copy.address): copy.asset for copy in copies}
    sizes = {url: asset.size for url, asset in by_url.items()}
    extents = {url: asset.extent for url, asset in by_url.items() if any(asset.extent)}
    return Map(base, articles, online, files, sizes, extents, hidden, material.failed)


def resolve_all(article: Article, places: Map) -> tuple[Resolved, ...]:
    """Where its references lead, and after them its lead image and its enclosure."""
    image = resolve(article.image, article, places) if article.image else NOWHERE
    enclosure = NOWHERE
    if article.enclosure:
        ref = Ref("src", article.enclosure.url, place=article.place("enclosure"))
        enclosure = resolve(ref, article, places)
    return (*(resolve(ref, article, places) for ref in article.refs), image, enclosure)


def _problems_to_come(due: Iterable[Article], places: Map) -> Iterable[Diagnostic]:
    """What would stop the build on the morning when a scheduled article appears."""
    for article in due:
        for link in resolve_all(article, places):
            problem = link.problem
            if problem and problem.severity == "error" and problem.code != "image-held":
                yield problem  # its own pictures will come with it


def _same_guids(articles: Sequence[Article], identity: str) -> Iterable[Diagnostic]:
    """Two articles with one identity: readers would show one of them (FEEDS, Identity).

    A renamed article keeps the identity of its old path, at which there may be a new one; only
    then need all identities be derived.
    """
    renamed = any(article.guid.startswith("urn:uuid:") for article in articles)
    first: dict[str, str] = {}
    for article in articles:
        derived = guid(identity, article.stem) if renamed else article.stem
        own = article.guid or derived
        owner = first.setdefault(own, article.path)
        if owner != article.path:
            yield error("same-guid", article.place("guid"), guid=own, other=owner)


def _portraits(config: Config, places: Map) -> tuple[dict[str, str], list[Diagnostic]]:
    found, problems = {}, []
    owner = Article(path="content/.", digest="", title="", slug="", lang=config.language)
    for author in config.authors:
        if author.image:
            link = resolve(Ref("src", author.image), owner, places)
            found[author.name] = link.url
            problems += [link.problem] if link.problem else []
    return found, problems


def _habits(config: Config) -> Habits:
    return Habits(
        per_page=config.per_page,
        callout_inline=config.key_points.position == "inline",
        card_points=config.key_points.cards,
        feed_items=config.feeds.items,
        feed_full=config.feeds.content == "full",
        feed_size=config.feeds.size * 1000,
        feed_formats=config.feeds.formats,
        tag_feeds=config.feeds.tags,
        author_feeds=config.feeds.authors,
        hubs=config.feeds.hubs,
    )


def _frame(config: Config, base: Base, own_tables: OwnTables) -> str:
    told = (config.description or config.motto, config.id, config.language)
    return digest.of_value((base, told, _habits(config), own_tables))


def _years(articles: Iterable[Article], now: datetime) -> tuple[int, int]:
    years = [a.date.year for a in articles if a.date] or [now.year]
    return min(years), max(years)
