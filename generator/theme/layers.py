"""Where templates come from: the newsletter's folder over the built-in theme."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from generator.engine import digest

PACKAGE = Path(__file__).parent.parent


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


def read_layers(newsletter: Path) -> Layers:
    """Read the built-in theme and what the newsletter's `templates/` puts over it.

    A template that was replaced stays known as `theme/<name>`, so that its replacement can extend
    it. Raises OSError when a file cannot be read.
    """
    builtin, own = _read(builtin_theme(), "theme:"), newsletter / "templates"
    if not own.is_dir() or own.resolve() == builtin_theme().resolve():
        return Layers(builtin)
    over = _read(own, "templates/")
    replaced = {f"theme/{name}": builtin[name] for name in over if name in builtin}
    beneath = {name: f for name, f in replaced.items() if not name.startswith("theme/static/")}
    return Layers({**builtin, **beneath, **over})


def _read(folder: Path, shown: str) -> dict[str, ThemeFile]:
    files = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") or part.endswith("~") for part in name.split("/")):
            continue
        data = path.read_bytes()
        files[name] = ThemeFile(name, shown + name, data, digest.of_bytes(data))
    return files
