"""Site → Orders: every output kind names its files, and the whole is held against itself."""

from __future__ import annotations

from collections.abc import Iterable

from generator.assemble.links import broken
from generator.contracts import Toolbox
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.job import Order
from generator.model.site import Site


def plan(site: Site, toolbox: Toolbox) -> tuple[tuple[Order, ...], tuple[Diagnostic, ...]]:
    """All orders in the order of writing, and what cannot be: two outputs at one address, links to
    addresses that the site will not have.
    """
    orders = tuple(order for kind in toolbox.outputs.values() for order in kind.plan(site))
    outputs = frozenset(order.path for order in orders)
    dead = (broken(promise, outputs) for promise in site.promises)
    return orders, (*_claimed_twice(orders), *(problem for problem in dead if problem))


def _claimed_twice(orders: Iterable[Order]) -> Iterable[Diagnostic]:
    """Compared without case, because many disks do not tell `/Puces/` from `/puces/`; a file where
    another output needs a folder is the same mistake.
    """
    first: dict[str, Order] = {}
    for order in orders:
        owner = first.setdefault(order.path.casefold(), order)
        if owner is not order:
            yield _collision(order, owner)
    seen: set[str] = set()
    for path, order in first.items():
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            if folder in first:
                yield _collision(order, first[folder])
            folder = folder.rpartition("/")[0]


def _collision(order: Order, owner: Order) -> Diagnostic:
    address = "/" + order.path.removesuffix("index.html")
    is_content = owner.origin.startswith("content/")
    place = Place(owner.origin.removesuffix(" (alias)")) if is_content else Place("")
    if order.origin.startswith("content/"):
        place = Place(order.origin.removesuffix(" (alias)"))
    return error("same-address", place, address=address, one=owner.origin, other=order.origin)
