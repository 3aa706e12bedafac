"""Where templates come from: the newsletter's folder over the built-in theme."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from generator.config.decoding import decoded
from generator.engine import digest
from generator.model.diagnostic import Diagnostic, Place, error

PACKAGE = Path(__file__).parent.parent
OURS = "theme:"
"""Begins the shown path of the built-in theme's files."""
_TEXTS = (".html", ".htm", ".xml", ".txt", ".svg", ".j2", ".jinja")
"""Endings of files that are certainly meant as templates."""


class ThemeFile(Struct, frozen=True):
    """A file of the theme, as read."""

    name: str
    """Its name in the theme: `partials/card.html`, `static/css/20-tokens.css`."""
    shown: str
    """Its path as its author knows it, for messages."""
    data: bytes
    digest: str


class Layers(Struct, frozen=True):
    """All files of the theme by name, the newsletter's own on top; no disk is needed to use it."""

    files: dict[str, ThemeFile]

    @property
    def templates(self) -> dict[str, ThemeFile]:
        """The Jinja templates by name."""
        return {name: f for name, f in self.files.items() if not name.startswith("static/")}

    @property
    def static(self) -> dict[str, ThemeFile]:
        """The files under `static/` by name."""
        return {name: f for name, f in self.files.items() if name.startswith("static/")}


def builtin_theme() -> Path:
    """The built-in theme's folder, in a wheel as in a checkout."""
    shipped = PACKAGE / "templates"
    return shipped if shipped.is_dir() else PACKAGE.parent / "templates"


def read_layers(newsletter: Path) -> tuple[Layers, tuple[Diagnostic, ...]]:
    """Read the built-in theme and what the newsletter's `templates/` puts over it.

    A template that was replaced stays known as `theme/<name>`, so that its replacement can extend
    it. A file that cannot be read, or is not UTF-8 and should be, is a problem and no part of it.
    """
    builtin, problems = _read(builtin_theme(), OURS)
    own = newsletter / "templates"
    if not own.is_dir() or own.resolve() == builtin_theme().resolve():
        return Layers(builtin), problems
    over, bad = _read(own, "templates/")
    replaced = {f"theme/{name}": builtin[name] for name in over if name in builtin}
    beneath = {name: f for name, f in replaced.items() if not name.startswith("theme/static/")}
    return Layers({**builtin, **beneath, **over}), (*problems, *bad)


def _read(folder: Path, shown: str) -> tuple[dict[str, ThemeFile], tuple[Diagnostic, ...]]:
    files, problems = {}, []
    for path, name in _paths(folder):
        try:
            data = path.read_bytes()
        except OSError as trouble:
            reason = trouble.strerror or trouble
            problems.append(error("unreadable", Place(shown + name), reason=reason))
            continue
        if not name.startswith("static/") or _is_css(name):
            data = data.removeprefix(codecs.BOM_UTF8)
            text = decoded(data, shown + name)
            if isinstance(text, Diagnostic):
                if name.endswith(_TEXTS) or _is_css(name):
                    problems.append(text)
                continue  # a picture or the like among the templates is none of them
        files[name] = ThemeFile(name, shown + name, data, digest.of_bytes(data))
    return files, tuple(problems)


def _paths(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder with their names in the theme; hidden files and backups are none."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if not any(part.startswith(".") or part.endswith("~") for part in name.split("/")):
            yield path, name


def _is_css(name: str) -> bool:
    return name.startswith("static/css/")
