"""The Nu HTML checker (what validator.w3.org runs), over every page, style sheet and drawing."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from . import tools

WHAT = ("--skip-non-html", "--also-check-css", "--also-check-svg")
NEWER_CSS_THAN_THE_CHECKER = (
    "Unrecognized at-rule “@container”",
    "Unrecognized at-rule “@property”",
    "Unrecognized at-rule “@view-transition”",
    "Property “container-type” doesn't exist",
    "Property “container-name” doesn't exist",
    "Property “container” doesn't exist",
    "Property “text-box” doesn't exist",
    "Property “view-transition-name” doesn't exist",
)
"""Every current browser knows these; the checker's CSS part does not yet. Style sheets only."""


def check(folder: Path) -> list[str]:
    """Every error and warning about the files of `folder`, as `file:line:col: kind: message`."""
    done = subprocess.run(
        [*tools.nu_checker(), "--format", "json", *WHAT, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        messages = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError):
        return [f"the Nu checker did not answer: {done.stderr or done.stdout}"]
    return sorted(finding(message, folder) for message in messages if counts(message))


def counts(message: dict[str, Any]) -> bool:
    if message["type"] == "info" and message.get("subType") != "warning":
        return False
    is_style_sheet = message.get("url", "").endswith(".css")
    text = message["message"]
    return not (is_style_sheet and any(known in text for known in NEWER_CSS_THAN_THE_CHECKER))


def finding(message: dict[str, Any], folder: Path) -> str:
    file = Path(unquote(urlsplit(message.get("url", "")).path)).resolve()
    name = file.relative_to(folder.resolve()) if file.is_relative_to(folder.resolve()) else file
    line = message.get("firstLine", message.get("lastLine", 1))
    column = message.get("firstColumn", 1)
    kind = message.get("subType", message["type"])
    extract = " ".join(message.get("extract", "").split())
    return f"{name}:{line}:{column}: {kind}: {message['message']}" + (
        f"\n    {extract}" if extract else ""
    )
