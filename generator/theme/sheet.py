"""A theme as it can be sent: what other processes need to print the same pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec import Struct

from generator.engine import digest
from generator.model.views import Shell
from generator.theme.environment import JinjaTheme, make_environment
from generator.theme.layers import Layers, ThemeFile


class Sheet(Struct, frozen=True, eq=False):
    """Everything that a theme is made of; equal by its digest."""

    files: dict[str, ThemeFile]
    shells: dict[str, Shell]
    filters: Mapping[str, Callable[..., object]]
    """Functions at the top of a module that is there on the other side too."""
    digest: str

    def __hash__(self) -> int:
        """By what it is made of."""
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        """By what it is made of."""
        return isinstance(other, Sheet) and self.digest == other.digest


def sheet_of(theme: JinjaTheme, filters: Mapping[str, Callable[..., object]]) -> Sheet:
    """Pack a theme; fonts and pictures stay here, since no template can print them."""
    files = {name: file for name, file in theme.layers.files.items() if _is_text(file.data)}
    told = ([(name, f.digest) for name, f in files.items()], theme.shells, sorted(filters))
    return Sheet(files, theme.shells, filters, digest.of_value(told))


@lru_cache(maxsize=2)
def theme_of(sheet: Sheet) -> JinjaTheme:
    """Unpack a theme; a process does so once."""
    layers = Layers(sheet.files)
    return JinjaTheme(make_environment(layers, sheet.filters), sheet.shells, layers)


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
