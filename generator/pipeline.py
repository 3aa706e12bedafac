"""The whole program, in a line: load, parse, assemble, plan, render, write.

Nothing is written until everything is known to be right.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.bodies import ShelvedBodies
from generator.builtin import BUILTIN
from generator.cache import open_cache
from generator.engine.engine import HERE, Engine
from generator.given import read_given
from generator.model.diagnostic import Diagnostic, Stop
from generator.model.report import Report
from generator.model.request import Request
from generator.plan import plan
from generator.plugins import installed, merge, offered
from generator.render import Press, render_all
from generator.retouch import retouched
from generator.sources import of_sources
from generator.survey import Survey, survey
from generator.whole import planned_whole
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
        toolbox, given = merge((BUILTIN, *installed())), read_given(request)
        known = None  # a survey is not needed when nothing but texts changed
        planned = None if learn else retouched(request, given, cache, toolbox)
        if planned is None:
            known = survey(request, cache, engine, given)
            orders, clashes = plan(known.site, toolbox)
            found = (*known.problems, *clashes)
            settle((*cache.problems, *foreign, *found), request)
            planned = planned_whole(known, orders, found, given, request, cache, toolbox)
        problems = settle((*cache.problems, *foreign, *planned.problems), request)
        odd = tuple(problem for line in planned.kept.values() for problem in line.problems)
        pending = [a for a in planned.asked if a.order.path not in planned.kept]
        wanted = (body for a in pending for body in a.order.bodies)
        bodies = ShelvedBodies(wanted, planned.files, given.settings, cache.shelf)
        with staging(output) as aside:
            press = Press(toolbox, planned.theme, bodies, output, aside, request.clean)
            made, mistakes = render_all(pending, press, engine)
            problems = settle((*problems, *mistakes, *odd), request)
            cache.forget_outputs()
            digests = {path: line.digest for path, line in planned.kept.items()}
            written = write(made, digests, output, before, engine.progress)
        outline = planned.outline() if planned.outline else None
        left = cache.remember(pending, made, planned.kept, planned.basis, outline)
    if learn and known:
        learn(known)
    return Report(
        output=str(output),
        written=written.written,
        unchanged=written.unchanged,
        removed=written.removed,
        articles=planned.articles,
        held=planned.held,
        diagnostics=problems,
        seconds=time.perf_counter() - started,
        due=planned.due,
        sources=of_sources(
            planned.content, given.config_digest, given.own.digests, given.layers, offered()
        ),
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
