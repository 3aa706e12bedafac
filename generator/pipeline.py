"""The whole program, in a line: load, parse, assemble, plan, render, write.

Nothing is written until everything is known to be right.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.assemble.gate import next_due
from generator.builtin import BUILTIN
from generator.cache import open_cache
from generator.engine.engine import HERE, Engine
from generator.model.diagnostic import Diagnostic, Stop
from generator.model.report import Report
from generator.model.request import Request
from generator.plan import plan
from generator.plugins import installed, merge, offered
from generator.reading import bodies_of
from generator.render import Press, in_place, keyed, render_all
from generator.sources import of_sources
from generator.survey import Survey, survey
from generator.theme.environment import make_theme
from generator.write.lock import one_at_a_time
from generator.write.manifest import read_manifest, recovered, unsuitable
from generator.write.prune import remove_all
from generator.write.write import staging, write


def build(
    request: Request, engine: Engine = HERE, learn: Callable[[Survey], None] | None = None
) -> Report:
    """Make the site; the engine does the heavy work, `learn` is told what was made a site of.

    Raises Stop with everything that is wrong, before a byte is written; OSError as writing does.
    """
    started = time.perf_counter()
    folder, output = Path(request.folder), request.output_folder
    with one_at_a_time(folder), open_cache(folder, output) as cache:
        settle(unsuitable(output, folder), request)
        before, foreign = read_manifest(output)
        before = before if before.files else recovered(output, cache.ledger)
        known = survey(request, cache, engine)
        toolbox = merge((BUILTIN, *installed()))
        orders, clashes = plan(known.site, toolbox)
        found = (*cache.problems, *foreign, *known.problems, *clashes)
        problems = settle(found, request)
        shells = {known.site.lang: known.site.shell}
        theme = make_theme(known.layers, shells, toolbox.filters)
        asked = keyed(orders, theme, known.site.frame, toolbox.plugins)
        kept = {} if request.clean else in_place(asked, cache.ledger, output, cache.opened)
        odd = tuple(problem for line in kept.values() for problem in line.problems)
        pending = [a for a in asked if a.order.path not in kept]
        wanted = (body for a in pending for body in a.order.bodies)
        bodies = bodies_of(wanted, known.content, known.settings, cache.shelf)
        with staging(output) as aside:
            press = Press(toolbox, theme, bodies, output, aside, request.clean)
            made, mistakes = render_all(pending, press, engine)
            problems = settle((*problems, *mistakes, *odd), request)
            cache.forget_outputs()
            digests = {path: line.digest for path, line in kept.items()}
            written = write(made, digests, output, before, engine.progress)
        left = cache.remember(pending, made, kept)
    if learn:
        learn(known)
    made_from = known.content.digests, known.config_digest, known.locales, known.layers
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
        sources=of_sources(*made_from, offered()),
        outputs=left.outputs,
        why=left.why,
    )


def clean(request: Request) -> tuple[str, ...]:
    """Remove what we wrote into the output, and the cache; gives the removed files."""
    output = request.output_folder
    manifest, _ = read_manifest(output)
    removed = remove_all(output, manifest)
    shutil.rmtree(Path(request.folder) / ".cache", ignore_errors=True)
    return removed


def settle(problems: Iterable[Diagnostic], request: Request) -> tuple[Diagnostic, ...]:
    """Stop when anything is wrong (with `strict`, when anything is odd); else hand on the warnings.

    The one place where diagnostics become a stop.
    """
    found = tuple(dict.fromkeys(problems))
    if any(p.severity == "error" or (request.strict and p.severity == "warning") for p in found):
        raise Stop(found)
    return found
