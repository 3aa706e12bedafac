"""Everything that a site is made from, but the time, in one digest: by bytes, so that a fresh
checkout on another machine has the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.config.read import read_config
from generator.content.load import find
from generator.engine import digest
from generator.plugins import offered
from generator.theme.layers import Layers, read_layers


def of_sources(content: str, config: str, layers: Layers, plugins: Iterable[str]) -> str:
    """One digest over those of the content, of the configuration, of the theme's files, and over
    the plugins and our own code.
    """
    theme = digest.of_files({name: file.digest for name, file in layers.files.items()})
    return digest.of_texts((content, config, theme, *plugins, digest.of_our_code()))


def read_sources(folder: Path, config_file: Path | None) -> str:
    """Read everything and digest it, without understanding any of it. Raises OSError."""
    found, _ = find(folder)
    content = digest.of_files({file.path: digest.of_file(Path(file.origin)) for file in found})
    _, _, config = read_config(folder, config_file)
    return of_sources(content, config, read_layers(folder)[0], offered())
