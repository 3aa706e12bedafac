"""One build at a time per newsletter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator.engine import digest
from generator.model.diagnostic import Place, Stop, error

PATIENCE = 10.0
"""Seconds to wait for another build to end before giving up."""


@contextmanager
def one_at_a_time(newsletter: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the newsletter's lock. Raises Stop when another build keeps it too long."""
    lock = FileLock(_place(newsletter), timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise Stop([error("locked", Place(""), seconds=int(patience))]) from None
    try:
        yield
    finally:
        lock.release()


def _place(newsletter: Path) -> Path:
    """In the cache; where nothing may be written beside the newsletter, among temporary files."""
    cache = newsletter / ".cache"
    try:
        cache.mkdir(exist_ok=True)
        (cache / "lock").touch()
    except OSError:
        name = digest.of_bytes(str(newsletter.resolve()).encode("utf-8", "surrogateescape"))
        return Path(tempfile.gettempdir()) / f"marbre-{name}.lock"
    return cache / "lock"
