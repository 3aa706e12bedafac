"""The newsletter as far as it can be known without making a page: load, parse, assemble."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from generator.assemble.assemble import Material, assemble
from generator.assemble.links import Map
from generator.cache import Cache, open_cache
from generator.config.locale import read_locale
from generator.config.own_tables import read_own_tables
from generator.config.read import config_path, key_places, read_config
from generator.config.schema import Config
from generator.content.settings import settings_for
from generator.content.typeset import typeset
from generator.engine.engine import HERE, Engine
from generator.model.article import Article, Settings
from generator.model.diagnostic import Diagnostic, Place, warning
from generator.model.report import Status
from generator.model.request import Request
from generator.model.site import Site
from generator.model.urls import Base
from generator.reading import Content, read_content
from generator.theme.choice import check_templates
from generator.theme.layers import Layers, read_layers
from generator.theme.static import favicon, press_static

AT_HOME = "http://localhost:8000/"
"""Where a site is looked at that has no address yet."""


class Survey(Struct, frozen=True):
    """The newsletter as far as it can be known without making a page."""

    config: Config
    config_digest: str
    """Of its file's bytes."""
    locales: dict[str, str]
    """Digests of the newsletter's own tables of words, by path."""
    layers: Layers
    settings: Settings
    content: Content
    site: Site
    places: Map
    """Everything that can be linked to."""
    statuses: dict[str, Status]
    """By source path."""
    addresses: dict[str, str]
    """Where each article and page is, or would be, by source path."""
    problems: tuple[Diagnostic, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All that parsed, whether visible or not."""
        return self.content.articles


def look_over(request: Request, engine: Engine = HERE) -> Survey:
    """Survey a newsletter that nothing will be made of. Raises OSError."""
    with open_cache(Path(request.folder), request.output_folder) as cache:
        return survey(request, cache, engine)


def survey(request: Request, cache: Cache, engine: Engine) -> Survey:
    """Load, parse and assemble; mistakes come back as diagnostics. Raises OSError."""
    folder = Path(request.folder)
    file = Path(request.config_file) if request.config_file else None
    config, bad_config, config_digest = read_config(folder, file)
    base = Base(f"{(request.base_url or config.base_url or AT_HOME).rstrip('/')}/")
    layers, bad_layers = read_layers(folder)
    own = read_own_tables(folder)
    settings = settings_for(config, own.tables)
    content = read_content(folder, settings, cache.shelf, engine, cache.opened)
    material = Material(
        articles=content.articles,
        assets=content.assets,
        failed=content.failed,
        config=typeset(config),
        config_places=key_places(folder, file) if config.navigation else {},
        base=base,
        own_tables=own.tables,
        locale=read_locale(config.language, own.tables),
        static=(favicon(config.title, config.theme), *press_static(layers, config.theme, base)),
    )
    assembled = assemble(material, request)
    return Survey(
        config=config,
        config_digest=config_digest,
        locales=own.digests,
        layers=layers,
        settings=settings,
        content=content,
        site=assembled.site,
        places=assembled.places,
        statuses=assembled.statuses,
        addresses=assembled.addresses,
        problems=(
            *bad_config,
            *_homeless(request, config, bad_config),
            *own.problems,
            *bad_layers,
            *content.problems,
            *check_templates(content.articles, layers),
            *assembled.problems,
        ),
    )


def _homeless(
    request: Request, config: Config, problems: Iterable[Diagnostic]
) -> Iterable[Diagnostic]:
    """A site without an address; said only when nothing worse is wrong with the configuration."""
    if request.base_url or config.base_url or any(p.severity == "error" for p in problems):
        return
    file = Path(request.config_file) if request.config_file else None
    yield warning("no-base-url", Place(config_path(Path(request.folder), file)), local=AT_HOME)
