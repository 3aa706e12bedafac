"""Programs of the machine that a place is reached with: git, ssh, rsync, whatever a host offers.

They are run without a shell, never ask anybody anything, and what they say is told without secrets.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from generator.model.diagnostic import error
from generator.publish.secret import masked
from generator.publish.trouble import Trouble

NEVER_ASK = {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never"}
"""Variables that keep git (gitcredentials(7)), ssh (ssh(1)) and git's credential manager quiet."""
LAST_LINES = 5
"""Lines of a program's last words that a message quotes."""
NOT_RUN = 126
"""Exit code of a shell for a program that cannot be started."""
PATIENCE = 5.0
"""Seconds that an interrupted program has to put its things in order."""


class Outcome(Struct, frozen=True):
    """How a program ended."""

    status: int
    """Its exit code; 128 and the signal's number for one that was killed, as shells count."""
    out: bytes
    """Its standard output, as it is: it may hold a secret."""
    said: str
    """Its standard error, without secrets; when it failed in silence, its standard output."""

    @property
    def last_words(self) -> str:
        """The end of what it said, in a line; `—` when it said nothing."""
        lines = [line.strip() for line in self.said.splitlines() if line.strip()]
        return " / ".join(lines[-LAST_LINES:]) or "—"


def run(
    words: Sequence[str],
    *,
    environ: Mapping[str, str],
    folder: Path | None = None,
    data: bytes | None = None,
) -> bytes:
    """Run a program to its end and give its standard output. Raises Trouble when it is missing, or
    when it ends with another code than 0, with its own last words.
    """
    outcome = attempt(words, environ=environ, folder=folder, data=data)
    if outcome.status:
        raise failed(words, outcome)
    return outcome.out


def attempt(
    words: Sequence[str],
    *,
    environ: Mapping[str, str],
    folder: Path | None = None,
    data: bytes | BinaryIO | None = None,
) -> Outcome:
    """Run a program to its end, whatever that is; `data`, bytes or an open file, is its standard
    input, which else is closed. Raises Trouble when there is no such program.
    """
    try:
        process = subprocess.Popen(
            words,
            cwd=folder,
            env=_quiet(environ),
            stdin=_input(data),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # without a terminal no program can ask for a password there
        )
    except FileNotFoundError:
        if folder is not None and not folder.is_dir():
            raise
        raise Trouble(error("publish-tool-missing", tool=words[0])) from None
    except OSError as problem:
        raise failed(words, Outcome(NOT_RUN, b"", problem.strerror or "")) from None
    with process:
        out, said = _heard(process, data if isinstance(data, bytes) else None)
    status = process.returncode
    told = masked(said.decode("utf-8", "replace"), environ)
    if status and not told.strip():  # some tools complain on their standard output
        told = masked(out.decode("utf-8", "replace"), environ)
    return Outcome(status if status >= 0 else 128 - status, out, told)


def failed(words: Sequence[str], outcome: Outcome) -> Trouble:
    """Say how a program ended; its arguments are not told, they may hold a secret."""
    status, said = outcome.status, outcome.last_words
    return Trouble(error("publish-tool-failed", tool=words[0], status=status, said=said))


def _input(data: bytes | BinaryIO | None) -> int | BinaryIO:
    if data is None:
        return subprocess.DEVNULL
    return subprocess.PIPE if isinstance(data, bytes) else data


def _heard(process: subprocess.Popen[bytes], data: bytes | None) -> tuple[bytes, bytes]:
    """What it gave. Interrupted, we end it with all that it started: it has a session of its own,
    which no key of the terminal reaches.
    """
    try:
        return process.communicate(data)
    except BaseException:
        _signal(process, signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
        raise


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _quiet(environ: Mapping[str, str]) -> dict[str, str]:
    return {**{k: v for k, v in environ.items() if k != "SSH_ASKPASS"}, **NEVER_ASK}
