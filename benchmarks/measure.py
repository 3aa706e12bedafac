"""One command, measured: wall time, CPU time, peak memory of its process tree.

Time and memory come from separate runs, so that watching memory does not slow what is timed.
CPU time is what the kernel counts (wait4) for the process and for every descendant waited for.
Memory is the larger of two numbers: the greatest sum over the process tree of PSS, in which a page
shared by n processes counts 1/n to each (/proc/PID/smaps_rollup, read every 5 ms), and the greatest
resident size of any one process, which the kernel keeps (ru_maxrss) and no short life escapes.
The latter is never less than the size of this program, about 17 MB, from which a child starts.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PAUSE = 0.005


class Failed(Exception):  # noqa: N818 - the command did, not we
    """The command did not succeed; the text is the end of what it said."""


@dataclass(frozen=True)
class Times:
    """Seconds."""

    wall: float
    cpu: float


def timed(command: list[str], folder: Path) -> Times:
    """Run it and time it; what earlier runs wrote is on disk before the clock starts."""
    os.sync()
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        child = _start(command, folder, said.fileno())
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
        _settle(child, status, command, said.fileno())
    return Times(wall, usage.ru_utime + usage.ru_stime)


def peak_memory(command: list[str], folder: Path) -> int:
    """Run it and give the peak of its process tree, in bytes."""
    peak = 0
    with tempfile.TemporaryFile() as said:
        child = _start(command, folder, said.fileno())
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, sum(_pss(member) for member in _tree(child.pid)))
            time.sleep(PAUSE)
        _settle(child, status, command, said.fileno())
    return max(peak, usage.ru_maxrss * 1024)


@dataclass(frozen=True)
class Processors:
    """Processor seconds since the machine started, of all processors together."""

    all: float
    used: float
    ours: float
    """By this program and by what it ran."""

    @classmethod
    def now(cls) -> Processors:
        """As they stand."""
        first = (PROC / "stat").read_text().partition("\n")[0]
        user, nice, system, idle, waiting, *others = map(int, first.split()[1:9])
        used = user + nice + system + sum(others)
        tick = os.sysconf("SC_CLK_TCK")
        ours = sum(os.times()[:4])  # without the last, which is the clock
        return cls((used + idle + waiting) / tick, used / tick, ours)

    def taken_by_others(self, since: Processors) -> float:
        """The share, from 0 to 1, that others used: the nearer to 0, the better the figures."""
        others = (self.used - since.used) - (self.ours - since.ours)
        return max(0.0, others / max(0.01, self.all - since.all))


def _start(command: list[str], folder: Path, output: int) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | {"LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
    )


def _settle(child: subprocess.Popen[bytes], status: int, command: list[str], output: int) -> None:
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        os.lseek(output, 0, os.SEEK_SET)
        said = os.read(output, 100_000).decode(errors="replace").strip()
        raise Failed(f"{Path(command[0]).name} ended with {child.returncode}\n{said[-800:]}")


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in (PROC / str(pid) / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:
        return  # it has just ended


def _pss(pid: int) -> int:
    try:
        text = (PROC / str(pid) / "smaps_rollup").read_bytes()
    except OSError:
        return 0
    found = text.find(b"\nPss:")
    return int(text[found + 5 : text.index(b"kB", found)]) * 1024 if found >= 0 else 0
