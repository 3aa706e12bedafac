"""What is remembered between builds, in `.cache/`: losing it costs time, never correctness."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from generator.engine import digest
from generator.engine.ledger import Damaged, Ledger, Line, Lines, line, read_ledger, write_ledger
from generator.engine.shelf import Shelf
from generator.engine.signature import Signature
from generator.model.diagnostic import Diagnostic, Place, warning
from generator.model.job import Rendered
from generator.outline import Outline, read_outline, write_outline
from generator.render import Keyed
from generator.write.rest import at_rest

FOLDER = ".cache"


class Remembered(Struct, frozen=True):
    """What a build leaves behind."""

    why: tuple[tuple[str, str], ...]
    """For each rewritten file which parts of its key had changed."""
    outputs: dict[str, Signature]
    """Every file of the output as it lies there."""


class Cache:
    """The shelf of parsed articles; the ledger and the outline of one output folder."""

    def __init__(self, newsletter: Path, output: Path) -> None:
        folder = newsletter / FOLDER
        name = digest.of_bytes(str(output.absolute()).encode("utf-8", "surrogateescape"))
        self.output = output
        self.opened = time.time_ns()
        self.shelf = Shelf(folder / "articles.sqlite")
        self._file = folder / f"output-{name[:12]}"
        self._outline = folder / f"outline-{name[:12]}"
        self._damaged = self.shelf.damaged
        self._ledger = Ledger()
        try:
            self._ledger = read_ledger(self._file)
        except Damaged:
            self._damaged = True

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """One line for the reader when something of it could not be read."""
        if self._damaged or self.shelf.damaged:
            return (warning("cache-damaged", Place(FOLDER)),)
        return ()

    @property
    def ledger(self) -> Lines:
        """What each file of the output was made from."""
        return self._ledger.lines

    @property
    def basis(self) -> str:
        """Digest of everything that the outputs were planned from; empty when that is unknown."""
        return self._ledger.basis

    def outline(self) -> Outline | None:
        """The outline of the site that the outputs were planned from, if it is still there."""
        return read_outline(self._outline, self._ledger.outline)

    def forget_outputs(self) -> None:
        """Before the first file is moved: should we be killed, nothing is taken for granted."""
        self._file.unlink(missing_ok=True)

    def remember(
        self,
        pending: Sequence[Keyed],
        made: Sequence[Rendered],
        kept: Mapping[str, Line],
        basis: str,
        outline: Outline | None,
    ) -> Remembered:
        """Keep what each file was made from, and what all of them were planned from; without an
        outline the present one stays.
        """
        files = {file.path: file for file in made}
        seen = at_rest(self.output, made)
        lines = dict(kept)
        why = []
        for asked in pending:
            path = asked.order.path
            signs, file = asked.signs, files[path]
            lines[path] = line(asked.key, signs, file.digest, seen[path], file.problems)
            if file.is_staged:
                why.append((path, _reason(self.ledger.get(path), signs)))
        with contextlib.suppress(OSError):  # where nothing may be kept, the next build takes longer
            sum_ = write_outline(self._outline, outline) if outline else self._ledger.outline
            write_ledger(self._file, Ledger(lines, sum_, basis))
        return Remembered(tuple(why), {path: line.signature for path, line in lines.items()})


@contextmanager
def open_cache(newsletter: Path, output: Path) -> Iterator[Cache]:
    """The cache of a newsletter for one output, and its end."""
    cache = Cache(newsletter, output)
    try:
        yield cache
    finally:
        cache.shelf.close()


def _reason(before: Line | None, now: Mapping[str, str]) -> str:
    """Which parts of the key changed; empty for a new file or one that was tampered with."""
    if before is None:
        return ""
    old = before.signs
    return ", ".join(name for name in {**old, **now} if old.get(name) != now.get(name))
