"""The plot of growth: wall time against articles, both axes logarithmic, as one SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import ceil, floor, log10

from benchmarks.peers import PEERS
from benchmarks.result import SCENARIOS, Result

PANELS = ("cold", "same", "body")
COLOURS = {"marbre": "#b3261e", "hugo": "#2f6fb0", "eleventy": "#5c7a29", "pelican": "#8a6d3b"}
WIDTH, HEIGHT = 260, 260
"""Of a panel, in pixels."""
LEFT, TOP, GAP, BELOW = 60, 40, 40, 56
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #333 }
.title { font-weight: 600 }
.grid { stroke: #ddd }
@media (prefers-color-scheme: dark) {
  text { fill: #ccc }
  .grid { stroke: #444 }
}
"""

Line = list[tuple[int, float]]
"""Articles and seconds."""


def svg(result: Result) -> str:
    """One panel a scenario, one line a generator, all on the same scale."""
    panels = {scenario: _lines(result, scenario) for scenario in PANELS}
    points = [point for lines in panels.values() for line in lines.values() for point in line]
    if not points:
        return ""
    scale = Scale(points)
    width = LEFT + len(PANELS) * (WIDTH + GAP)
    height = TOP + HEIGHT + BELOW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="Build time against the number of articles">',
        f"<style>{STYLE}</style>",
        *(scale.seconds()),
    ]
    for place, (scenario, lines) in enumerate(panels.items()):
        parts.append(f'<g transform="translate({LEFT + place * (WIDTH + GAP)} {TOP})">')
        parts.append(f'<text class="title" y="-14">{SCENARIOS[scenario]}</text>')
        parts += scale.grid()
        parts += [part for name, line in lines.items() for part in scale.line(name, line)]
        parts.append("</g>")
    parts += _legend(list(result.versions), height - 10)
    return "\n".join([*parts, "</svg>"]) + "\n"


class Scale:
    """Where a point lies within a panel."""

    def __init__(self, points: Line) -> None:
        sizes, seconds = zip(*points, strict=True)
        self.sizes = sorted(set(sizes))
        self.left, self.right = log10(min(sizes)), log10(max(sizes))
        self.bottom, self.top = floor(log10(min(seconds))), ceil(log10(max(seconds)))

    def x(self, size: int) -> float:
        """From the left."""
        return (log10(size) - self.left) / ((self.right - self.left) or 1) * WIDTH

    def y(self, seconds: float) -> float:
        """From the top."""
        return (self.top - log10(seconds)) / ((self.top - self.bottom) or 1) * HEIGHT

    def seconds(self) -> Iterator[str]:
        """Labels of the vertical axis."""
        for power in range(self.bottom, self.top + 1):
            y = TOP + self.y(10**power) + 4
            yield f'<text x="{LEFT - 8}" y="{y:.0f}" text-anchor="end">{10**power:g} s</text>'

    def grid(self) -> Iterator[str]:
        """Lines, and labels of the horizontal axis."""
        for power in range(self.bottom, self.top + 1):
            y = self.y(10**power)
            yield f'<path class="grid" d="M0 {y:.1f}H{WIDTH}"/>'
        for size in self.sizes:
            x = self.x(size)
            yield f'<path class="grid" d="M{x:.1f} 0V{HEIGHT}"/>'
            yield f'<text x="{x:.1f}" y="{HEIGHT + 18}" text-anchor="middle">{size:,}</text>'

    def line(self, name: str, line: Line) -> Iterator[str]:
        """A generator's line, each point with its seconds as a tooltip."""
        colour, title = COLOURS[name], escape(PEERS[name].title)
        path = " ".join(f"{self.x(size):.1f},{self.y(seconds):.1f}" for size, seconds in line)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for size, seconds in line:
            yield (
                f'<circle cx="{self.x(size):.1f}" cy="{self.y(seconds):.1f}" r="3.5" '
                f'fill="{colour}"><title>{title}, {size:,}: {seconds:.3g} s</title></circle>'
            )


def _lines(result: Result, scenario: str) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for size, scenarios in result.series.items():
        for name, series in scenarios[scenario].items():
            if series.times:
                lines.setdefault(name, []).append((size, series.wall))
    return lines


def _legend(names: list[str], y: int) -> Iterator[str]:
    for place, name in enumerate(names):
        x = LEFT + place * 110
        yield f'<path d="M{x} {y - 4}h22" stroke="{COLOURS[name]}" stroke-width="3"/>'
        yield f'<text x="{x + 30}" y="{y}">{escape(PEERS[name].title)}</text>'
