"""Links that open the author's editor at a line."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from generator.config.checks import EDITORS


def editor_link(editor: str, file: Path, line: int = 0, column: int = 0) -> str:
    """The link for a file; empty where the newsletter has `editor: none`. Lines count from 1."""
    pattern = EDITORS.get(editor, editor)
    path = quote(file.as_posix(), safe="/~-._:")
    values = {"{path}": path, "{line}": str(line or 1), "{column}": str(column or 1)}
    for name, value in values.items():
        pattern = pattern.replace(name, value)
    return pattern
