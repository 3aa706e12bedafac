"""Signatures of files that were written just now, taken when they can be trusted."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from generator.engine import digest
from generator.engine.signature import NEVER, TICK, Signature, settled, signature
from generator.model.job import Rendered


def at_rest(output: Path, files: Sequence[Rendered]) -> dict[str, Signature]:
    """The signature of each file, by path; NEVER for what is not what was written any more.

    A file that was moved into place within the last tick of the clock could still be changed
    without a trace. So those wait for its end, a few milliseconds, and are read back.
    Raises OSError when one is gone.
    """
    root = str(output)
    seen = {file.path: signature(os.lstat(f"{root}/{file.path}")) for file in files}
    now = time.time_ns()
    fresh = [file for file in files if settled(seen[file.path], now) == NEVER]
    newest = max((max(seen[file.path][1:3]) for file in fresh), default=now)
    time.sleep(min(max(newest + TICK - now + 1, 0), TICK) / 1e9 if fresh else 0)
    for file in fresh:
        there = f"{root}/{file.path}"
        found = settled(signature(os.lstat(there)), time.time_ns())
        seen[file.path] = found if digest.of_file(Path(there)) == file.digest else NEVER
    return seen
