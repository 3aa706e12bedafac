"""The page of an article that was just edited, before the rest of the site is made.

A writer looks at one page. As long as an edit leaves alone what other pages know of the article
(its place, its date, its tags), that page can be printed from the last survey in a few
milliseconds, whatever the size of the archive. It is what the build that follows makes as well;
when that cannot be known, there is no proof and the writer waits for the build.
"""

from __future__ import annotations

from msgspec.structs import replace

from generator.assemble.assemble import resolve_all
from generator.assemble.entries import entry_again
from generator.assemble.links import Resolved
from generator.builtin import BUILTIN
from generator.content.load import read
from generator.content.parse import parse
from generator.contracts import Toolbox
from generator.model.article import Article, Body
from generator.model.job import Order
from generator.model.source import Source
from generator.outputs.articles import order_of
from generator.plugins import installed, merge
from generator.survey import Survey
from generator.theme.environment import JinjaTheme, TemplateMistake, make_theme

KNOWN_ELSEWHERE = (
    *("path", "slug", "lang", "is_page", "is_bundle", "date", "expires", "draft", "permalink"),
    *("aliases", "tags", "authors", "image", "series", "featured", "enclosure", "guid", "template"),
    "anchors",
)
"""What another page, or an address, may hang on."""


class Proofs:
    """Prints proofs from the last survey that a build gave."""

    def __init__(self) -> None:
        self._known: tuple[Survey, JinjaTheme] | None = None
        self._toolbox: Toolbox = merge((BUILTIN, *installed()))

    def learn(self, survey: Survey) -> None:
        """Go on from the survey of a build that went well; templates are compiled only anew when
        they changed.
        """
        shells = {survey.site.lang: survey.site.shell}
        theme = self._known[1] if self._known else None
        if theme is None or (theme.layers, theme.shells) != (survey.layers, shells):
            theme = make_theme(survey.layers, shells, self._toolbox.filters)
        self._known = (survey, theme)  # at once: a proof may be made meanwhile, on another thread

    def page(self, path: str) -> tuple[str, bytes] | None:
        """The page of the article or page at a source path, as (path in the output, bytes); None
        when only a build can tell.
        """
        if self._known is None:
            return None
        survey, theme = self._known
        if path not in survey.content.files:
            return None
        source = read(survey.content.files[path])
        if not isinstance(source, Source):
            return None
        parsed = parse(source, survey.settings)
        if parsed.article is None or parsed.body is None or parsed.problems:
            return None
        order = self._order(survey, parsed.article)
        return _printed(order, parsed.body, theme, self._toolbox) if order else None

    def _order(self, survey: Survey, article: Article) -> Order | None:
        site = survey.site
        old = site.entries.get(article.path) or site.pages.get(article.path)
        if old is None or _told(old.article) != _told(article):
            return None
        links = resolve_all(article, survey.places)
        sure = {"", *(_address(link) for link in resolve_all(old.article, survey.places))}
        if any(link.problem or _address(link) not in sure for link in links):
            return None
        entry = entry_again(old, article, [link.url for link in links])
        kept = {article.path: entry}
        if article.is_page:
            return order_of(replace(site, pages={**site.pages, **kept}), entry)
        return order_of(replace(site, entries={**site.entries, **kept}), entry)


def _address(link: Resolved) -> str:
    """The address of the site that a link leads to, which only a plan can confirm; else nothing."""
    return link.promise.address if link.promise else ""


def _told(article: Article) -> tuple[object, ...]:
    return tuple(getattr(article, name) for name in KNOWN_ELSEWHERE)


def _printed(
    order: Order, body: Body, theme: JinjaTheme, toolbox: Toolbox
) -> tuple[str, bytes] | None:
    path, _ = order.bodies[0]
    try:
        made = toolbox.outputs[order.kind].render(order.job(), theme, {path: body})
    except TemplateMistake:
        return None
    return (order.path, made) if isinstance(made, bytes) else None
