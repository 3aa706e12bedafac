"""What a page weighs on the wire, images apart."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator

from .links import Server

PAGE = 100_000
STYLE = 16_000
"""Bytes, as compressed by the host: the limits that the design sets itself."""
NOT_COUNTED = ("image/", "audio/", "video/")


def check(urls: Iterable[str], server: Server) -> Iterator[str]:
    """Whether all that the page fetched, images apart, keeps to the limits."""
    sizes: dict[str, int] = {}
    for url in urls:
        answer = server.get(url)
        if not answer.type.startswith(NOT_COUNTED):
            sizes[url] = on_the_wire(answer.type, answer.body)
    styles = sum(size for url, size in sizes.items() if url.endswith(".css"))
    if styles > STYLE:
        yield f"{styles} bytes of style sheets, more than {STYLE}"
    if sum(sizes.values()) > PAGE:
        heaviest = sorted(sizes.items(), key=lambda item: -item[1])[:3]
        parts = ", ".join(f"{url.rstrip('/').rsplit('/', 1)[-1]} {size}" for url, size in heaviest)
        yield f"{sum(sizes.values())} bytes, more than {PAGE}: {parts} …"


def on_the_wire(type_: str, body: bytes) -> int:
    return len(body) if type_.startswith("font/") else len(gzip.compress(body))
