"""The newsletter as far as it can be known without making a page: load, parse, assemble."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.assemble.assemble import Material, assemble
from generator.assemble.links import Map
from generator.cache import Cache, open_cache
from generator.config.locale import read_locale
from generator.config.schema import Config
from generator.content.typeset import typeset
from generator.engine.engine import HERE, Engine
from generator.given import Given, read_given
from generator.model.article import Article, Settings
from generator.model.diagnostic import Diagnostic
from generator.model.report import Status
from generator.model.request import Request
from generator.model.site import Site
from generator.reading import Content, read_content
from generator.theme.choice import check_templates
from generator.theme.layers import Layers
from generator.theme.static import favicon, press_static


class Survey(Struct, frozen=True):
    """The newsletter as far as it can be known without making a page."""

    config: Config
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


def survey(request: Request, cache: Cache, engine: Engine, given: Given | None = None) -> Survey:
    """Load, parse and assemble; mistakes come back as diagnostics. Raises OSError."""
    given = given or read_given(request)
    config, layers, settings = given.config, given.layers, given.settings
    content = read_content(given.found, settings, cache.shelf, engine, cache.opened)
    theme = press_static(layers, config.theme, given.base)
    material = Material(
        articles=content.articles,
        assets=content.assets,
        failed=content.failed,
        config=typeset(config),
        config_places=given.places,
        base=given.base,
        own_tables=given.own.tables,
        locale=read_locale(config.language, given.own.tables),
        static=(favicon(config.title, config.theme), *theme),
    )
    assembled = assemble(material, request)
    return Survey(
        config=config,
        layers=layers,
        settings=settings,
        content=content,
        site=assembled.site,
        places=assembled.places,
        statuses=assembled.statuses,
        addresses=assembled.addresses,
        problems=(
            *given.problems,
            *content.problems,
            *check_templates(content.articles, layers),
            *assembled.problems,
        ),
    )
