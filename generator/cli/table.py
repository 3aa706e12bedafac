"""Rows as aligned columns, measured as a terminal shows them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.cli.present import columns, visible


def aligned(rows: Sequence[Sequence[str]], *, indent: str = "") -> list[str]:
    """One line a row; every column but the last is as wide as its widest cell."""
    if not rows:
        return []
    rows = [[visible(cell) for cell in row] for row in rows]
    widths = [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        indent
        + "  ".join(c + " " * (w - columns(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
