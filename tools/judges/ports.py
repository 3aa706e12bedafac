"""Servers of other people's, on ports of this machine."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

PATIENCE = 30
"""Seconds until a server has to listen; the machine may be busy."""


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path | None = None) -> None:
    """Until somebody listens; what the log says when nobody ever does."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    said = log.read_text("utf-8", "replace") if log and log.is_file() else ""
    raise AssertionError(f"nobody listens at port {port}\n{said}")
