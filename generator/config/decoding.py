"""Bytes to text: UTF-8 or a diagnostic that says what they are instead."""

from __future__ import annotations

import codecs
import unicodedata

from generator.model.diagnostic import Diagnostic, Place, error


def decoded(data: bytes, path: str) -> str | Diagnostic:
    """The text of a UTF-8 file, line ends as `\\n`; else what is wrong with the file."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or data[:4].count(0) == 2:
        return error("encoding", Place(path, 1), encoding="UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = data.count(b"\n", 0, trouble.start) + 1
        return error("encoding", Place(path, line), encoding="Windows-1252")
    if "\0" in text:
        before = text[: text.index("\0")].split("\n")
        return error("nul-byte", Place(path, len(before), len(before[-1]) + 1))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
