"""Articles in, Site out: what is visible, where it stands, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from generator.assemble import addresses, collections, gate, neighbours
from generator.assemble.entries import make_entries
from generator.assemble.links import Map, Resolved, resolve
from generator.assemble.shell import make_shell, navigation_targets
from generator.config.locale import Locale
from generator.config.schema import Config
from generator.engine import digest
from generator.model.article import Article, Ref
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.report import Status
from generator.model.request import Request
from generator.model.site import Habits, Site, StaticFile
from generator.model.source import Asset
from generator.model.urls import Base


class Assembled(Struct, frozen=True):
    """The site, and what is known of articles that are not in it."""

    site: Site
    statuses: dict[str, Status]
    """Of every article and page, by source path."""
    addresses: dict[str, str]
    """Where each is, or would be."""
    problems: tuple[Diagnostic, ...]


def assemble(
    articles: tuple[Article, ...],
    assets: tuple[Asset, ...],
    failed: frozenset[str],
    config: Config,
    base: Base,
    locale: Locale,
    static: tuple[StaticFile, ...],
    request: Request,
    config_places: Mapping[str, Place],
) -> Assembled:
    """Make the site out of all articles that parsed; `failed` names the files that did not, and
    `config_places` says where the keys of the configuration stand.
    """
    everyone = neighbours.sorted_newest_first(articles)
    gated = gate.gate(everyone, request.now, drafts=request.drafts, future=request.future)
    placed, bad_places = _place(everyone, config.permalink)
    places = _map(everyone, gated.visible, assets, failed, placed, base)
    resolved = {a.path: _resolved(a, places) for a in gated.visible}
    navigation = navigation_targets(config, places, config_places)
    links = [*navigation, *(link for found in resolved.values() for link in found)]
    due = [a for a in everyone if gated.statuses[a.path] == "scheduled"]
    redirects, bad_aliases = addresses.redirects(gated.visible)
    portraits, bad_portraits = _portraits(config, places)
    online = [a for a in gated.visible if not a.is_page]
    authors, bad_authors = collections.make_authors(online, config.authors, portraits)
    tags = collections.make_tags(online, config.tags, config.language)
    entries = make_entries(
        gated.visible,
        statuses=gated.statuses,
        addresses=places.addresses,
        urls={path: tuple(link.url for link in found) for path, found in resolved.items()},
        sizes=places.sizes,
        tags=tags,
        authors=authors,
        config=config,
    )
    pages = {path: e for path, e in entries.items() if e.article.is_page}
    site = Site(
        base=base,
        lang=config.language,
        shell=make_shell(
            config,
            locale,
            base,
            static=static,
            chosen=navigation,
            pages={path: (e.article, e.address) for path, e in pages.items()},
            years=_years(online, request.now),
        ),
        description=config.description or config.motto,
        identity=config.id or base.url,
        now=request.now,
        habits=_habits(config),
        entries={path: e for path, e in entries.items() if not e.article.is_page},
        pages=pages,
        tags=tags,
        authors=authors,
        redirects=redirects,
        copies=addresses.copies(assets, addresses.bundles(everyone), places.addresses),
        static=static,
        held=gated.held,
        promises=tuple(link.promise for link in links if link.promise),
        frame=_frame(config, base),
    )
    problems = (
        *bad_places,
        *(link.problem for link in links if link.problem),
        *_problems_to_come(due, places),
        *collections.check_tags((*online, *due), config.tags, config.language),
        *bad_aliases,
        *bad_authors,
        *_same_guids(online),
        *bad_portraits,
    )
    return Assembled(site, gated.statuses, placed, tuple(dict.fromkeys(problems)))


def _place(
    articles: Iterable[Article], pattern: str
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    found = {a.path: addresses.article_address(a, pattern) for a in articles}
    problems = (problem for _, bad in found.values() for problem in bad)
    return {path: address for path, (address, _) in found.items()}, tuple(problems)


def _map(
    everyone: Iterable[Article],
    visible: Iterable[Article],
    assets: tuple[Asset, ...],
    failed: frozenset[str],
    placed: Mapping[str, str],
    base: Base,
) -> Map:
    articles = {a.path: a for a in everyone}
    online = {a.path: placed[a.path] for a in visible}
    copies = addresses.copies(assets, addresses.bundles(articles.values()), online)
    files = {copy.asset.path: copy.address for copy in copies}
    hidden = frozenset(a.path for a in assets if a.path not in files)
    sizes = {base.relative(copy.address): copy.asset.size for copy in copies}
    return Map(base, articles, online, files, sizes, hidden, failed)


def _resolved(article: Article, places: Map) -> tuple[Resolved, ...]:
    """Where its references lead, and after them its lead image and its enclosure."""
    image = resolve(article.image, article, places) if article.image else Resolved()
    enclosure = Resolved()
    if article.enclosure:
        ref = Ref("src", article.enclosure.url, place=article.place("enclosure"))
        enclosure = resolve(ref, article, places)
    return (*(resolve(ref, article, places) for ref in article.refs), image, enclosure)


def _problems_to_come(due: Iterable[Article], places: Map) -> Iterable[Diagnostic]:
    """What would stop the build on the morning when a scheduled article appears."""
    for article in due:
        for link in _resolved(article, places):
            problem = link.problem
            if problem and problem.severity == "error" and problem.code != "image-held":
                yield problem  # its own pictures will come with it


def _same_guids(articles: Iterable[Article]) -> Iterable[Diagnostic]:
    """Two articles with one identity: readers would show one of them (FEEDS, Identity)."""
    first: dict[str, str] = {}
    for article in articles:
        owner = first.setdefault(article.guid, article.path) if article.guid else article.path
        if owner != article.path:
            yield error("same-guid", article.place("guid"), guid=article.guid, other=owner)


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
        feed_formats=config.feeds.formats,
        hubs=config.feeds.hubs,
    )


def _frame(config: Config, base: Base) -> str:
    told = (config.description or config.motto, config.id, config.language)
    return digest.of_value((base, told, _habits(config)))


def _years(articles: Iterable[Article], now: datetime) -> tuple[int, int]:
    years = [a.date.year for a in articles if a.date] or [now.year]
    return min(years), max(years)
