"""Secrets are never printed: not on success, not on failure, not in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "s3cr3t/jeton+de-test"
CONFIG = "title: Essai\nbase_url: https://exemple.fr/\nlanguage: fr\npublish:\n  production: {%s}\n"
TELLS = "sh -c 'echo $DEPLOY_TOKEN; echo $DEPLOY_TOKEN >&2; exit %d'"


def publish(letter: Path, settings: str, *start: str) -> subprocess.CompletedProcess[str]:
    (letter / "newsletter.yaml").write_text(CONFIG % settings, "utf-8")
    words = [*(start or ("-m", "generator")), "publish", "--yes", "-v", "-s", str(letter)]
    return subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "DEPLOY_TOKEN": SECRET, "RSYNC_RSH": f"sh -c 'echo {SECRET} >&2' x"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "code", "shown"),
    [
        (f'to: command, command: "{TELLS % 0}"', 0, "•••"),
        (f'to: command, command: "{TELLS % 4}"', 1, "•••"),
        ("to: command, command: no-such-tool --token " + SECRET, 1, "publish-tool-missing"),
        ("to: rsync, host: moi@exemple.fr, path: lettre", 1, ""),
        ("to: folder, path: /proc/nowhere", 1, ""),
        (f"to: folder, path: /proc/{SECRET}", 1, "•••"),
    ],
)
def test_no_secret_is_printed(letter: Path, settings: str, code: int, shown: str) -> None:
    said = publish(letter, settings)
    assert said.returncode == code, said.stderr
    assert SECRET not in said.stdout + said.stderr
    assert shown in said.stdout + said.stderr


BUG = """
import sys
from generator.cli import main, publish
def broken(*_):
    import os
    raise ValueError("bad answer: " + os.environ["DEPLOY_TOKEN"])
publish._built = broken
main.main()
"""


def test_a_traceback_of_ours_holds_no_secret(letter: Path) -> None:
    said = publish(letter, "to: folder, path: ../www", "-c", BUG)
    assert said.returncode == 1
    assert "ValueError: bad answer: •••" in said.stderr
    assert SECRET not in said.stdout + said.stderr
