"""What a newsletter is made with: configuration, theme, and which files of content there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from generator.config.own_tables import Own, read_own_tables
from generator.config.read import config_path, key_places, read_config
from generator.config.schema import Config
from generator.content.load import Finding, find
from generator.content.settings import settings_for
from generator.engine import digest
from generator.model.article import Settings
from generator.model.diagnostic import Diagnostic, Place, warning
from generator.model.request import Request
from generator.model.urls import Base
from generator.theme.layers import Layers, read_layers

AT_HOME = "http://localhost:8000/"
"""Where a site is looked at that has no address yet."""


class Given(Struct, frozen=True):
    """Everything that a site is made of; the content is not yet read."""

    config: Config
    config_digest: str
    """Of the file's bytes."""
    places: Mapping[str, Place]
    """Where the keys of the configuration stand, as far as that can matter."""
    base: Base
    settings: Settings
    layers: Layers
    own: Own
    """The newsletter's own words."""
    problems: tuple[Diagnostic, ...]
    """What is wrong with configuration and theme."""
    found: Finding


def read_given(request: Request) -> Given:
    """Read the configuration and the theme, find the content; mistakes come back as diagnostics.
    Raises OSError only for what concerns no single file.
    """
    folder = Path(request.folder)
    file = Path(request.config_file) if request.config_file else None
    config, bad_config, sum_ = read_config(folder, file)
    layers, bad_layers = read_layers(folder)
    own = read_own_tables(folder)
    return Given(
        config=config,
        config_digest=sum_,
        places=key_places(folder, file) if config.navigation else {},
        base=Base(f"{(request.base_url or config.base_url or AT_HOME).rstrip('/')}/"),
        settings=settings_for(config, own.tables),
        layers=layers,
        own=own,
        problems=(
            *bad_config,
            *_homeless(request, config, bad_config),
            *own.problems,
            *bad_layers,
        ),
        found=find(folder),
    )


def basis_of(given: Given, content: str, request: Request, plugins: Iterable[str]) -> str:
    """Digest of everything that a plan is made from, but for the hour; `content` is the digest of
    the content's files.

    Of time only the year is told, which stands under the pages of a newsletter without articles.
    """
    files = given.layers.files.values()
    theme = digest.of_texts(text for f in files for text in (f.name, f.shown, f.digest))
    config = (config_path(Path(request.folder)), request.config_file, given.config_digest)
    words = digest.of_files(given.own.digests)
    asked = (request.base_url, str((request.drafts, request.future, request.now.year)))
    code = (digest.of_our_code(), *plugins)
    return digest.of_texts((content, theme, words, *config, *asked, *code))


def _homeless(
    request: Request, config: Config, problems: Iterable[Diagnostic]
) -> Iterable[Diagnostic]:
    """A site without an address; said only when nothing worse is wrong with the configuration."""
    if request.base_url or config.base_url or any(p.severity == "error" for p in problems):
        return
    file = Path(request.config_file) if request.config_file else None
    yield warning("no-base-url", Place(config_path(Path(request.folder), file)), local=AT_HOME)
