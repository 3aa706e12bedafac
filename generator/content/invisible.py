"""Characters that no text can hold: XML 1.0 forbids them (section 2.2), and feeds with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.diagnostic import Diagnostic, Place, warning

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def without_invisible(text: str, path: str, line: int) -> tuple[str, tuple[Diagnostic, ...]]:
    """A body without them, and one warning a line; `line` is where in the file the body begins."""
    if not _FORBIDDEN.search(text):
        return text, ()
    return _FORBIDDEN.sub("", text), tuple(_warnings(text, path, line))


def _warnings(text: str, path: str, first: int) -> Iterator[Diagnostic]:
    for number, line in enumerate(text.split("\n"), start=first):
        if bad := _FORBIDDEN.search(line):
            place = Place(path, number, bad.start() + 1)
            shown = _FORBIDDEN.sub("�", line)
            name = f"U+{ord(bad[0]):04X}"
            yield warning("control-character", place, line_text=shown, character=name)
