"""A URL as a QR code for the terminal, so that nobody types it on a phone."""

from __future__ import annotations

import io

import segno


def terminal_code(url: str) -> list[str]:
    """The lines of the code, drawn with half blocks."""
    lines = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(lines, compact=True, border=2)
    return lines.getvalue().splitlines()
