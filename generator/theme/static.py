"""Static files of the theme: one style sheet of its parts, names that carry their content."""

from __future__ import annotations

import posixpath
import re
from html import escape

from generator.config.colour import DARK_PAPER, LIGHT_PAPER, dark_accent
from generator.config.schema import ThemeConfig
from generator.engine import digest
from generator.model.site import StaticFile
from generator.model.urls import Base
from generator.theme.layers import Layers

_URL = re.compile(r"url\(\s*(['\"]?)(?!data:|https?:|#|/)([^'\")]+)\1\s*\)")
ACCENT = "#b3261e"
"""The theme's own accent, vermilion (`static/css/20-tokens.css`)."""
HASH_LENGTH = 10
"""Characters of the digest in a file's name."""


def press_static(layers: Layers, theme: ThemeConfig, base: Base) -> tuple[StaticFile, ...]:
    """Name every static file by its content and bind the style sheets of `static/css/` into one.

    Licences and notes beside the files (`*.md`, `LICENSE*`, `OFL*`) keep their names.
    """
    css = {n: f for n, f in layers.static.items() if n.startswith("static/css/")}
    others = tuple(
        _named(name, file.data) for name, file in layers.static.items() if name not in css
    )
    urls = {file.origin: base.relative(file.address) for file in others}
    parts = [_bound(name, file.data.decode("utf-8"), urls) for name, file in css.items()]
    sheet = "\n".join((*parts, _personal(theme))).strip() + "\n"
    return (_named("static/style.css", sheet.encode("utf-8")), *others)


def favicon(title: str, theme: ThemeConfig) -> StaticFile:
    """A favicon made of the newsletter's initial, in its accent, for light and dark browsers."""
    initial = next((c for c in title if c.isalnum()), "M").upper()
    light = theme.accent or ACCENT
    dark = theme.accent_dark or dark_accent(light)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f"<style>rect{{fill:{light}}}text{{fill:{LIGHT_PAPER}}}"
        f"@media(prefers-color-scheme:dark){{rect{{fill:{dark}}}text{{fill:{DARK_PAPER}}}}}</style>"
        '<rect width="64" height="64" rx="12"/>'
        '<text x="32" y="34" font-family="Georgia,serif" font-weight="700" font-size="44" '
        f'text-anchor="middle" dominant-baseline="central">{escape(initial)}</text></svg>\n'
    )
    return StaticFile("/favicon.svg", svg.encode("utf-8"), "favicon")


def _named(name: str, data: bytes) -> StaticFile:
    path = name.removeprefix("static/")
    stem, ending = posixpath.splitext(posixpath.basename(path))
    if ending in (".md", ".txt", "") or stem.startswith(("LICENSE", "OFL")):
        return StaticFile(f"/assets/{posixpath.basename(path)}", data, name)
    return StaticFile(f"/assets/{stem}.{digest.of_bytes(data)[:HASH_LENGTH]}{ending}", data, name)


def _bound(name: str, text: str, urls: dict[str, str]) -> str:
    """A part of the style sheet with its relative addresses replaced by the named files'."""

    def named(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
        return f'url("{urls[target]}")' if target in urls else found[0]

    return _URL.sub(named, text)


def _personal(theme: ThemeConfig) -> str:
    """The colour and the families of newsletter.yaml, over the tokens of the theme."""
    tokens = {
        "--accent-light": theme.accent,
        "--accent-dark": theme.accent_dark or (dark_accent(theme.accent) if theme.accent else ""),
        "--serif": theme.serif,
        "--sans": theme.sans,
    }
    lines = "".join(f"{name}:{value};" for name, value in tokens.items() if value)
    return f"@layer tokens{{:root{{{lines}}}}}" if lines else ""
