"""Nothing to do costs nothing: a build that would change nothing says so before importing anything.

A build leaves a receipt: the digest of the stat of every file that it read, our own code included,
the stat of every file that it wrote, and what a build that found it all in place would say. Asked
the same again, the command compares and says that. Only the standard library is used here, because
the imports of a real build would cost more than all the rest.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

TICK = 20_000_000
"""Nanoseconds within which a file may change twice and look the same (see engine.signature)."""
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NAME = os.path.join(".cache", "receipt.json")
RECORD = os.path.join(".marbre", "manifest.json")
"""In the output: what we wrote there."""
_SURROUNDINGS = (
    *("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "TERM"),
    *("MARBRE_BASE_URL", "SOURCE_DATE_EPOCH", "PYTHONPATH", "TZ"),
)
"""Environment that a build, or what it prints, depends on."""
_OPTIONS_WITH_FOLDER = ("-s", "--source")
_NEVER = {"--json", "--clean", "--if-due", "-h", "--help"}
"""Words after which there is always something to do, or somebody else knows (`due.py`)."""


def repeat(words: Sequence[str]) -> bool:
    """Say again what the last build said, if it would do nothing now; else do nothing."""
    started = time.perf_counter()
    folder = _folder(words)
    if folder is None:
        return False
    try:
        with open(os.path.join(folder, NAME), encoding="utf-8") as file:
            receipt = json.load(file)
        if receipt["call"] != _call(words) or not _in_time(receipt):
            return False
        if receipt["inputs"] != looked_at(folder, receipt["config"])[0]:
            return False
        if receipt["outputs"] != _outputs(receipt["output"], receipt["files"]):
            return False
        _say(receipt, time.perf_counter() - started)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


@functools.cache
def looked_at(folder: str, config: str) -> tuple[str, int]:
    """Everything that a build reads as it was when this process first looked at it: the digest of
    its stats, and the time in nanoseconds of its newest change.
    """
    return _inputs(folder, config)


def await_tick(folder: str, config: str) -> None:
    """Wait until what changes from now on cannot look as if it had not; mostly not at all."""
    rest = looked_at(folder, config)[1] + TICK - time.time_ns()
    if 0 < rest <= TICK:
        time.sleep(rest / 1e9)


def leave(
    words: Sequence[str],
    folder: str,
    output: str,
    config: str,
    *,
    wrote: Mapping[str, tuple[int, ...]],
    due: float | None,
    said: Sequence[tuple[str, str]],
    seconds: str,
) -> None:
    """Leave the receipt of a build: what it would say, were it asked the same again.

    `wrote` has size, mtime, ctime and inode of each file of the output, as the build left it;
    `due` is the next moment (seconds since 1970) at which an article appears or expires; `said` is
    what was printed, as (`out` or `err`, text), in which `seconds` is the time that it took.
    """
    inputs, newest = _inputs(folder, config)
    if inputs != looked_at(folder, config)[0] or newest > time.time_ns():
        return  # something was changed while we built, or comes from the future
    files = [*wrote, RECORD]
    receipt = {
        "call": _call(words),
        "inputs": inputs,
        "outputs": _digest_of([*wrote.values(), _seen(os.lstat(os.path.join(output, RECORD)))]),
        "files": files,
        "output": output,
        "config": config,
        "made": time.time(),
        "due": due,
        "said": list(said),
        "seconds": seconds,
    }
    file = os.path.join(folder, NAME)
    try:
        with open(file + ".new", "w", encoding="utf-8") as new:
            json.dump(receipt, new)
        os.replace(file + ".new", file)
    except OSError:
        return  # where nothing may be kept, every build is a whole one


def _folder(words: Sequence[str]) -> str | None:
    if not words or words[0] != "build" or not _NEVER.isdisjoint(words):
        return None
    for position, word in enumerate(words[:-1]):
        if word in _OPTIONS_WITH_FOLDER:
            return os.path.abspath(words[position + 1])
    return os.getcwd()


def _call(words: Sequence[str]) -> list[object]:
    """Everything but files that what a build prints depends on."""
    environment = {name: os.environ.get(name) for name in _SURROUNDINGS}
    terminals = [stream.isatty() for stream in (sys.stdout, sys.stderr)]
    return [list(words), os.getcwd(), environment, terminals, sys.version]


def _in_time(receipt: dict[str, float | None]) -> bool:
    """No article has become due since, and the clock has not been set back."""
    now = time.time()
    made, due = receipt["made"], receipt["due"]
    return made is not None and made <= now and (due is None or now < due)


def _inputs(folder: str, config: str) -> tuple[str, int]:
    """The digest of all that is read, by stat, and the time of its newest change."""
    newest = 0
    lines = []
    for path, stat in _files(folder, config):
        seen = _seen(stat)
        newest = max(newest, seen[1], seen[2])
        lines.append((path, *seen))
    return _digest_of(lines), newest


def _outputs(output: str, files: Sequence[str]) -> str:
    """The digest of the stats of what was written. Raises OSError when one of them is gone."""
    return _digest_of([_seen(os.lstat(f"{output}/{path}")) for path in files])


def _seen(stat: os.stat_result) -> tuple[int, int, int, int]:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _digest_of(lines: Sequence[tuple[object, ...]]) -> str:
    data = repr(lines).encode("utf-8", "surrogateescape")
    return blake2b(data, digest_size=16).hexdigest()


def _files(folder: str, config: str) -> Iterator[tuple[str, os.stat_result]]:
    theme = os.path.join(os.path.dirname(PACKAGE), "templates")
    for name in ("newsletter.yaml", "newsletter.yml", config):
        path = os.path.join(folder, name)
        if name and os.path.exists(path):
            yield path, os.stat(path)
    for part in ("content", "templates", "locales"):
        yield from _below(os.path.join(folder, part))
    yield from _below(PACKAGE)
    if os.path.isdir(theme):  # a checkout
        yield from _below(theme)
    for path in sys.path:  # where a plugin may have been installed
        if os.path.isdir(path):
            yield path, os.stat(path)


def _below(top: str) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below a folder; folders count by the names in them."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                waiting.append(entry.path)
            else:
                yield entry.path, entry.stat()


def _say(receipt: dict[str, object], elapsed: float) -> None:
    mark = str(receipt["seconds"])
    comma = "," if "," in mark else "."
    took = f"{elapsed:.2f}".replace(".", comma)
    for stream, text in receipt["said"]:  # type: ignore[attr-defined]
        head, found, tail = text.rpartition(f" {mark} ")
        out = sys.stderr if stream == "err" else sys.stdout
        out.write((f"{head} {took} {tail}" if found else text) + "\n")
