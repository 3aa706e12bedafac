"""An HTTP server that stands before another one and makes trouble, a bounded number of times."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

Fault = str
"""`500`, `429` and the like: answered without asking; `lost`: not even passed on; `cut`: passed on,
half the answer; `mute`: passed on, no answer; `late`: no answer before the client has hung up;
empty: no fault."""
Plan = Callable[[int, str, str], Fault]
"""What happens to the request of a number (from 0), a method and a path."""


class Proxy(ThreadingHTTPServer):
    """Passes requests on as the plan will have it."""

    daemon_threads = True

    def __init__(self, upstream: int) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream = upstream
        self.plan: Plan = lambda number, method, path: ""
        self.seen: list[tuple[str, str]] = []
        """Method and path of each request."""
        self.faults = 0
        self.headers = {"Retry-After": "0"}
        self.body = b"<Error><Code>Fault</Code></Error>"
        """What an answer that is a fault says."""
        self.numbers = count()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class Handler(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.lock:
            fault = self.server.plan(next(self.server.numbers), self.command, self.path)
            self.server.seen.append((self.command, self.path))
            self.server.faults += bool(fault)
        if fault.isdigit():
            self.answer(int(fault), self.server.headers, self.server.body)
        elif fault == "lost":
            self.hang_up()
        elif fault == "late":
            self.connection.settimeout(30)
            self.rfile.read(1)  # returns when the other side gives up
            self.close_connection = True
        else:
            self.forward(body, fault)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = pass_on  # noqa: N815

    def forward(self, body: bytes, fault: Fault) -> None:
        connection = HTTPConnection("127.0.0.1", self.server.upstream, timeout=60)
        connection.request(self.command, self.path, body, dict(self.headers.items()))
        found = connection.getresponse()
        data = found.read()
        connection.close()
        if fault == "mute":
            self.hang_up()
            return
        passed = {k: v for k, v in found.getheaders() if k.lower() not in ("connection", "date")}
        if self.command != "HEAD":
            passed["Content-Length"] = str(len(data))
        half = data[: len(data) // 2]
        self.answer(found.status, passed, half if fault == "cut" else data)
        if fault == "cut":
            self.hang_up()

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def proxy(upstream: int) -> Iterator[Proxy]:
    """A proxy before a port of this machine."""
    with Proxy(upstream) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(10)
