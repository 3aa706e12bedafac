"""The whole program, in a line: load, parse, assemble, plan, render, write.

Nothing is written until everything is known to be right.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator.assemble.assemble import assemble
from generator.builtin import BUILTIN
from generator.config.locale import read_locale
from generator.config.read import read_config
from generator.config.schema import Config
from generator.content.load import load
from generator.content.parse import parse
from generator.content.settings import settings_for
from generator.content.typeset import typeset
from generator.engine import digest
from generator.engine.engine import Engine, Progress, Serial, silent
from generator.engine.store import NoStore
from generator.model.article import Article, Body
from generator.model.diagnostic import Diagnostic, Stop
from generator.model.report import Report, Status
from generator.model.request import Request
from generator.model.site import Site
from generator.model.urls import Base
from generator.plan import plan
from generator.plugins import installed, merge
from generator.render import render_all
from generator.theme.environment import JinjaTheme, make_environment
from generator.theme.layers import Layers, read_layers
from generator.theme.static import favicon, press_static
from generator.write.lock import one_at_a_time
from generator.write.manifest import read_manifest, unsuitable
from generator.write.prune import remove_all
from generator.write.write import write


class Survey(Struct, frozen=True):
    """The newsletter as far as it can be known without making a page."""

    config: Config
    layers: Layers
    site: Site
    articles: tuple[Article, ...]
    """All that parsed, whether visible or not."""
    bodies: dict[str, Body]
    """By source path."""
    statuses: dict[str, Status]
    """By source path."""
    addresses: dict[str, str]
    """Where each article and page is, or would be, by source path."""
    problems: tuple[Diagnostic, ...]


def survey(request: Request, progress: Progress = silent) -> Survey:
    """Load, parse and assemble; mistakes come back as diagnostics. Raises OSError."""
    folder = Path(request.folder)
    file = Path(request.config_file) if request.config_file else None
    config, bad_config, _ = read_config(folder, file)
    base = Base(f"{(request.base_url or config.base_url).rstrip('/')}/")
    layers = read_layers(folder)
    loaded, unreadable = load(folder)
    settings = settings_for(config)
    context = digest.of_value(settings)
    parsed = tuple(
        Engine(Serial(), progress).map(
            "parse",
            partial(parse, settings=settings),
            loaded.sources,
            store=NoStore(),
            keys=[digest.of_job(source, {"settings": context}) for source in loaded.sources],
        )
    )
    articles = tuple(p.article for p in parsed if p.article)
    static = press_static(layers, config.theme, base)
    assembled = assemble(
        articles,
        loaded.assets,
        frozenset(p.path for p in parsed if not p.article),
        typeset(config),
        base,
        read_locale(config.language),
        (favicon(config.title, config.theme), *static),
        request,
    )
    return Survey(
        config=config,
        layers=layers,
        site=assembled.site,
        articles=articles,
        bodies={p.path: p.body for p in parsed if p.body},
        statuses=assembled.statuses,
        addresses=assembled.addresses,
        problems=(
            *bad_config,
            *unreadable,
            *(problem for p in parsed for problem in p.problems),
            *assembled.problems,
        ),
    )


def build(request: Request, progress: Progress = silent) -> Report:
    """Make the site.

    Raises Stop with everything that is wrong, before a byte is written; OSError as writing does.
    """
    started = time.perf_counter()
    with one_at_a_time(Path(request.folder)):
        output = output_of(request)
        settle(unsuitable(output, Path(request.folder)), request)
        before, foreign = read_manifest(output)
        known = survey(request, progress)
        toolbox = merge((BUILTIN, *installed()))
        jobs, clashes = plan(known.site, toolbox)
        problems = settle((*foreign, *known.problems, *clashes), request)
        environment = make_environment(known.layers, toolbox.filters)
        theme = JinjaTheme(environment, {known.site.lang: known.site.shell}, known.layers)
        engine = Engine(Serial(), progress)
        files, mistakes = render_all(jobs, toolbox, theme, known.bodies, engine, NoStore())
        settle((*problems, *mistakes), request)
        written = write(files, output, before, progress, anew=request.clean)
    return Report(
        output=str(output),
        written=written.written,
        unchanged=written.unchanged,
        removed=written.removed,
        articles=len(known.site.entries),
        held=known.site.held,
        diagnostics=problems,
        seconds=time.perf_counter() - started,
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
