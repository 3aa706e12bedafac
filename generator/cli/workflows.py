"""Continuous publishing: the workflow file of each forge, in the newsletter's language and zone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

WORKFLOWS = Path(__file__).parent.parent / "starter" / "workflows"
"""A folder per language, a file per forge."""
PLACES = {
    "github": ".github/workflows/publish.yml",
    "gitlab": ".gitlab-ci.yml",
    "forgejo": ".forgejo/workflows/publish.yml",
}
"""Where each forge looks for it."""


def workflow(forge: str, lang: str, timezone: str) -> Mapping[str, str]:
    """The text of a forge's workflow by its name in the newsletter."""
    text = (WORKFLOWS / lang / f"{forge}.yml").read_text("utf-8")
    return {PLACES[forge]: text.replace("{timezone}", timezone)}
