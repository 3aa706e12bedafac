"""Where to listen: the first free port, and the name under which others find it."""

from __future__ import annotations

import errno
import socket

TRIES = 100
"""Ports that are tried before giving up."""


def listen(bind: str, port: int) -> socket.socket:
    """Listen on a port, or on the next one that is free. Raises OSError when none is.

    Callers that come before the first build wait in the socket's queue.
    """
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    last = port if port == 0 else min(port + TRIES, 65_535)
    for number in range(port, last + 1):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((bind, number))
            listener.listen(512)
        except OSError as problem:
            listener.close()
            if problem.errno in (errno.EADDRINUSE, errno.EACCES) and number != last:
                continue
            raise
        return listener
    raise AssertionError("unreachable")


def port_of(listener: socket.socket) -> int:
    """The port on which it listens."""
    return int(listener.getsockname()[1])


def is_everywhere(bind: str) -> bool:
    """Whether an address means all networks of this machine."""
    return bind in ("0.0.0.0", "::", "")


def host_of(bind: str) -> str:
    """What to write into a URL for the address that one listens on."""
    host = network_address() if is_everywhere(bind) else bind
    return f"[{host}]" if ":" in host else host


def network_address() -> str:
    """This machine's address in its network; the local one when it has no other."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: it only chooses an interface
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
