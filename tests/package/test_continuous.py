"""The workflows that `marbre init --ci` writes, run as written: push, hour after hour, by hand."""

from __future__ import annotations

import re
import subprocess
import sysconfig
import venv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from forges import Forge, quiet_environment

from generator.cli.main import run
from generator.cli.workflows import PLACES

PARIS = ZoneInfo("Europe/Paris")
ADDRESSES = {
    "github": "https://pages.example/lettre/",
    "gitlab": "https://lettre.pages.example/",
    "forgejo": "https://exemple.fr/",  # base_url
}
DUE = "---\ntitle: Programmé\ndate: 2026-03-11 06:00\n---\n\nUn texte.\n"


def at(day: int, hour: int, minute: int = 7) -> int:
    return int(datetime(2026, 3, day, hour, minute, tzinfo=PARIS).timestamp())


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an empty Python has its commands."""
    home = tmp_path_factory.mktemp("python")
    venv.create(home, with_pip=True)
    return home / "bin"


@pytest.fixture(params=PLACES)
def forge(
    request: pytest.FixtureRequest,
    wheel: Path,
    python: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Forge:
    """A newsletter with an article scheduled for the 11th at six; Python alone on the machines.

    `pip install marbre` runs as written: it finds the wheel of this checkout, and the libraries
    that the tests have, instead of the package index.
    """
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(at(10, 12)))
    made = Forge(
        request.param,
        tmp_path,
        python,
        {
            **quiet_environment(),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(wheel.parent),
            "PIP_NO_DEPS": "1",
            "PIP_FORCE_REINSTALL": "1",
            "PYTHONPATH": sysconfig.get_path("purelib"),
        },
    )
    assert run(["init", str(made.repository), "--ci", request.param, "--lang", "fr"]) == 0
    (made.repository / "content" / "programme.md").write_text(DUE, "utf-8")
    if request.param == "forgejo":
        subprocess.run(["git", "init", "--quiet", "--bare", str(made.pages)], check=True)
        with (made.repository / "newsletter.yaml").open("a", encoding="utf-8") as config:
            config.write(
                f"publish:\n  production: {{to: git, remote: '{made.pages}', branch: pages}}\n"
            )
    (made.repository / "content" / ".well-known").mkdir()
    (made.repository / "content" / ".well-known" / "security.txt").write_text("Contact: …\n")
    return made


def is_online(forge: Forge) -> bool:
    return (forge.online / "2026/03/programme/index.html").is_file()


def address(forge: Forge) -> str:
    front = (forge.online / "index.html").read_text("utf-8")
    (found,) = re.findall(r'<link rel="canonical" href="([^"]+)"', front)
    return str(found)


def test_scheduled_articles_appear_by_themselves(forge: Forge) -> None:
    assert forge.run("push", at(10, 12, 30)), forge.said
    assert "Successfully installed marbre" in forge.said
    assert address(forge) == ADDRESSES[forge.name]
    assert (forge.online / ".well-known" / "security.txt").is_file()
    if forge.name != "forgejo":  # there the record lies in the branch
        assert not (forge.online / ".marbre").exists()
    assert not is_online(forge)

    assert not forge.run("schedule", at(11, 5)), forge.said
    assert "Rien à faire" in forge.said
    assert "avant le 11 mars 2026 à 6 h" in forge.said.replace("\u00a0", " ").replace("\u202f", " ")

    assert forge.run("schedule", at(11, 6)), forge.said
    assert is_online(forge)
    assert not forge.run("schedule", at(11, 7)), forge.said
    assert not forge.run("push", at(11, 7, 30)), forge.said  # the readme, say

    (forge.repository / "content" / "programme.md").unlink()
    assert forge.run("push", at(11, 8)), forge.said
    assert not is_online(forge)
    by_hand = "web" if forge.name == "gitlab" else "workflow_dispatch"
    assert forge.run(by_hand, at(11, 9)), forge.said


@pytest.mark.parametrize("forge", ["github", "forgejo"], indirect=True)
def test_after_a_failure_the_next_hour_tries_again(forge: Forge) -> None:
    """GitLab deploys when the job has ended, so the job cannot know of it."""
    assert forge.run("schedule", at(10, 13)), forge.said  # there is no cache yet
    forge.is_down = True
    assert not forge.run("schedule", at(11, 6)), forge.said
    forge.is_down = False
    assert forge.run("schedule", at(11, 7)), forge.said
    assert is_online(forge)


@pytest.mark.parametrize("forge", ["github", "gitlab"], indirect=True)
def test_a_mistake_publishes_nothing_and_is_said_again_every_hour(forge: Forge) -> None:
    (forge.repository / "content" / "programme.md").write_text("---\ndate: jamais\n---\n", "utf-8")
    for hour in (14, 15):
        if forge.name == "gitlab":
            with pytest.raises(AssertionError, match="front-matter-type"):
                forge.run("push", at(10, hour))
        else:
            assert not forge.run("push", at(10, hour))
            assert "front-matter-type" in forge.said
