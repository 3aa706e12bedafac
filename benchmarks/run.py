"""The run: install, lay out, build in turn, report. `python -m benchmarks.run --help`."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import corpus, report
from benchmarks.measure import Failed, Processors, Times, peak_memory, timed
from benchmarks.peers import PEERS
from benchmarks.peers.peer import Absent, Peer
from benchmarks.result import SCENARIOS, Result, Series, read, save
from benchmarks.tally import tally

HERE = Path(__file__).parent
WORK = HERE.parent / "build" / "bench"
SLOW = {"eleventy": 1000, "pelican": 1000}
"""Beyond so many articles these are left out, unless the run is asked for everything."""


@dataclass(frozen=True)
class Contender:
    """A generator with its site of one size."""

    peer: Peer
    tools: Path
    site: Path

    def command(self) -> list[str]:
        """What builds the site."""
        return self.peer.command(self.tools, self.site)


Step = Callable[[Result, Contender, int], None]
"""Something done with a contender at one size, which adds to the result."""


def main(words: list[str] | None = None) -> None:
    """Measure as asked, print, and keep the result."""
    asked = _arguments(words)
    if asked.report:
        report.write(read(HERE / "last.json"), HERE)
        return
    present, absent = _install(["marbre", *(name for name in asked.peers if name != "marbre")])
    result = Result(
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        machine=_machine(),
        versions={name: PEERS[name].version(WORK / name) for name in present},
        absent=absent,
    )
    for size in sorted(asked.sizes):
        fit = [name for name in present if asked.all or size <= SLOW.get(name, size)]
        _measure(
            result,
            [_lay_out(name, size) for name in fit],
            size,
            asked.repeat or (5 if size <= 1000 else 3),
            asked.memory,
        )
    if asked.write:
        save(result, HERE / "last.json")
        report.write(result, HERE)
    print(report.text(result))


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("benchmarks", description=__doc__)
    known = [name for name in PEERS if name != "marbre"]
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--peers", nargs="*", choices=known, default=known)
    parser.add_argument(
        "--repeat", type=int, help="timed runs (default 5, beyond 1,000 articles 3)"
    )
    parser.add_argument("--all", action="store_true", help="slow peers at every size too")
    parser.add_argument("--no-memory", dest="memory", action="store_false")
    parser.add_argument("--no-write", dest="write", action="store_false", help="only print")
    parser.add_argument("--report", action="store_true", help="only write the last result again")
    return parser.parse_args(words)


def _install(names: list[str]) -> tuple[list[str], dict[str, str]]:
    present: list[str] = []
    absent: dict[str, str] = {}
    for name in names:
        _say(f"installing {PEERS[name].title} ...")
        try:
            PEERS[name].install(WORK / name)
        except Absent as reason:
            absent[name] = "could not be installed"
            _say(f"{PEERS[name].title} is left out: {reason}")
        else:
            present.append(name)
    return present, absent


def _lay_out(name: str, size: int) -> Contender:
    _say(f"laying out {size} articles for {PEERS[name].title} ...")
    site = WORK / name / "sites" / str(size)
    PEERS[name].lay_out(site, corpus.articles(size))
    return Contender(PEERS[name], WORK / name, site)


def _measure(
    result: Result, contenders: list[Contender], size: int, repeat: int, memory: bool
) -> None:
    """First a build that counts for nothing but its output; then in turn, again and again.

    The last round is for memory. A generator that fails is left out from then on.
    """
    before = Processors.now()
    result.tallies[size] = {}
    result.series[size] = {scenario: {} for scenario in SCENARIOS}
    fit = [one for one in contenders if _passes(result, one, size, _count)]
    for number in range(1, repeat + memory + 1):
        _say(f"{size} articles, round {number} of {repeat + memory}")
        measure = _time if number <= repeat else _weigh
        for scenario in SCENARIOS:
            edit = partial(measure, scenario=scenario, edit=number)
            fit = [one for one in fit if _passes(result, one, size, edit)]
        ours = [one for one in fit if one.peer.name == "marbre"]
        if ours and number <= repeat:
            result.floors.setdefault(size, []).append(_floor(ours[0]))
    result.busy[size] = Processors.now().taken_by_others(before)


def _passes(result: Result, one: Contender, size: int, step: Step) -> bool:
    try:
        step(result, one, size)
    except Failed as reason:
        result.absent[one.peer.name] = f"failed at {size:,} articles"
        _say(f"{one.peer.title} is left out: {reason}")
        return False
    return True


def _count(result: Result, one: Contender, size: int) -> None:
    timed(one.command(), one.site)
    made = tally(one.site / one.peer.output)
    result.tallies[size][one.peer.name] = made
    if made.articles != size:
        raise Failed(f"it made {made.articles} article pages")


def _time(result: Result, one: Contender, size: int, *, scenario: str, edit: int) -> None:
    _prepare(one, scenario, edit, size)
    times = timed(one.command(), one.site)
    result.series[size][scenario].setdefault(one.peer.name, Series()).times.append(times)


def _weigh(result: Result, one: Contender, size: int, *, scenario: str, edit: int) -> None:
    _prepare(one, scenario, edit, size)
    peak = peak_memory(one.command(), one.site)
    result.series[size][scenario].setdefault(one.peer.name, Series()).peaks.append(peak)


def _prepare(one: Contender, scenario: str, edit: int, size: int) -> None:
    """Bring the site into the state that the scenario is about.

    Every edit is of another one of the newest articles: that is what people edit, and the dearest
    case, since the front page and the feeds hold them.
    """
    newest = corpus.article(size - 1 - (2 * edit + (scenario == "title")) % min(size, 20))
    if scenario == "cold":
        one.peer.forget(one.site)
    elif scenario == "body":
        one.peer.put(one.site, corpus.with_new_body(newest, edit))
    elif scenario == "title":
        one.peer.put(one.site, corpus.with_new_title(newest, edit))
    elif scenario == "template":
        one.peer.edit_template(one.site, edit)


def _floor(one: Contender) -> Times:
    target = WORK / "floor"
    shutil.rmtree(target, ignore_errors=True)
    said = subprocess.run(
        [sys.executable, HERE / "floor.py", one.site / one.peer.output, target],
        capture_output=True,
        text=True,
        check=True,
    )
    wall, cpu = map(float, said.stdout.split())
    return Times(wall, cpu)


def _machine() -> str:
    info = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    models = [line.partition(":")[2].strip() for line in info.splitlines() if "model name" in line]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return (
        f"{os.cpu_count()} cores ({models[0] if models else platform.machine()}), "
        f"{memory:.0f} GiB, {system}, Python {platform.python_version()}"
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
