"""The whole program, in a line: load, parse, assemble, plan, render, write.

Nothing is written until everything is known to be right.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from generator.assemble.assemble import assemble
from generator.assemble.gate import next_due
from generator.builtin import BUILTIN
from generator.cache import Cache, open_cache
from generator.config.locale import read_locale
from generator.config.read import config_path, key_places, read_config
from generator.config.schema import Config
from generator.content.settings import settings_for
from generator.content.typeset import typeset
from generator.engine.engine import Engine, Progress, silent
from generator.model.article import Article, Settings
from generator.model.diagnostic import Diagnostic, Place, Stop, warning
from generator.model.report import Report, Status
from generator.model.request import Request
from generator.model.site import Site
from generator.model.urls import Base
from generator.plan import plan
from generator.plugins import installed, merge
from generator.reading import Content, bodies_of, read_content
from generator.render import Press, in_place, keyed, render_all
from generator.theme.choice import check_templates
from generator.theme.environment import JinjaTheme, make_environment
from generator.theme.layers import Layers, read_layers
from generator.theme.static import favicon, press_static
from generator.write.lock import one_at_a_time
from generator.write.manifest import read_manifest, unsuitable
from generator.write.prune import remove_all
from generator.write.write import staging, write

AT_HOME = "http://localhost:8000/"
"""Where a site is looked at that has no address yet."""


class Survey(Struct, frozen=True):
    """The newsletter as far as it can be known without making a page."""

    config: Config
    layers: Layers
    settings: Settings
    content: Content
    site: Site
    statuses: dict[str, Status]
    """By source path."""
    addresses: dict[str, str]
    """Where each article and page is, or would be, by source path."""
    problems: tuple[Diagnostic, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All that parsed, whether visible or not."""
        return self.content.articles


def survey(request: Request, progress: Progress = silent) -> Survey:
    """Load, parse and assemble; mistakes come back as diagnostics. Raises OSError."""
    with open_cache(Path(request.folder), output_of(request)) as cache:
        return _survey(request, cache, Engine(request.jobs, progress))


def _survey(request: Request, cache: Cache, engine: Engine) -> Survey:
    folder = Path(request.folder)
    file = Path(request.config_file) if request.config_file else None
    config, bad_config, _ = read_config(folder, file)
    base = Base(f"{(request.base_url or config.base_url or AT_HOME).rstrip('/')}/")
    layers, bad_layers = read_layers(folder)
    settings = settings_for(config)
    content = read_content(folder, settings, cache.shelf, engine, cache.opened)
    assembled = assemble(
        content.articles,
        content.assets,
        content.failed,
        typeset(config),
        base,
        read_locale(config.language),
        (favicon(config.title, config.theme), *press_static(layers, config.theme, base)),
        request,
        key_places(folder, file) if config.navigation else {},
    )
    return Survey(
        config=config,
        layers=layers,
        settings=settings,
        content=content,
        site=assembled.site,
        statuses=assembled.statuses,
        addresses=assembled.addresses,
        problems=(
            *bad_config,
            *_homeless(request, config, bad_config),
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


def build(request: Request, progress: Progress = silent) -> Report:
    """Make the site.

    Raises Stop with everything that is wrong, before a byte is written; OSError as writing does.
    """
    started = time.perf_counter()
    folder, output = Path(request.folder), output_of(request)
    engine = Engine(request.jobs, progress)
    with one_at_a_time(folder), open_cache(folder, output) as cache:
        settle(unsuitable(output, folder), request)
        before, foreign = read_manifest(output)
        known = _survey(request, cache, engine)
        toolbox = merge((BUILTIN, *installed()))
        orders, clashes = plan(known.site, toolbox)
        found = (*cache.problems, *foreign, *known.problems, *clashes)
        problems = settle(found, request)
        theme = JinjaTheme(
            make_environment(known.layers, toolbox.filters),
            {known.site.lang: known.site.shell},
            known.layers,
        )
        asked = keyed(orders, theme, known.site.frame)
        kept = {} if request.clean else in_place(asked, cache.ledger, output, cache.opened)
        pending = [a for a in asked if a.order.path not in kept]
        wanted = (body for a in pending for body in a.order.bodies)
        bodies = bodies_of(wanted, known.content, known.settings, cache.shelf)
        with staging(output) as aside:
            press = Press(toolbox, theme, bodies, output, aside, request.clean)
            made, mistakes = render_all(pending, press, engine)
            settle((*problems, *mistakes), request)
            cache.forget_outputs()
            digests = {path: line.digest for path, line in kept.items()}
            written = write(made, digests, output, before, progress)
        why = cache.remember(pending, made, kept)
    return Report(
        output=str(output),
        written=written.written,
        unchanged=written.unchanged,
        removed=written.removed,
        articles=len(known.site.entries),
        held=known.site.held,
        diagnostics=problems,
        seconds=time.perf_counter() - started,
        due=next_due(known.content.articles, request.now),
        why=why,
    )


def clean(request: Request) -> tuple[str, ...]:
    """Remove what we wrote into the output, and the cache; gives the removed files."""
    output = output_of(request)
    manifest, _ = read_manifest(output)
    removed = remove_all(output, manifest)
    shutil.rmtree(Path(request.folder) / ".cache", ignore_errors=True)
    return removed


def output_of(request: Request) -> Path:
    """Where the site is written."""
    return Path(request.output) if request.output else Path(request.folder) / "site"


def settle(problems: Iterable[Diagnostic], request: Request) -> tuple[Diagnostic, ...]:
    """Stop when anything is wrong (with `strict`, when anything is odd); else hand on the warnings.

    The one place where diagnostics become a stop.
    """
    found = tuple(dict.fromkeys(problems))
    if any(p.severity == "error" or (request.strict and p.severity == "warning") for p in found):
        raise Stop(found)
    return found
