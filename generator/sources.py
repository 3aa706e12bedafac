"""Everything that a site is made from, but the time, in one digest: by bytes, so that a fresh
checkout on another machine has the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.config.own_files import digests_of, own_files
from generator.config.read import read_config
from generator.content.load import find
from generator.engine import digest
from generator.plugins import offered
from generator.theme.layers import Layers, read_layers


def of_sources(
    content: str,
    config: str,
    locales: Mapping[str, str],
    layers: Layers,
    plugins: Iterable[str],
) -> str:
    """One digest over those of the content, of the configuration, of the newsletter's own words, of
    the theme's files, and over the plugins and our own code.
    """
    words = digest.of_files(locales)
    theme = digest.of_files({name: file.digest for name, file in layers.files.items()})
    return digest.of_texts((content, config, words, theme, *plugins, digest.of_our_code()))


def read_sources(folder: Path, config_file: Path | None) -> str:
    """Read everything and digest it, without understanding any of it. Raises OSError."""
    found, _ = find(folder)
    content = digest.of_files({file.path: digest.of_file(Path(file.origin)) for file in found})
    _, _, config = read_config(folder, config_file)
    locales = digests_of(own_files(folder))
    return of_sources(content, config, locales, read_layers(folder)[0], offered())
