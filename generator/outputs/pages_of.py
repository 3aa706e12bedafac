"""Lists that span several pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from generator.model.site import Site
from generator.model.urls import page_address
from generator.model.views import Link, Pager

Item = TypeVar("Item")
AROUND = 2
"""How many page numbers are shown on either side of the current one."""


class Part(Struct, Generic[Item], frozen=True):
    """One page of a list."""

    list_address: str
    """Address of the list's first page."""
    items: Sequence[Item]
    number: int
    """From 1."""
    total: int

    @property
    def address(self) -> str:
        """Its own address."""
        return page_address(self.list_address, self.number)

    @property
    def place(self) -> tuple[str, str]:
        """The part of an order that its place in the list is."""
        return ("pages", f"{self.number}/{self.total}")


def pages_of(address: str, items: Sequence[Item], size: int) -> Iterator[Part[Item]]:
    """Cut a list into pages. An empty list is one empty page."""
    total = max(1, -(-len(items) // size))
    for number in range(1, total + 1):
        chosen = items[(number - 1) * size : number * size]
        yield Part(address, chosen, number, total)


def pager(site: Site, part: Part[Item]) -> Pager:
    """Where a page stands in its list, with the ways to the others."""
    address, number, total = part.list_address, part.number, part.total

    def url(n: int) -> str:
        return site.base.relative(page_address(address, n)) if 1 <= n <= total else ""

    shown = sorted({1, total, *range(max(1, number - AROUND), min(total, number + AROUND) + 1)})
    pages: list[Link] = []
    for before, n in zip([0, *shown], shown, strict=False):
        if n > before + 1:
            pages.append(Link("…", ""))
        pages.append(Link(str(n), url(n), current=n == number))
    return Pager(number, total, url(number - 1), url(number + 1), tuple(pages) if total > 1 else ())
