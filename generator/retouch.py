"""What is to be made when nothing but the text of a few articles changed.

The rest of the site knows of an article its title, its date, its place and the like; of its text
only its own page and its feeds do. So as long as an edit leaves alone what others know, and nothing
else is new, every other order has the key that it had: it need not be planned to know that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.cache import Cache
from generator.content.load import Found
from generator.contracts import Toolbox
from generator.engine.ledger import Lines
from generator.given import Given, basis_of
from generator.model.article import OWN, Article, Ref
from generator.model.diagnostic import NOWHERE, Diagnostic
from generator.model.job import Order
from generator.model.report import Held
from generator.model.request import Request
from generator.model.site import Site
from generator.outline import Outline
from generator.reading import Edited, article_on, read_edited
from generator.render import Keyed, in_place, keyed, untouched
from generator.theme.environment import JinjaTheme, make_theme


class Planned(Struct, frozen=True):
    """What is asked for, what is there already, and what is to be said."""

    asked: tuple[Keyed, ...]
    kept: Lines
    """Files that need not be made, by path."""
    theme: JinjaTheme
    files: Mapping[str, Found]
    """Markdown files by source path."""
    problems: tuple[Diagnostic, ...]
    articles: int
    held: tuple[Held, ...]
    due: float | None
    """When an article appears or expires next, in seconds since 1970."""
    content: str
    """Digest of the content's files."""
    basis: str
    """Digest of what the plan was made from."""
    outline: Callable[[], Outline] | None = None
    """Draws what is to be kept of it; None when what is kept is still right."""


def retouched(request: Request, given: Given, cache: Cache, toolbox: Toolbox) -> Planned | None:
    """Plan what a few edited texts make necessary; None when everything is to be planned."""
    if request.clean or not cache.basis or any(k.again is None for k in toolbox.outputs.values()):
        return None
    edited = read_edited(given.found, given.settings, cache.shelf, cache.opened)
    if not edited or not _is_their_own(edited):
        return None
    if basis_of(given, edited.before.digest, request, toolbox.plugins) != cache.basis:
        return None
    outline = cache.outline()
    if not outline or not outline.holds_at(request.now) or _concerned(edited, outline.problems):
        return None
    try:
        site = outline.site_at(request.now, article_on(cache.shelf, given.settings))
        orders = _orders(site, [article.path for article, _ in edited.articles], toolbox)
    except KeyError:  # an article's record is lost
        return None
    theme = make_theme(given.layers, {site.lang: site.shell}, toolbox.filters)
    asked = tuple(keyed(orders, theme, site.frame, toolbox.plugins))
    paths = {order.path for order in orders}
    others = {path: line for path, line in cache.ledger.items() if path not in paths}
    if not untouched(others, request.output_folder):
        return None
    return Planned(
        asked=asked,
        kept={**others, **in_place(asked, cache.ledger, request.output_folder, cache.opened)},
        theme=theme,
        files=edited.files,
        problems=(*given.problems, *outline.problems),
        articles=len(site.entries),
        held=site.held,
        due=outline.due,
        content=edited.after.digest,
        basis=basis_of(given, edited.after.digest, request, toolbox.plugins),
    )


def _orders(site: Site, edited: Iterable[str], toolbox: Toolbox) -> list[Order]:
    """The orders that hold what was edited, each once."""
    entries = [site.entries.get(path) or site.pages[path] for path in edited if _is_on(site, path)]
    orders = {}
    for kind in toolbox.outputs.values():
        for entry in entries:
            orders.update({o.path: o for o in kind.again(site, entry)} if kind.again else {})
    return list(orders.values())


def _is_on(site: Site, path: str) -> bool:
    """Whether an article is online; one that is held back is in no output."""
    return path in site.entries or path in site.pages


def _is_their_own(edited: Edited) -> bool:
    """Whether what changed is what nobody but the articles themselves can know."""
    return all(_told(before) == _told(after) for before, after in edited.articles)


def _told(article: Article) -> tuple[Article, list[Ref]]:
    """What others know of an article, and where its links lead: wherever they stand in it."""
    return replace(article, **OWN), [replace(r, place=NOWHERE, line_text="") for r in article.refs]


def _concerned(edited: Edited, problems: Iterable[Diagnostic]) -> bool:
    """Whether one of the edited articles was complained of: it may be right now, or elsewhere."""
    paths = {article.path for article, _ in edited.articles}
    return any(problem.place.path in paths for problem in problems)
