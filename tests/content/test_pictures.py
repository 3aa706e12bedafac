"""The size of a picture, as it will be seen."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from newsletters import png

from generator.content.pictures import extent


def jpeg(width: int, height: int, orientation: int) -> bytes:
    """The head of a photograph with one EXIF tag (TIFF, 0x0112)."""
    exif = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"
    parts = ((0xE1, exif), (0xC0, frame))
    body = b"".join(struct.pack(">BBH", 0xFF, m, len(data) + 2) + data for m, data in parts)
    return b"\xff\xd8" + body + b"\xff\xd9"


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.png", png(30, 20), (30, 20)),
        ("a.PNG", png(30, 20), (30, 20)),
        ("droite.jpg", jpeg(400, 300, 1), (400, 300)),
        ("couchée.jpg", jpeg(400, 300, 6), (300, 400)),
        ("a.gif", b"GIF89a" + struct.pack("<HH", 7, 5) + bytes(20), (7, 5)),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="12.5px" height="8"/>', (12, 8)),
        ("a.svg", b"<svg", (0, 0)),
        ("a.png", png(30, 20)[:18], (0, 0)),
        ("a.jpg", b"\xff\xd8\xff\xe1", (0, 0)),
        ("a.png", b"", (0, 0)),
        ("a.pdf", png(30, 20), (0, 0)),
    ],
)
def test_how_large(tmp_path: Path, name: str, data: bytes, size: tuple[int, int]) -> None:
    (tmp_path / name).write_bytes(data)
    assert extent(tmp_path / name) == size
