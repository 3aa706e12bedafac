"""Built sites of a few files, and what a place holds afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.contracts import Target
from generator.engine import digest
from generator.model.publication import Changes, Tree


def tree(folder: Path, files: Mapping[str, str]) -> Tree:
    """A site of these texts in a folder; what it held before is gone."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return Tree(
        folder,
        {path: digest.of_bytes(text.encode()) for path, text in files.items()},
        {path: len(text.encode()) for path, text in files.items()},
    )


def publish(place: Target, tree: Tree) -> Changes:
    """Publish as the command does, and look that it is there."""
    changes = place.compare(tree)
    steps = [step.path for step in place.apply(tree, changes) if step.path]
    assert sorted(steps) == sorted((*changes.sent, *changes.removed))
    left = place.compare(tree)
    assert left.nothing, left
    return changes


def texts(folder: Path) -> dict[str, str]:
    """Every file below a folder, our own record apart."""
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".marbre" not in file.parts
    }
