"""What is to be made when the whole site was planned, and what is there already."""

from __future__ import annotations

from collections.abc import Sequence

from generator.assemble.gate import next_due, next_update
from generator.cache import Cache
from generator.contracts import Toolbox
from generator.given import Given, basis_of
from generator.model.diagnostic import Diagnostic
from generator.model.job import Order
from generator.model.request import Request
from generator.outline import outline_of
from generator.render import in_place, keyed
from generator.retouch import Planned
from generator.survey import Survey
from generator.theme.environment import make_theme


def planned_whole(
    known: Survey,
    orders: Sequence[Order],
    found: tuple[Diagnostic, ...],
    given: Given,
    request: Request,
    cache: Cache,
    toolbox: Toolbox,
) -> Planned:
    """Give all orders of a site their keys; `found` is what was odd about it."""
    theme = make_theme(known.layers, {known.site.lang: known.site.shell}, toolbox.filters)
    asked = tuple(keyed(orders, theme, known.site.frame, toolbox.plugins))
    output, articles = request.output_folder, known.articles
    due = next_due(articles, request.now)
    moments = [moment for moment in (due, next_update(articles, request.now)) if moment]
    of_content = tuple(problem for problem in found if problem not in given.problems)
    return Planned(
        asked=asked,
        kept={} if request.clean else in_place(asked, cache.ledger, output, cache.opened),
        theme=theme,
        files=known.content.files,
        problems=found,
        articles=len(known.site.entries),
        held=known.site.held,
        due=due,
        content=known.content.digest,
        basis=basis_of(given, known.content.digest, request, toolbox.plugins),
        outline=lambda: outline_of(known.site, of_content, due, min(moments, default=None)),
    )
