"""Which place of newsletter.yaml is meant, and the place itself."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from generator.cli.failure import Refusal
from generator.cli.newsletter import Newsletter
from generator.config.nearest import nearest
from generator.config.targets import ReadTarget, read_target
from generator.contracts import Ground, Target, TargetKind
from generator.model.diagnostic import Place, error
from generator.model.request import Request

USUAL = "production"
"""The place that is meant when none of several is named."""


class Destination(Struct, frozen=True):
    """A place, ready to be looked at."""

    name: str
    kind: TargetKind
    read: ReadTarget
    ground: Ground

    def open(self) -> Target:
        """Give the place; it is not touched yet."""
        return self.kind.open(self.read.settings, self.ground)


def find_destination(
    asked: str, newsletter: Newsletter, request: Request, kinds: Mapping[str, TargetKind]
) -> Destination:
    """Find the place of a name, or the usual one. Raises Refusal with all that is wrong with it."""
    name = _name(asked, newsletter)
    settings = {kind.name: kind.settings for kind in kinds.values()}
    found, problems = read_target(newsletter.folder, newsletter.config_file, name, settings)
    if found is None or any(problem.severity == "error" for problem in problems):
        raise Refusal(*problems)
    ground = Ground(
        name=name,
        folder=newsletter.folder,
        base_url=request.base_url or newsletter.config.base_url,
        now=request.now,
        environ=os.environ,
        language=newsletter.config.language,
    )
    return Destination(name, kinds[found.to], found, ground)


def _name(asked: str, newsletter: Newsletter) -> str:
    names = tuple(newsletter.config.publish.targets)
    place = Place(newsletter.shown(newsletter.config_path))
    if not names:
        raise Refusal(error("publish-no-target", place))
    if asked and asked not in names:
        near = nearest(asked, names, always=True)
        raise Refusal(error("publish-unknown", place, name=asked, nearest=near))
    usual = USUAL if USUAL in names else names[0] if len(names) == 1 else ""
    if not (asked or usual):
        raise Refusal(error("publish-which", place, names=", ".join(names)))
    return asked or usual
