"""Whether a file may have changed since it was looked at, from its stat alone."""

from __future__ import annotations

import os

Signature = tuple[int, int, int, int]
"""Size in bytes, mtime and ctime in nanoseconds, inode."""

NEVER: Signature = (-1, 0, 0, 0)
"""The signature of no file: what carries it is looked at anew."""
TICK = 20_000_000
"""Nanoseconds within which two changes of a file may carry the same time (Linux: one to four
milliseconds by its timer; taken larger to be safe)."""


def signature(stat: os.stat_result) -> Signature:
    """What is compared of a file. The ctime is there because nobody can set it back."""
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def settled(seen: Signature, now: int) -> Signature:
    """A signature that can be trusted later; `now` is the time of looking, in nanoseconds.

    A file that changed a moment ago may change again within the same tick of the clock, and look
    the same. As git does with its index, such a file is not trusted.
    """
    return seen if max(seen[1], seen[2]) < now - TICK else NEVER
