"""The record of what we published, as it lies at the place itself.

It is the record of the built site, sent along. So any machine can go on where another one stopped,
and nothing that Marbre did not publish is ever taken for its own.
"""

from __future__ import annotations

import msgspec

from generator.model.publication import Tree
from generator.model.report import Manifest


def read_record(data: bytes | None) -> dict[str, str]:
    """Digests by path of what was published; nothing when there is no record, or a damaged one:
    then nothing is removed. It comes from elsewhere: what leads out of the site is left out.
    """
    try:
        files = msgspec.json.decode(data, type=Manifest).files if data else {}
    except msgspec.DecodeError:
        return {}
    return {path: sum_ for path, sum_ in files.items() if _is_inside(path)}


def wide_record(tree: Tree, before: dict[str, str]) -> bytes:
    """The record while we publish: old and new files together, so that a publication which is cut
    off leaves nothing that the next one does not know to be ours.
    """
    return _encoded({**before, **tree.files})


def record_of(tree: Tree) -> bytes:
    """The record when all is done."""
    return _encoded(tree.files)


def _is_inside(path: str) -> bool:
    return not {"", ".", ".."} & set(path.split("/")) and "\0" not in path


def _encoded(files: dict[str, str]) -> bytes:
    return msgspec.json.encode(Manifest(dict(sorted(files.items()))))
