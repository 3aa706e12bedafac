"""Lists that span several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from generator.model.site import Site
from generator.model.urls import page_address
from generator.model.views import Link, Pager

Item = TypeVar("Item")
AROUND = 2
"""How many page numbers are shown on either side of the current one."""


def pages_of(
    site: Site, address: str, items: Sequence[Item], size: int
) -> Iterator[tuple[str, Sequence[Item], Pager]]:
    """Cut a list into pages: (address, items, pager). An empty list is one empty page."""
    total = max(1, -(-len(items) // size))
    for number in range(1, total + 1):
        chosen = items[(number - 1) * size : number * size]
        yield page_address(address, number), chosen, _pager(site, address, number, total)


def pager_part(pager: Pager) -> tuple[str, str]:
    """The part of an order that a page's place in its list is."""
    return ("pages", f"{pager.number}/{pager.total}")


def _pager(site: Site, address: str, number: int, total: int) -> Pager:
    def url(n: int) -> str:
        return site.base.relative(page_address(address, n)) if 1 <= n <= total else ""

    shown = sorted({1, total, *range(max(1, number - AROUND), min(total, number + AROUND) + 1)})
    pages: list[Link] = []
    for before, n in zip([0, *shown], shown, strict=False):
        if n > before + 1:
            pages.append(Link("…", ""))
        pages.append(Link(str(n), url(n), current=n == number))
    return Pager(number, total, url(number - 1), url(number + 1), tuple(pages) if total > 1 else ())
