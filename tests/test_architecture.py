"""Who may import whom: the table of generator/README.md, held against the syntax trees.

Imports inside functions and under TYPE_CHECKING count like any other, so no cycle can hide.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"
ROWS = (
    {"model"},
    {"config", "engine", "contracts", "feeds"},
    {"theme"},
    {"content", "assemble", "outputs", "write", "checks", "publish"},
    {"builtin", "plugins"},
    {"given", "outline", "plan", "reading", "render", "sources"},
    {"bodies", "cache"},
    {"retouch", "survey"},
    {"proof", "whole"},
    {"pipeline"},
    {"serve"},
    {"cli", "__main__"},
)
"""Each row may import only rows above it; names in one row do not know each other.

`theme` stands above `content` and may use `config` and `engine`; `cli` is the program's outer edge.
"""
EXCEPTIONS = {("__main__", "cli")}
"""`python -m generator` is the command, nothing else."""
FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(PACKAGE).as_posix())
def test_imports_only_rows_above(file: Path) -> None:
    home = _part(file)
    if home is None:  # the package's own __init__
        assert not list(_imported(file))
        return
    row = _row(home)
    for name in _imported(file):
        if name != home and (home, name) not in EXCEPTIONS:
            assert _row(name) < row, f"{home} (row {row + 1}) imports {name} (row {_row(name) + 1})"


def test_the_table_names_everything_and_nothing_else() -> None:
    parts = {part for part in map(_part, FILES) if part}
    assert parts == set().union(*ROWS)


def _part(file: Path) -> str | None:
    first = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return None if first == "__init__" else first


def _row(part: str) -> int:
    return next(n for n, row in enumerate(ROWS) if part in row)


def _imported(file: Path) -> list[str]:
    """Parts of our package that a file imports, inside functions too."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively"
            names = [node.module or ""]
            if node.module == "generator":
                names = [f"generator.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found += [n.split(".")[1] for n in names if n.startswith("generator.")]
    return [n for n in found if n not in ("__version__",)]
