"""A commit as git-fast-import(1) reads it: what is different in it, one file after the other.

One program then makes files, trees and commit, in one pack. Nothing is checked out, and no index,
filter or line-end rule has a say in what the bytes are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

FILE = "100644"
"""Mode of an ordinary file in a tree (git-fast-import(1))."""


class Entry(Struct, frozen=True):
    """What a tree says of a path."""

    mode: str
    id: str
    """Of the blob."""


Content = Entry | Callable[[], bytes] | None
"""What a path holds: something that git knows, new bytes, or nothing any more."""


class Commit(Struct, frozen=True):
    """Who says what, when."""

    author: tuple[str, str]
    """Name and address."""
    message: str
    date: str
    """As git writes it: seconds since 1970 and the offset from UTC (`1795505400 +0100`)."""


def fast_import(
    ref: str, parent: str, commit: Commit, content: Mapping[str, Content]
) -> Iterator[bytes]:
    """Write the commands that put a commit after its parent into a ref and print its id."""
    name, address = commit.author
    who = f"{name} <{address}> {commit.date}"
    message = commit.message.encode()
    yield f"feature done\ncommit {ref}\nmark :1\nauthor {who}\ncommitter {who}\n".encode()
    yield _data(message)
    if parent:
        yield f"from {parent}\n".encode("ascii")
    # what goes comes first: it may be a file where a folder will be
    for path in (path for path, new in content.items() if new is None):
        yield b"D " + _path(path)
    for path, new in content.items():
        if isinstance(new, Entry):
            yield f"M {new.mode} {new.id} ".encode("ascii") + _path(path)
        elif new is not None:
            yield f"M {FILE} inline ".encode("ascii") + _path(path) + _data(new())
    yield b"\nget-mark :1\ndone\n"


def _data(data: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(data), data)


def _path(path: str) -> bytes:
    """A path to the end of its line; only one that begins with a quote has to be in quotes."""
    if path.startswith('"') or "\n" in path:
        for sign, escaped in (("\\", r"\\"), ('"', r"\""), ("\n", r"\n")):
            path = path.replace(sign, escaped)
        path = f'"{path}"'
    return path.encode("utf-8", "surrogateescape") + b"\n"
