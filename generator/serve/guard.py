"""Who may ask: only browsers that mean this very server, and its tools only its own pages.

A site on the web can point its own name at 127.0.0.1 (DNS rebinding) and read what a local server
shows, drafts included; so the Host header must be a name that cannot be given away.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOOLS = "/_marbre/"
"""Where our own pages and scripts are; no article can have an address there."""
_ALWAYS = {
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
}
METHODS = ("GET", "HEAD")


class Guard:
    """Middleware that refuses strangers and marks every answer as not to be kept."""

    def __init__(self, app: ASGIApp, bind: str) -> None:
        self._app = app
        self._is_local = is_loopback(bind)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                more = [(k.encode(), v.encode()) for k, v in _ALWAYS.items()]
                message["headers"] += [pair for pair in more if pair[0] not in present]
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send_marked)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if not self._is_our_name(headers.get("host", "")):
            return PlainTextResponse("This is not the host that you are looking for.\n", 403)
        if scope["path"].startswith(TOOLS) and not is_own(headers):
            return PlainTextResponse("Other sites have no business here.\n", 403)
        if scope["method"] not in METHODS:
            return PlainTextResponse("Only GET and HEAD.\n", 405, {"allow": ", ".join(METHODS)})
        return None

    def _is_our_name(self, host: str) -> bool:
        name = _name(host)
        if name == "localhost" or name.endswith(".localhost"):
            return True
        if self._is_local:
            return is_loopback(name)
        return _is_address(name) or name in _own_names()


def is_own(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from one of our own pages, or was typed by the user."""
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def is_loopback(name: str) -> bool:
    """Whether a name or address can only mean this machine."""
    if name == "localhost":
        return True
    return _is_address(name) and ipaddress.ip_address(name).is_loopback


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _name(host: str) -> str:
    """The host of a Host header, without port and brackets; empty when it is malformed."""
    try:
        return (urlsplit(f"//{host}").hostname or "") if "@" not in host else ""
    except ValueError:
        return ""


def _own_names() -> set[str]:
    name = socket.gethostname().lower()
    return {name, f"{name.split('.')[0]}.local"}
