"""Another machine: a real sshd on loopback, with keys and a configuration of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import tools
from .ports import free_port, wait_for

SLOW = 20.0
"""Seconds that a machine busy with other things may take."""


@dataclass
class Machine:
    """An sshd, and the files of the one who logs in."""

    folder: Path
    """Of its configuration."""
    port: int

    @property
    def rsh(self) -> str:
        """The command that reaches it, as `RSYNC_RSH` holds it."""
        return shlex.join(["ssh", "-F", str(self.folder / "client")])

    def greet(self, *, key: str = "host") -> None:
        """Make its key known, or another one in its place."""
        kind, text, *_ = (self.folder / f"{key}.pub").read_text("ascii").split()
        self.known.write_text(f"[127.0.0.1]:{self.port} {kind} {text}\n", "ascii")

    @property
    def known(self) -> Path:
        """The file of the keys of hosts."""
        return self.folder / "known_hosts"

    def accept(self, *, key: str = "user", before: str = "") -> None:
        """Let a key in; `before` is run in front of the command that is asked for."""
        public = (self.folder / f"{key}.pub").read_text("ascii")
        forced = f'command="{before} /bin/sh -c \\"$SSH_ORIGINAL_COMMAND\\"" ' if before else ""
        (self.folder / "authorized").write_text(forced + public, "ascii")


@contextmanager
def sshd(folder: Path) -> Iterator[Machine]:
    """Run it until the end of the block."""
    program = tools.server("sshd", "openssh-server")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where its service would have made it
    machine = Machine(folder, free_port())
    for name in ("host", "other", "user", "stranger"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(words, check=True)
    (folder / "server").write_text(server(machine), "utf-8")
    (folder / "client").write_text(client(machine), "utf-8")
    machine.accept()
    machine.greet()
    with (folder / "log").open("wb") as log:
        words = [program, "-D", "-e", "-f", str(folder / "server")]
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stderr=log)
        try:
            wait_for(machine.port, process)
            yield machine
        finally:
            process.terminate()
            process.wait(SLOW)


def server(machine: Machine) -> str:
    folder = machine.folder
    return f"""\
Port {machine.port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
AuthorizedKeysFile {folder}/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
"""


def client(machine: Machine) -> str:
    """As careless as users are: what Marbre insists on has to win over it."""
    folder = machine.folder
    return f"""\
Host ailleurs
  HostName 127.0.0.1
  Port {machine.port}
Host *
  IdentityFile {folder}/user
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile none
  StrictHostKeyChecking no
  BatchMode no
"""
