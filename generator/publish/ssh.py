"""The way to another machine: ssh's own words, and what they mean when it fails.

How a machine is reached (name, key, jump host) stands in the user's ssh configuration, as for every
other use of ssh. Three things are not left to it: nobody is asked anything, a host's key must be
known beforehand, and a silent machine is given up (ssh_config(5)).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping

from msgspec import Struct

from generator.model.diagnostic import Diagnostic, error
from generator.publish.tools import Outcome

RULES = {
    "BatchMode": "yes",
    "StrictHostKeyChecking": "yes",
    "UpdateHostKeys": "no",
    "ConnectTimeout": "20",
    "ServerAliveInterval": "15",
    "ServerAliveCountMax": "4",
}
"""Seconds for the two intervals. ssh takes the first value that it is given, so nothing after these
can undo them.
"""

_HOST = r"(?:[\w.+-]+@)?(?:[A-Za-z0-9_][\w.-]*|\[[0-9A-Fa-f:.%\w]+\])"


class Host(Struct, frozen=True):
    """A machine as ssh knows it."""

    name: str
    """`user@host`, or what the ssh configuration calls it."""
    port: int = 0
    """0 leaves it to the ssh configuration."""

    @property
    def bare(self) -> str:
        """The machine alone, without the user."""
        return self.name.rpartition("@")[2].strip("[]")

    @property
    def is_sound(self) -> bool:
        """Whether it is a machine's name: nothing that ssh or rsync would take for an option."""
        return bool(re.fullmatch(_HOST, self.name)) and not self.name.startswith("-")


def ssh_words(host: Host, environ: Mapping[str, str]) -> list[str]:
    """The command that reaches a host, as far as its name: `RSYNC_RSH` when that is set (rsync(1)),
    so that ssh may be given options of one's own, else `ssh`.
    """
    program, *own = shlex.split(environ.get("RSYNC_RSH") or "ssh")
    rules = [word for name, value in RULES.items() for word in ("-o", f"{name}={value}")]
    port = ["-p", str(host.port)] if host.port else []
    return [program, *rules, *port, *own]


def ssh_trouble(outcome: Outcome, host: Host) -> Diagnostic | None:
    """What kept us from reaching a host; None when that was not it."""
    said, name = outcome.last_words, host.name
    if "REMOTE HOST IDENTIFICATION HAS CHANGED" in outcome.said:
        return error("publish-host-changed", host=host.bare)
    if "Host key verification failed" in outcome.said:
        return error("publish-host-unknown", host=host.bare, login=name, port=_port(host))
    if re.search(r"Permission denied \([a-z][\w,-]*\)|Too many authentication", outcome.said):
        return error("publish-ssh-refused", host=name, port=_port(host), said=said)
    if re.search(r"^ssh: |Connection (closed|reset|timed out)", outcome.said, re.MULTILINE):
        return error("publish-ssh-unreachable", host=name, said=said)
    return None


def _port(host: Host) -> str:
    return f"-p {host.port} " if host.port else ""
