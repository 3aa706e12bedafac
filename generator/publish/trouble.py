"""What keeps a site from being published."""

from __future__ import annotations

from generator.model.diagnostic import Diagnostic


class Trouble(Exception):  # noqa: N818 - it says what happened elsewhere, no error of ours
    """A place that cannot be read or written, told as diagnostics; what was done so far stands."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(", ".join(d.code for d in diagnostics))
        self.diagnostics = diagnostics
