"""What a run of the benchmarks gives: kept in last.json, from which the report is made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.measure import Times
from benchmarks.tally import Tally

SCENARIOS = {
    "cold": "cold",
    "same": "nothing changed",
    "body": "one body edited",
    "title": "one title edited",
    "template": "one template edited",
}


@dataclass(frozen=True)
class Series:
    """One generator in one scenario at one size."""

    times: list[Times] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    """Bytes."""

    @property
    def wall(self) -> float:
        """Median, in seconds."""
        return median(time.wall for time in self.times)

    @property
    def cpu(self) -> float:
        """Median, in seconds."""
        return median(time.cpu for time in self.times)

    @property
    def peak(self) -> float:
        """Median, in bytes."""
        return median(self.peaks)


@dataclass(frozen=True)
class Result:
    """One run."""

    date: str
    machine: str
    versions: dict[str, str]
    """By generator, in the order of the tables."""
    absent: dict[str, str]
    """Why a generator is missing, in a few words; what it said itself is only printed."""
    busy: dict[int, float] = field(default_factory=dict)
    """By size: what share of the processors others used meanwhile."""
    tallies: dict[int, dict[str, Tally]] = field(default_factory=dict)
    """By size and generator."""
    series: dict[int, dict[str, dict[str, Series]]] = field(default_factory=dict)
    """By size, scenario and generator."""
    floors: dict[int, list[Times]] = field(default_factory=dict)
    """By size: writing what Marbre writes."""


def save(result: Result, path: Path) -> None:
    """Write it as JSON."""
    path.write_text(json.dumps(_rounded(asdict(result)), indent=1, ensure_ascii=False) + "\n")


def read(path: Path) -> Result:
    """Read what `save` wrote."""
    raw = json.loads(path.read_text())
    return Result(
        date=raw["date"],
        machine=raw["machine"],
        versions=raw["versions"],
        absent=raw["absent"],
        busy={int(size): share for size, share in raw["busy"].items()},
        tallies={
            int(size): {peer: Tally(**counts) for peer, counts in peers.items()}
            for size, peers in raw["tallies"].items()
        },
        series={
            int(size): {
                scenario: {
                    peer: Series([Times(**time) for time in one["times"]], one["peaks"])
                    for peer, one in peers.items()
                }
                for scenario, peers in scenarios.items()
            }
            for size, scenarios in raw["series"].items()
        },
        floors={
            int(size): [Times(**time) for time in times] for size, times in raw["floors"].items()
        },
    )


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return value
