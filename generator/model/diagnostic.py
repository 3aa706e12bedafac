"""What is wrong with the author's material, as values that every stage can collect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "note"]


class Place(Struct, frozen=True, order=True, omit_defaults=True):
    """Where something stands in a file of the newsletter."""

    path: str
    """Path relative to the newsletter's folder, with `/`; empty when no file is concerned."""
    line: int = 0
    """Line, counted from 1; 0 means the file as a whole."""
    column: int = 0
    """Column in characters, counted from 1; 0 means the whole line."""

    def __str__(self) -> str:
        """`content/a.md:4:7`, as editors and terminals understand it."""
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


NOWHERE = Place("")
"""For what concerns no file."""


class Diagnostic(Struct, frozen=True):
    """One mistake, said once: a stable code, a place, and the facts that its sentence needs.

    The sentences themselves live in `generator/locales/` under `diagnostics`, so that the writer
    reads them in the newsletter's language.
    """

    code: str
    """Stable, in kebab-case; a key of the `diagnostics` tables in `locales/`."""
    place: Place = NOWHERE
    severity: Severity = "error"
    values: tuple[tuple[str, str], ...] = ()
    """What the message and the hint quote, by the names that their sentences use."""
    line_text: str = ""
    """The line that is meant, as the author wrote it."""

    @property
    def facts(self) -> dict[str, str]:
        """The quoted values by name."""
        return dict(self.values)


def error(
    code: str, place: Place = NOWHERE, *, line_text: str = "", **values: object
) -> Diagnostic:
    """Describe a mistake that stops the build."""
    return Diagnostic(code, place, "error", _texts(values), line_text)


def warning(
    code: str, place: Place = NOWHERE, *, line_text: str = "", **values: object
) -> Diagnostic:
    """Describe something that builds, but that the author will want to know."""
    return Diagnostic(code, place, "warning", _texts(values), line_text)


class Stop(Exception):  # noqa: N818 - it is not an error of ours: it carries the author's
    """Raised by the pipeline's `settle` alone, and by nothing after the first byte is written."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(", ".join(f"{d.place} {d.code}" for d in self.diagnostics))


def _texts(values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in values.items())
