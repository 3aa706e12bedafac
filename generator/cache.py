"""What is remembered between builds, in `.cache/`: losing it costs time, never correctness."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.engine import digest
from generator.engine.ledger import Damaged, Ledger, Line, read_ledger, write_ledger
from generator.engine.shelf import Shelf
from generator.engine.signature import settled, signature
from generator.model.diagnostic import Diagnostic, Place, warning
from generator.model.job import Rendered
from generator.render import Keyed

FOLDER = ".cache"


class Cache:
    """The shelf of parsed articles and the ledger of one output folder."""

    def __init__(self, newsletter: Path, output: Path) -> None:
        folder = newsletter / FOLDER
        name = digest.of_bytes(str(output.absolute()).encode("utf-8", "surrogateescape"))
        self.output = output
        self.opened = time.time_ns()
        self.shelf = Shelf(folder / "articles.sqlite")
        self._file = folder / f"output-{name[:12]}"
        self._damaged = self.shelf.damaged
        self.ledger: Ledger = {}
        try:
            self.ledger = read_ledger(self._file)
        except Damaged:
            self._damaged = True

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """One line for the reader when something of it could not be read."""
        if self._damaged or self.shelf.damaged:
            return (warning("cache-damaged", Place(FOLDER)),)
        return ()

    def forget_outputs(self) -> None:
        """Before the first file is moved: should we be killed, nothing is taken for granted."""
        self._file.unlink(missing_ok=True)

    def remember(
        self, pending: Sequence[Keyed], made: Sequence[Rendered], kept: Mapping[str, Line]
    ) -> tuple[tuple[str, str], ...]:
        """Keep what each file was made from; gives for each rewritten one what had changed."""
        files = {file.path: file for file in made}
        lines = dict(kept)
        why = []
        for asked in pending:
            path = asked.order.path
            file = files[path]
            seen = settled(signature((self.output / path).lstat()), time.time_ns())
            lines[path] = Line(asked.key, asked.parts, file.digest, seen, file.problems)
            if file.staged:
                why.append((path, _reason(self.ledger.get(path), asked)))
        with contextlib.suppress(OSError):  # where nothing may be kept, the next build takes longer
            write_ledger(self._file, lines)
        return tuple(why)


@contextmanager
def open_cache(newsletter: Path, output: Path) -> Iterator[Cache]:
    """The cache of a newsletter for one output, and its end."""
    cache = Cache(newsletter, output)
    try:
        yield cache
    finally:
        cache.shelf.close()


def _reason(before: Line | None, asked: Keyed) -> str:
    """Which parts of the key changed; empty for a new file or one that was tampered with."""
    if before is None:
        return ""
    names = {**before.parts, **asked.parts}
    return ", ".join(n for n in names if before.parts.get(n) != asked.parts.get(n))
