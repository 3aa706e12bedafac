"""The newsletter that a command is about: where it is, what it says of itself, what time it is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from generator.cli.command import Misuse
from generator.cli.console import Console
from generator.cli.failure import Refusal
from generator.config.checks import is_base_url
from generator.config.moments import read_moment
from generator.config.read import NAMES, read_config
from generator.config.schema import Config
from generator.model.diagnostic import error
from generator.model.request import Request


class Newsletter(Struct, frozen=True):
    """A newsletter on disk, as far as a command has to know it."""

    folder: Path
    """Absolute."""
    config_file: Path | None
    """Absolute, when it was named on the command line."""
    config: Config

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which a date without one is meant."""
        return ZoneInfo(self.config.timezone)

    @property
    def config_path(self) -> Path:
        """Where the configuration is, or would be."""
        usual = (self.folder / name for name in NAMES)
        found = next((file for file in usual if file.is_file()), self.folder / NAMES[0])
        return self.config_file or found

    def shown(self, path: Path) -> str:
        """A path as its author names it: relative to the newsletter's folder when it is inside."""
        absolute = Path(os.path.abspath(path))
        inside = absolute.is_relative_to(self.folder)
        return (absolute.relative_to(self.folder) if inside else absolute).as_posix()


def open_newsletter(console: Console, source: Path | None, config: Path | None) -> Newsletter:
    """Find the newsletter and go on in its language. Raises Refusal when there is none."""
    if config is not None and not config.is_file():
        raise Misuse("no-file", path=config)
    folder = _find(source, has_config=config is not None)
    if source is None and folder != Path.cwd():
        console.tell(console.words.say("found-above", folder=folder))
    file = config.absolute() if config else None
    settings, _problems, _digest = read_config(folder, file)  # the pipeline reports the problems
    console.speak(settings.language)
    return Newsletter(folder, file, settings)


def request_of(
    newsletter: Newsletter,
    *,
    at: str | None = None,
    output: Path | None = None,
    base_url: str | None = None,
    **flags: bool,
) -> Request:
    """Put what was asked for on the command line, and the time, into a request."""
    return Request(
        folder=str(newsletter.folder),
        config_file=str(newsletter.config_file or ""),
        output=str(output.absolute()) if output else "",
        base_url=_checked(base_url) if base_url else "",
        now=now(at, newsletter.zone, os.environ),
        **flags,
    )


def now(at: str | None, zone: ZoneInfo, environ: Mapping[str, str]) -> datetime:
    """What time it is for this run: `--at`, else SOURCE_DATE_EPOCH, else the clock."""
    if at is not None:
        moment = read_moment(at, zone)
        if moment is None:
            raise Misuse("at", value=at)
        return moment[0]
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return (
            datetime.fromtimestamp(int(epoch), UTC).astimezone(zone)
            if epoch
            else datetime.now(zone)
        )
    except (ValueError, OverflowError, OSError):
        raise Misuse("epoch", value=epoch) from None


def _find(source: Path | None, *, has_config: bool) -> Path:
    here = Path.cwd() if source is None else Path(os.path.abspath(source))
    if (has_config and here.is_dir()) or (here / "content").is_dir() or _is_configured(here):
        return here
    above = here.parents if source is None else ()
    found = next(filter(_is_configured, above), None)
    if found is None:
        raise Refusal(error("no-newsletter", folder=here))
    return found


def _is_configured(folder: Path) -> bool:
    return any((folder / name).is_file() for name in NAMES)


def _checked(url: str) -> str:
    if not is_base_url(url):
        raise Misuse("base-url", value=url)
    return url.rstrip("/") + "/"
