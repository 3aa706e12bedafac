"""Nothing to do costs nothing: a build that would change nothing says so before importing anything.

A build leaves a receipt: the digest of the stat of every file that it read or wrote, our own code
included, and what a build that found it all in place would say. Asked the same again, the command
compares and says that. Only the standard library is used here, because the imports of a real
build would cost more than all the rest.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import blake2b

TICK = 20_000_000
"""Nanoseconds within which a file may change twice and look the same (see engine.signature)."""
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NAME = os.path.join(".cache", "receipt.json")
_SURROUNDINGS = (
    *("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "TERM"),
    *("MARBRE_BASE_URL", "SOURCE_DATE_EPOCH", "PYTHONPATH", "TZ"),
)
"""Environment that a build, or what it prints, depends on."""
_OPTIONS_WITH_FOLDER = ("-s", "--source")
_NEVER = {"--json", "--clean", "-h", "--help"}
"""Words after which there is always something to do."""


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
        if receipt["digest"] != _digest(folder, receipt["output"], receipt["config"])[0]:
            return False
        _say(receipt, time.perf_counter() - started)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def leave(
    words: Sequence[str],
    folder: str,
    output: str,
    config: str,
    *,
    due: float | None,
    said: Sequence[tuple[str, str]],
    seconds: str,
) -> None:
    """Leave the receipt of a build: what it would say, were it asked the same again.

    `due` is the next moment (seconds since 1970) at which an article appears or expires; `said` is
    what was printed, as (`out` or `err`, text), in which `seconds` is the time that it took.
    """
    digest, newest = _digest(folder, output, config)
    rest = newest + TICK - time.time_ns()
    if rest > TICK:
        return  # a file from the future: its time says nothing
    if rest > 0:  # one that changed just now may change again within this tick, and look the same
        time.sleep(rest / 1e9)
        if _digest(folder, output, config)[0] != digest:
            return
    receipt = {
        "call": _call(words),
        "digest": digest,
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


def _digest(folder: str, output: str, config: str) -> tuple[str, int]:
    """The digest of all that is read and written, by stat, and the time of its newest change."""
    newest = 0
    lines = []
    for path, stat in _files(folder, output, config):
        newest = max(newest, stat.st_mtime_ns, stat.st_ctime_ns)
        seen = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        lines.append(f"{path}\0{seen}")
    data = "\n".join(lines).encode("utf-8", "surrogateescape")
    return blake2b(data, digest_size=16).hexdigest(), newest


def _files(folder: str, output: str, config: str) -> Iterator[tuple[str, os.stat_result]]:
    theme = os.path.join(os.path.dirname(PACKAGE), "templates")
    for name in ("newsletter.yaml", "newsletter.yml", config):
        path = os.path.join(folder, name)
        if name and os.path.exists(path):
            yield path, os.stat(path)
    for top in (os.path.join(folder, "content"), os.path.join(folder, "templates"), output):
        yield from _below(top)
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
