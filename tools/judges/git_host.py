"""A host of git repositories over https: git's own http-backend behind a password."""

from __future__ import annotations

import base64
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from . import tools


@dataclass
class Host:
    """The host, and who has been there."""

    root: Path
    """Folder of the repositories."""
    password: str
    certificate: Path
    port: int = 0
    names: set[str] = field(default_factory=set)
    """Names given with the right password."""


@contextmanager
def git_host(root: Path, password: str) -> Iterator[Host]:
    """Serve the repositories of a folder until the end of the block."""
    host = Host(root, password, root / "certificate.pem")
    words = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
    ]
    words += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(root / "key.pem")]
    program = tools.found("openssl", "openssl")
    subprocess.run([program, *words, "-out", host.certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(host.certificate, root / "key.pem")
    handler = type("Handler", (_Handler,), {"host": host})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    host.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    host: Host

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _answer(self) -> None:
        given = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic "))
        name, _, password = given.decode("utf-8").partition(":")
        if password != self.host.password:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.host.names.add(name)
        head, _, body = self._backend().partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n"))
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for key, value in {**fields, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def _backend(self) -> bytes:
        """What git says to the request (git-http-backend(1))."""
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length") or 0)
        more = {
            "GIT_PROJECT_ROOT": str(self.host.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "REMOTE_USER": "someone",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(length),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        data = self.rfile.read(length)
        words = ["git", "http-backend"]
        done = subprocess.run(
            words, input=data, env={**os.environ, **more}, capture_output=True, check=True
        )
        return done.stdout
