"""Netlify's API as far as we need it (docs.netlify.com, "Get started with the Netlify API";
open-api.netlify.com): JSON with a token, limits told by status 429.
"""

from __future__ import annotations

import json
import time
from email.message import Message
from http.client import HTTPException
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from generator import __version__
from generator.model.diagnostic import error
from generator.publish.trouble import Trouble

TRIES = 6
"""How often a request is made at most."""
PATIENCE = 300
"""Seconds that one request may take between two signs of life."""
SOON, LATER = 0.5, 90.0
"""Seconds between a try and the next: the first, which doubles, and the longest; the limit of
requests is counted by the minute."""
TOO_MANY = 429
RAW = "application/vnd.bitballoon.v1.raw"
"""The type by which a file is asked for itself, not for what is known of it."""


class Api:
    """What a token may do. No representation of it shows the token."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/") + "/api/v1"
        self._token = token
        self._opener = _opener()

    def get(self, path: str) -> Any:
        """Ask for a JSON value. Raises Trouble."""
        return json.loads(self._ask(Request(self._url + path))[0])

    def every(self, path: str) -> list[Any]:
        """Ask for a list, page after page (RFC 8288). Raises Trouble."""
        found: list[Any] = []
        url: str | None = self._url + path
        while url:
            data, headers = self._ask(Request(url))
            found += json.loads(data)
            url = _next(url, headers)
            if url and not url.startswith(self._url):
                raise Trouble(error("cloud-refused", where=self._url, reason=url))
        return found

    def raw(self, path: str) -> bytes:
        """Ask for a file's bytes. Raises Trouble."""
        types = {"Accept": RAW, "Content-Type": RAW}
        return self._ask(Request(self._url + path, headers=types))[0]

    def post(self, path: str, value: object = None) -> Any:
        """Send a JSON value and give the answer. Raises Trouble."""
        body = json.dumps(value if value is not None else {}).encode()
        types = {"Content-Type": "application/json"}
        data, _ = self._ask(Request(self._url + path, body, types, method="POST"))
        return json.loads(data) if data.strip() else None

    def put(self, path: str, data: bytes) -> None:
        """Send a file. Raises Trouble."""
        types = {"Content-Type": "application/octet-stream"}
        self._ask(Request(self._url + path, data, types, method="PUT"))

    def _ask(self, request: Request) -> tuple[bytes, Message]:
        request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        request.add_header("User-Agent", f"Marbre/{__version__}")
        pause = SOON
        for left in range(TRIES - 1, -1, -1):
            try:
                with self._opener.open(request, timeout=PATIENCE) as answer:
                    return answer.read(), answer.headers
            except HTTPError as problem:
                with problem:
                    if not left or not _passing(problem.code):
                        _refuse(self._url, problem)
                    wait = _asked_to_wait(problem.headers, pause)
            except (OSError, HTTPException) as problem:  # cut off, or nobody there
                if not left:
                    reason = str(getattr(problem, "reason", problem)) or type(problem).__name__
                    told = error("cloud-unreachable", where=self._url, reason=reason)
                    raise Trouble(told) from None
                wait = pause
            time.sleep(min(wait, LATER))
            pause *= 2
        raise AssertionError


class _NoRedirect(HTTPRedirectHandler):
    """A token goes nowhere else."""

    def redirect_request(self, *args: object, **more: object) -> None:
        return None


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirect)


def fetched(url: str) -> bytes | None:
    """A public file, without the token; None when it cannot be had."""
    try:
        with _opener().open(Request(url), timeout=PATIENCE) as answer:
            data: bytes = answer.read()
            return data
    except (OSError, HTTPException, ValueError):
        return None


def _passing(status: int) -> bool:
    return status >= 500 or status == TOO_MANY


def _asked_to_wait(headers: Message, pause: float) -> float:
    """Seconds: what the answer says (RFC 9110, section 10.2.3; Netlify's own header), or ours."""
    for name, start in (("Retry-After", 0.0), ("X-RateLimit-Reset", time.time())):
        try:
            return max(float(headers[name]) - start, pause)
        except (TypeError, ValueError):
            continue
    return pause


def _refuse(where: str, problem: HTTPError) -> NoReturn:
    """Say it in the service's words. Raises Trouble."""
    try:
        said = str(json.loads(problem.read())["message"])[:200]
    except (ValueError, KeyError, TypeError, OSError, HTTPException):
        said = str(problem.reason)
    code = {401: "cloud-denied", 403: "cloud-denied", 404: "netlify-no-site"}.get(problem.code)
    reason = f"{problem.code} {said}".strip()
    raise Trouble(error(code or "cloud-refused", where=where, reason=reason)) from None


def _next(url: str, headers: Message) -> str | None:
    for link in (headers.get("Link") or "").split(","):
        address, _, attributes = link.partition(";")
        if 'rel="next"' in attributes.replace("'", '"'):
            return urljoin(url, address.strip().strip("<>"))
    return None
