"""A small server that follows Netlify's documented digest protocol to the letter, for our tests.

From docs.netlify.com ("Get started with the Netlify API") and open-api.netlify.com: what is not
allowed there is an error here.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "nfp_ceci-est-le-SECRET"
SITE = "lettre.netlify.app"
RAW = "application/vnd.bitballoon.v1.raw"


def sha(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


class Netlify(ThreadingHTTPServer):
    """One site, its deploys, and every file that was ever sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.deploys: list[dict[str, Any]] = []
        self.online: str | None = None
        self.blobs: dict[str, bytes] = {}
        self.sent: list[str] = []
        """Path of each file that travelled."""
        self.per_page = 100
        self.raw = True
        self.hidden: set[str] = set()
        """Paths that the list of files does not tell."""
        self.asked = 0
        """Requests, of whatever kind."""
        self.ids = count(1)
        self.lock = threading.Lock()

    def deploy(self, files: dict[str, str], *, later: bool = False) -> dict[str, Any]:
        number = next(self.ids)
        made = {
            "id": f"{number:024x}",
            "created_at": f"2026-11-24T08:00:{number:02}.000Z",
            "context": "production",
            "files": {path.lstrip("/"): digest for path, digest in files.items()},
            "asked": 0 if later else 9,
        }
        self.deploys.insert(0, made)
        self.settle(made)
        return made

    def settle(self, deploy: dict[str, Any]) -> None:
        """What a deploy lacks; when it is nothing, it goes online."""
        missing = sorted({d for d in deploy["files"].values() if d not in self.blobs})
        deploy["required"] = missing
        if deploy.get("state") not in ("ready", "error"):
            deploy["state"] = "uploading" if missing else "ready"
            if not missing:
                self.online = deploy["id"]

    def site(self) -> dict[str, Any]:
        found = next((d for d in self.deploys if d["id"] == self.online), None)
        return {"id": "7", "name": "lettre", "published_deploy": found}

    def texts(self) -> dict[str, str]:
        """What is online, our record apart."""
        files = (self.site()["published_deploy"] or {"files": {}})["files"]
        return {p: self.blobs[d].decode() for p, d in files.items() if ".marbre" not in p}

    def by_hand(self, texts: dict[str, str]) -> None:
        """Somebody else deploys."""
        blobs = {path: text.encode() for path, text in texts.items()}
        self.blobs |= {sha(data): data for data in blobs.values()}
        self.deploy({path: sha(data) for path, data in blobs.items()})


class Handler(BaseHTTPRequestHandler):
    server: Netlify
    protocol_version = "HTTP/1.1"

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.lock:
            self.server.asked += 1
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                self.answer(401, {"code": 401, "message": "Access Denied"})
                return
            url = urlsplit(self.path)
            for method, pattern, does in ROUTES:
                found = re.fullmatch(pattern, url.path.removeprefix("/api/v1"))
                if method == self.command and found:
                    does(self, *map(unquote, found.groups()), body=body, query=parse_qs(url.query))
                    return
            self.answer(404, {"code": 404, "message": "Not Found"})

    do_GET = do_POST = do_PUT = handle_one  # noqa: N815

    def a_site(self, name: str, **_: Any) -> None:
        if name == SITE:
            self.answer(200, self.server.site())
        else:
            self.answer(404, {"code": 404, "message": "Not Found"})

    def files(self, name: str, query: dict[str, list[str]], **_: Any) -> None:
        online = self.server.site()["published_deploy"] or {"files": {}}
        listed = {p: d for p, d in online["files"].items() if p not in self.server.hidden}
        found = [{"id": f"/{p}", "path": f"/{p}", "sha": d} for p, d in listed.items()]
        self.in_pages(found, query)

    def a_file(self, name: str, path: str, **_: Any) -> None:
        online = self.server.site()["published_deploy"]["files"]
        if path in online and RAW in (self.headers["Accept"], self.headers["Content-Type"]):
            data = self.server.blobs[online[path]] if self.server.raw else b"{}"
            self.send(200, data, RAW)
        else:
            self.answer(404, {"code": 404, "message": "Not Found"})

    def all_deploys(self, name: str, query: dict[str, list[str]], **_: Any) -> None:
        self.in_pages([self.shown(deploy) for deploy in self.server.deploys], query)

    def new_deploy(self, name: str, body: bytes, **_: Any) -> None:
        asked = json.loads(body)
        digests = asked["files"].values()
        if not all(re.fullmatch("[0-9a-f]{40}", digest) for digest in digests):
            self.answer(422, {"code": 422, "message": "Invalid digest"})
        elif any(re.search("[#?]", path) for path in asked["files"]):
            self.answer(422, {"code": 422, "message": "Invalid filename"})
        else:
            made = self.server.deploy(asked["files"], later=asked["async"])
            self.answer(200, {"id": made["id"]} if asked["async"] else self.shown(made))

    def a_deploy(self, name: str, deploy: str, **_: Any) -> None:
        found = self.find(deploy)
        if found:
            found["asked"] += 1
            state = "preparing" if found["asked"] < 2 else found["state"]
            self.answer(200, {**self.shown(found), "state": state})

    def restore(self, name: str, deploy: str, **_: Any) -> None:
        found = self.find(deploy)
        if found and found["state"] == "ready":
            self.server.online = deploy
            self.answer(201, self.shown(found))

    def cancel(self, deploy: str, **_: Any) -> None:
        found = self.find(deploy)
        if found:
            found["state"] = "error"
            self.answer(201, self.shown(found))

    def upload(self, deploy: str, path: str, body: bytes, **_: Any) -> None:
        found = self.find(deploy)
        if not found:
            return
        if self.headers["Content-Type"] != "application/octet-stream":
            self.answer(415, {"code": 415, "message": "Unsupported"})
        elif found["files"].get(path) != sha(body):
            self.answer(422, {"code": 422, "message": "Digest does not match"})
        else:
            self.server.sent.append(path)
            self.server.blobs[sha(body)] = body
            self.server.settle(found)
            self.answer(200, {"id": f"/{path}", "path": f"/{path}", "sha": sha(body)})

    def find(self, deploy: str) -> dict[str, Any] | None:
        found = next((d for d in self.server.deploys if d["id"] == deploy), None)
        if found is None:
            self.answer(404, {"code": 404, "message": "Not Found"})
        return found

    def shown(self, deploy: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in deploy.items() if key not in ("files", "asked")}

    def in_pages(self, found: list[Any], query: dict[str, list[str]]) -> None:
        number, size = int(query.get("page", ["1"])[0]), self.server.per_page
        more = len(found) > number * size
        here = f"http://{self.headers['Host']}{urlsplit(self.path).path}"
        link = {"Link": f'<{here}?page={number + 1}>; rel="next"'} if more else {}
        self.answer(200, found[(number - 1) * size : number * size], link)

    def answer(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
        self.send(status, json.dumps(value).encode(), "application/json", headers)

    def send(
        self, status: int, data: bytes, type_: str, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response_only(status)
        lengths = {"Content-Length": str(len(data)), "Content-Type": type_}
        for name, value in {**lengths, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


ROUTES = (
    ("GET", "/sites/([^/]+)", Handler.a_site),
    ("GET", "/sites/([^/]+)/files", Handler.files),
    ("GET", "/sites/([^/]+)/files/(.+)", Handler.a_file),
    ("GET", "/sites/([^/]+)/deploys", Handler.all_deploys),
    ("POST", "/sites/([^/]+)/deploys", Handler.new_deploy),
    ("GET", "/sites/([^/]+)/deploys/([^/]+)", Handler.a_deploy),
    ("POST", "/sites/([^/]+)/deploys/([^/]+)/restore", Handler.restore),
    ("POST", "/deploys/([^/]+)/cancel", Handler.cancel),
    ("PUT", "/deploys/([^/]+)/files/(.+)", Handler.upload),
)


@contextmanager
def netlify() -> Iterator[Netlify]:
    """The service on a port of this machine."""
    with Netlify() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(10)
