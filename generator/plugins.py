"""Finds Plugin values, ours and installed ones, and merges them into a Toolbox."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points

from msgspec.structs import replace

from generator.contracts import Plugin, Toolbox

GROUP = "marbre.plugins"
"""Entry-point group in which a package offers a Plugin value."""


def installed() -> tuple[Plugin, ...]:
    """Load the plugins that installed packages offer, in the order of their names."""
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    versions = (point.dist.version if point.dist else "" for point in found)
    return tuple(
        replace(point.load(), version=version)
        for point, version in zip(found, versions, strict=True)
    )


def offered() -> tuple[str, ...]:
    """Names and versions of the plugins that installed packages offer; none of them is loaded."""
    points = entry_points(group=GROUP)
    return tuple(sorted(f"{p.name} {p.dist.version if p.dist else ''}" for p in points))


def merge(plugins: Iterable[Plugin]) -> Toolbox:
    """Put all features into one box; of two with one name the later takes its place."""
    everyone = tuple(plugins)
    checks = {check.name: check for plugin in everyone for check in plugin.checks}
    kinds = {check.kind for check in checks.values()}
    return Toolbox(
        outputs={kind.name: kind for plugin in everyone for kind in plugin.outputs},
        checks={kind: tuple(c for c in checks.values() if c.kind == kind) for kind in kinds},
        filters={name: f for plugin in everyone for name, f in plugin.filters.items()},
        targets={kind.name: kind for plugin in everyone for kind in plugin.targets},
        plugins=tuple(f"{plugin.name} {plugin.version}" for plugin in everyone),
    )
