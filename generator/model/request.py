"""What the user asked for: the pipeline's only knowledge of the world outside the newsletter."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct


class Request(Struct, frozen=True, kw_only=True):
    """One build, as asked for on the command line."""

    folder: str
    """Absolute path of the newsletter: where `content/` is."""
    config_file: str = ""
    """Absolute path of the configuration, when it is not `newsletter.yaml` in the folder."""
    output: str = ""
    """Absolute path of the output; empty is `site/` in the folder."""
    base_url: str = ""
    """Takes the place of the configuration's."""
    now: datetime
    """With time zone. The only "now" that there is: the clock is read by the command alone."""
    drafts: bool = False
    """Whether drafts are shown."""
    future: bool = False
    """Whether articles that are not yet due are shown."""
    strict: bool = False
    """Whether warnings stop the build as errors do."""
    clean: bool = False
    """Whether everything is written anew."""

    @property
    def output_folder(self) -> Path:
        """Where the site is written."""
        return Path(self.output) if self.output else Path(self.folder) / "site"
