"""The workflows that `marbre init --ci` writes, read by GitHub's own parser."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from generator.cli.workflows import workflow

from . import tools
from .verdict import verdict

LANGUAGES = ("fr", "en")
FORGES = ("github", "forgejo")
"""Forgejo reads GitHub's form."""


def said(*files: Path) -> list[str]:
    """What the parser has to say, as `file: what`."""
    package = tools.from_npm("@actions/workflow-parser/package.json")
    script = Path(__file__).with_name("workflows.mjs")
    done = subprocess.run(
        [tools.node(), str(script), str(package.parents[2]), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return [f"{Path(file).name}: {what}" for file, all_ in found.items() for what in all_]


def text_of(forge: str, lang: str) -> str:
    (text,) = workflow(forge, lang, "Europe/Paris").values()
    return text


def test_github_understands_them(tmp_path: Path) -> None:
    files = []
    for forge in FORGES:
        for lang in LANGUAGES:
            files.append(tmp_path / f"{forge}-{lang}.yml")
            files[-1].write_text(text_of(forge, lang), "utf-8")
    verdict(said(*files))


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        ("runs-on:", "runs_on:", "Unexpected value 'runs_on'"),
        ("hashFiles(", "hashFile(", "Unrecognized function"),
        ("${{ github.", "${{ gitub.", "Unrecognized named-value"),
        ("7 * * * *", "7 * * *", "Invalid cron expression"),
    ],
)
def test_the_judge_says_what_is_wrong(tmp_path: Path, right: str, wrong: str, what: str) -> None:
    file = tmp_path / "workflow.yml"
    text = text_of("github", "en")
    assert right in text
    file.write_text(text.replace(right, wrong), "utf-8")
    assert any(what in line for line in said(file))
