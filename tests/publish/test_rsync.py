"""What rsync and ssh say when they fail, and what it means. tools/judges has the real ones."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from trees import tree

from generator.contracts import Ground, Target
from generator.publish.order import phases
from generator.publish.rsync import KIND, Settings
from generator.publish.ssh import Host, ssh_words
from generator.publish.trouble import Trouble

FULL = (
    'rsync: [receiver] write failed on "/var/www/a": No space left on device (28)\n'
    "rsync error: error in file IO (code 11) at receiver.c(380) [receiver=3.2.7]"
)
REFUSED = "moi@exemple.fr: Permission denied (publickey,password)."
MODES = 'rsync: [generator] mkstemp "/var/www/.a.Xy12" failed: Permission denied (13)'
CHANGED = "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed."
UNKNOWN = (
    "No ED25519 host key is known for exemple.fr and you have requested strict checking.\n"
    "Host key verification failed."
)

CLOSED = "rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]"


def place(folder: Path, host: str = "moi@exemple.fr") -> Target:
    environ = {"PATH": f"{folder}:{os.environ['PATH']}"}
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    ground = Ground("production", folder, "https://exemple.fr/", now, environ)
    return KIND.open(Settings(host=host, path="lettre"), ground)


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (11, FULL, "publish-disk-full"),
        (255, REFUSED, "publish-ssh-refused"),
        (23, MODES, "publish-no-permission"),
        (255, CHANGED, "publish-host-changed"),
        (255, UNKNOWN, "publish-host-unknown"),
        (255, "ssh: Could not resolve hostname exemple.fr", "publish-ssh-unreachable"),
        (127, "sh: 1: rsync: not found", "publish-rsync-not-there"),
        (12, f"/bin/sh: 1: rsync: not found\n{CLOSED}", "publish-rsync-not-there"),
        (12, f"bash: ligne 1: rsync : commande introuvable\n{CLOSED}", "publish-rsync-not-there"),
        (12, f"zsh:1: command not found: rsync\n{CLOSED}", "publish-rsync-not-there"),
        (12, CLOSED, "publish-tool-failed"),
        (2, "rsync: --delete-missing-args: unknown option", "publish-tool-failed"),
    ],
)
def test_what_went_wrong_is_told(tmp_path: Path, status: int, said: str, code: str) -> None:
    rsync = tmp_path / "rsync"
    rsync.write_text(f"#!/bin/sh\necho {shlex.quote(said)} >&2\nexit {status}\n", "utf-8")
    rsync.chmod(0o755)
    with pytest.raises(Trouble, match=code):
        place(tmp_path).compare(tree(tmp_path / "site", {"index.html": "un"}))


def test_our_rules_come_before_options_of_ones_own() -> None:
    own = {"RSYNC_RSH": "ssh -o StrictHostKeyChecking=no -i 'ma clé'"}
    words = ssh_words(Host("exemple.fr", 2222), own)
    first = next(word for word in words if word.startswith("StrictHostKeyChecking="))
    assert first == "StrictHostKeyChecking=yes"
    assert words[0] == "ssh"
    assert words[-1] == "ma clé"
    assert words[words.index("-p") + 1] == "2222"


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("moi@exemple.fr", True),
        ("ailleurs", True),
        ("moi@[2001:db8::1]", True),
        ("-oProxyCommand=x", False),
        ("-l@exemple.fr", False),
        ("moi@-exemple", False),
        ("exemple.fr:22", False),
        ("a b", False),
        ("", False),
    ],
)
def test_a_host_is_a_name_and_nothing_else(name: str, sound: bool) -> None:
    assert Host(name).is_sound is sound


def test_files_of_a_rank_travel_together() -> None:
    paths = ("index.html", "b/index.html", "a/index.html", "assets/s.css", "feed.xml")
    pages = ["a/index.html", "b/index.html"]
    assert phases(paths) == [["assets/s.css"], pages, ["feed.xml", "index.html"]]
