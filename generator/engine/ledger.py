"""What the last build made each output file from: its key by parts, its digest, its signature.

It is a cache: losing it costs time. The record of which files are ours lies in the output itself.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.engine import digest
from generator.engine.signature import NEVER, Signature
from generator.model.diagnostic import Diagnostic

SCHEMA = b"marbre ledger 2\n"
"""Begins the file; another version begins otherwise and is read as no ledger."""


class Line(Struct, frozen=True, array_like=True):
    """One output file."""

    key: str
    """Digest of everything that it was made from."""
    parts: msgspec.Raw
    """The same, part by part, shortened, as MessagePack: only read to say why a page is made anew.
    """
    digest: str
    """Digest of its bytes."""
    signature: Signature = NEVER
    problems: tuple[Diagnostic, ...] = ()
    """What was found odd about it when it was made."""

    @property
    def signs(self) -> dict[str, str]:
        """The parts by name; none when they cannot be read."""
        try:
            return _parts.decode(self.parts)
        except msgspec.DecodeError:
            return {}


def line(
    key: str,
    signs: dict[str, str],
    sum_: str,
    seen: Signature,
    problems: tuple[Diagnostic, ...] = (),
) -> Line:
    """Write down one output file."""
    return Line(key, msgspec.Raw(msgspec.msgpack.encode(signs)), sum_, seen, problems)


Lines = dict[str, Line]
"""Lines by path in the output."""


class Ledger(Struct, frozen=True, array_like=True):
    """The outputs of a build, and what they were planned from."""

    lines: Lines = {}
    outline: str = ""
    """Digest of the outline that the build left; empty when it left none."""
    basis: str = ""
    """Digest of everything that was read to plan them (`basis_of` in `given.py`)."""


_decoder = msgspec.msgpack.Decoder(Ledger)
_parts = msgspec.msgpack.Decoder(dict[str, str])


class Damaged(Exception):  # noqa: N818 - it says what happened to the file
    """The file is not what we wrote."""


def read_ledger(file: Path) -> Ledger:
    """The ledger of an output folder; empty when there is none. Raises Damaged."""
    try:
        data = file.read_bytes()
    except OSError:
        return Ledger()
    if not data.startswith(SCHEMA):
        raise Damaged(file)
    seal, encoded = data[len(SCHEMA) :][: digest.SIZE * 2], data[len(SCHEMA) + digest.SIZE * 2 :]
    if digest.of_bytes(encoded).encode() != seal:
        raise Damaged(file)
    try:
        return _decoder.decode(encoded)
    except msgspec.DecodeError:
        raise Damaged(file) from None


def write_ledger(file: Path, ledger: Ledger) -> None:
    """Keep a ledger, whole or not at all. Raises OSError."""
    encoded = msgspec.msgpack.encode(ledger)
    new = file.with_suffix(".new")
    new.write_bytes(SCHEMA + digest.of_bytes(encoded).encode() + encoded)
    os.replace(new, file)
