"""The files of the built site, read as they have to be online."""

from __future__ import annotations

from generator.engine import digest
from generator.model.diagnostic import error
from generator.model.publication import Tree
from generator.publish.trouble import Trouble


def contents(tree: Tree, path: str) -> bytes:
    """The bytes of a file. Raises Trouble when the site was built anew meanwhile."""
    data = tree.file(path).read_bytes()
    if digest.of_bytes(data) != tree.files[path]:
        raise Trouble(error("publish-site-changed", path=path))
    return data
