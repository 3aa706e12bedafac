"""The built site as it has to be online."""

from __future__ import annotations

from pathlib import Path

from generator.model.publication import Tree
from generator.write.manifest import RECORD, read_manifest


def read_tree(output: Path) -> Tree:
    """The files of a built site by its record; what lies there besides is no part of it, and our
    own folder stays at home. Raises OSError when a file is gone.
    """
    manifest, _ = read_manifest(output)
    files = {p: sum_ for p, sum_ in manifest.files.items() if not p.startswith(f"{RECORD}/")}
    return Tree(output, files, {path: (output / path).stat().st_size for path in files})
