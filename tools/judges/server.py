"""A static host: serves a folder under a path over real HTTP, as the hosts of our users do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".opml": "text/x-opml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".mp3": "audio/mpeg",
    ".webmanifest": "application/manifest+json",
}
FEED_TYPES = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}


@contextmanager
def serve(folder: Path, path: str = "/lettre/") -> Iterator[str]:
    """Serve `folder` under `path` on a free port of this machine; gives the base URL.

    The folder may still be empty: a build needs to know the address before it writes.
    """

    class Handler(StaticHost):
        root, base_path = folder, path

    with Host(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{path}"
        finally:
            server.shutdown()


class Host(ThreadingHTTPServer):
    """Lets a browser hang up without a word."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class StaticHost(SimpleHTTPRequestHandler):
    """Files as they are, `index.html` for a folder, and the site's own 404 page for the rest."""

    protocol_version = "HTTP/1.1"
    root: Path
    base_path: str

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def answer(self, *, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.file_for(path)
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                self.send(HTTPStatus.MOVED_PERMANENTLY, b"", "", with_body, location=path + "/")
                return
            file = file / "index.html"
        if file is not None and file.is_file():
            self.send_file(file, with_body)
            return
        lost = self.root / "404.html"
        page = lost.read_bytes() if lost.is_file() else b"not found"
        self.send(HTTPStatus.NOT_FOUND, page, TYPES[".html"], with_body)

    def send_file(self, file: Path, with_body: bool) -> None:
        """A file; to one who has it already, only the news that it is the same."""
        stat = file.stat()
        tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        known = self.headers.get("If-None-Match")
        if known == tag:
            self.send(HTTPStatus.NOT_MODIFIED, b"", "", False, state=(tag, stat.st_mtime))
            return
        body = file.read_bytes()
        state = (tag, stat.st_mtime)
        self.send(HTTPStatus.OK, body, content_type(file), with_body, state=state)

    def file_for(self, path: str) -> Path | None:
        if not path.startswith(self.base_path):
            return None
        root = self.root.resolve()
        file = (root / path.removeprefix(self.base_path)).resolve()
        return file if file.is_relative_to(root) else None

    def send(
        self,
        status: HTTPStatus,
        body: bytes,
        type_: str,
        with_body: bool,
        *,
        location: str = "",
        state: tuple[str, float] | None = None,
    ) -> None:
        self.send_response(status)
        if state:
            self.send_header("ETag", state[0])
            self.send_header("Last-Modified", self.date_time_string(int(state[1])))
        if type_:
            self.send_header("Content-Type", type_)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the judges say what they found."""


def content_type(file: Path) -> str:
    """The type that a well set-up host gives; feeds by their name, the rest by extension."""
    by_name = FEED_TYPES.get(file.name)
    return by_name or TYPES.get(file.suffix.lower(), "application/octet-stream")
