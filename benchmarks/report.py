"""Tables of a result: on the terminal, and between the markers of README.md."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks import plot
from benchmarks.peers import PEERS
from benchmarks.result import SCENARIOS, Result, Series

BEGIN, END = "<!-- last run -->", "<!-- end of last run -->"
YARDSTICK = "hugo"
QUIET = 0.10
"""What others may use of the processors; the system itself, when it writes to the disk, is one."""
TARGETS: dict[str, dict[int, float]] = {
    "same": {1000: 0.10, 10000: 0.03},
    "body": {1000: 0.35, 10000: 0.06},
    "cold": {1000: 1.5, 10000: 1.2},
    "memory": {1000: 0.5, 10000: 0.25},
}
"""What Marbre is to stay under, as a ratio to Hugo."""


def text(result: Result) -> str:
    """The whole report, as Markdown."""
    tables = {
        "**Marbre to Hugo**, and in brackets what it is to stay under:": _targets(result),
        "**Wall time** (in brackets: the ratio to Hugo)": _table(
            result, lambda one: one.wall if one.times else None, _seconds
        ),
        "**CPU time**, all processes": _table(
            result, lambda one: one.cpu if one.times else None, _seconds
        ),
        "**Peak memory**, all processes": _table(
            result, lambda one: one.peak if one.peaks else None, _megabytes
        ),
        "**The floor**: writing the files of Marbre's cold build, and nothing else": _floors(
            result
        ),
        "**What was built**": _tallies(result),
    }
    parts = (f"{title}\n\n{table}" for title, table in tables.items() if table)
    return "\n\n".join([_machine(result), *parts])


def write(result: Result, folder: Path) -> None:
    """Put the report between the markers of README.md, and the plot beside it."""
    readme = folder / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    report = f"{before}{BEGIN}\n\n{text(result)}\n\n{END}{after}"
    readme.write_text(report, encoding="utf-8")
    (folder / "growth.svg").write_text(plot.svg(result), encoding="utf-8")


def _machine(result: Result) -> str:
    versions = ", ".join(f"{PEERS[name].title} {v}" for name, v in result.versions.items())
    lines = [f"{result.date}, {result.machine}. {versions}."]
    lines += [f"{PEERS[name].title} {why}." for name, why in result.absent.items()]
    lines += [
        f"**Not to be trusted**: at {size:,} articles, others used {share:.0%} of the processors."
        for size, share in result.busy.items()
        if share > QUIET
    ]
    return "\n\n".join(lines)


def _targets(result: Result) -> str:
    both = {"marbre", YARDSTICK}
    sizes = [size for size, scenarios in result.series.items() if both <= scenarios["cold"].keys()]
    if not sizes:
        return ""
    rows = []
    for key, limits in TARGETS.items():
        row = [SCENARIOS.get(key, "memory, cold")]
        for size in sizes:
            ratio = _target_ratio(result.series[size], key)
            limit = f" (≤ {limits[size]})" if size in limits else ""
            row.append(f"{ratio:.2f}{limit}" if ratio is not None else "")
        rows.append(row)
    return _markdown(["", *(f"{size:,}" for size in sizes)], rows)


def _target_ratio(series: dict[str, dict[str, Series]], key: str) -> float | None:
    peers = series["cold" if key == "memory" else key]
    ours, theirs = peers.get("marbre", Series()), peers.get(YARDSTICK, Series())
    if key == "memory":
        return ours.peak / theirs.peak if ours.peaks and theirs.peaks else None
    return ours.wall / theirs.wall if ours.times and theirs.times else None


def _table(
    result: Result, value: Callable[[Series], float | None], shown: Callable[[float], str]
) -> str:
    names = list(result.versions)
    rows = []
    for size, scenarios in result.series.items():
        for scenario, peers in scenarios.items():
            values = {name: value(one) for name, one in peers.items()}
            cells = [_cell(values.get(n), values.get(YARDSTICK), n, shown) for n in names]
            if any(cells):
                rows.append([f"{size:,}", SCENARIOS[scenario], *cells])
    return _markdown(["articles", "", *(PEERS[name].title for name in names)], rows)


def _cell(
    value: float | None, yardstick: float | None, name: str, shown: Callable[[float], str]
) -> str:
    if value is None:
        return ""
    if not yardstick or name == YARDSTICK:
        return shown(value)
    return f"{shown(value)} ({value / yardstick:.2f})"


def _floors(result: Result) -> str:
    rows = [
        [
            f"{size:,}",
            _seconds(median(time.wall for time in times)),
            _seconds(median(time.cpu for time in times)),
        ]
        for size, times in result.floors.items()
    ]
    return _markdown(["articles", "wall", "CPU"], rows)


def _tallies(result: Result) -> str:
    rows = [
        [
            f"{size:,}",
            PEERS[name].title,
            *(f"{n:,}" for n in (made.articles, made.listings, made.feeds, made.others)),
            _megabytes(made.bytes),
        ]
        for size, peers in result.tallies.items()
        for name, made in peers.items()
    ]
    head = ["articles", "", "article pages", "other pages", "feeds", "other files", "size"]
    return _markdown(head, rows)


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    """A table whose source is readable on a terminal too."""
    if not rows:
        return ""
    lines = [head, *rows]
    widths = [max(3, *(len(line[place]) for line in lines)) for place in range(len(head))]
    lines.insert(1, ["-" * (width - 1) + ":" for width in widths])
    return "\n".join(
        "| " + " | ".join(f"{cell:>{w}}" for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def _seconds(value: float) -> str:
    if value < 0.995:
        return f"{value * 1000:.0f} ms"
    return f"{value:.2f} s"


def _megabytes(value: float) -> str:
    return f"{value / 1e6:,.1f} MB" if value < 1e7 else f"{value / 1e6:,.0f} MB"
