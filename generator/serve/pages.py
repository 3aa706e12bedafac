"""Answer with what was built: pages with the preview's script, everything else as it is."""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from generator.serve.files import Found, content_type, etag, find
from generator.serve.workshop import Workshop

_OPENINGS = tuple(
    re.compile(rb"<%s(?:\s[^>]*)?>" % name, re.IGNORECASE)
    for name in (b"head", b"html", b"!doctype")
)
"""After which of them our script goes, the best first: an author's own HTML may lack the others."""
_RANGE = re.compile(r"bytes=\s*(?:\d+-\d*|-\d+)(?:\s*,\s*(?:\d+-\d*|-\d+))*\s*")
_NO_PAGE = (
    b'<!doctype html><html><head><title>Marbre</title></head><body id="page_top"></body></html>'
)
"""Stands for a page while there is none at all: the overlay says why."""


class Pages:
    """The preview of the site, under its base path."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    async def __call__(self, request: Request) -> Response:
        """Answer a request for a path of the site."""
        path, base = request.scope["path"], self._workshop.base_path
        if path == "/" != base or path + "/" == base:
            return _moved(base, request)
        if not path.startswith(base):
            return self._not_found(request)
        found = find(self._workshop.output, path.removeprefix(base))
        if found.kind == "folder":
            return _moved(path + "/", request)
        if found.kind == "nothing":
            return self._not_found(request)
        if found.file.suffix.lower() in (".html", ".htm"):
            return self._page(found.file, request)
        return file_response(found.file, found, request)

    def _page(self, file: Path, request: Request) -> Response:
        path = file.relative_to(self._workshop.output.resolve()).as_posix()
        try:
            return page_response(self._workshop.page(path), request)
        except OSError:  # replaced by a folder, or removed, this very moment
            return page_response(_NO_PAGE, request, 404)

    def _not_found(self, request: Request) -> Response:
        try:
            page = (self._workshop.output / "404.html").read_bytes()
        except OSError:
            page = _NO_PAGE
        return page_response(page, request, 404)


def page_response(page: bytes, request: Request, status: int = 200) -> Response:
    """An HTML page with our script in it, or the news that it is the same as before."""
    digest = blake2b(page, digest_size=12).hexdigest()
    headers = {"etag": f'"{digest}"'}
    if _is_known(request.headers, headers["etag"]):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(with_script(page, digest), status, headers)


def with_script(page: bytes, digest: str) -> bytes:
    """Put the preview's script first in the head; the digest tells it which page it stands in."""
    script = f'<script type="module" src="/_marbre/client.js" data-marbre="{digest}"></script>'
    found = next(filter(None, (opening.search(page) for opening in _OPENINGS)), None)
    place = found.end() if found else 0
    return page[:place] + script.encode() + page[place:]


def file_response(file: Path, found: Found, request: Request) -> Response:
    """A file as it is: whole, in part, or the news that it is the same as before."""
    assert found.stat is not None
    headers = {"etag": etag(found.stat)}
    if _is_known(request.headers, headers["etag"]):
        return Response(status_code=304, headers=headers)
    wanted = request.headers.get("range")
    if wanted is not None and (request.method == "HEAD" or not _RANGE.fullmatch(wanted)):
        scope = request.scope  # RFC 9110, 14.2: ranges are for GET; what is not understood is
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"range"]  # ignored
    return FileResponse(file, 200, headers, content_type(file), stat_result=found.stat)


def _is_known(headers: Headers, tag: str) -> bool:
    known = headers.get("if-none-match", "")
    return known.strip() == "*" or tag in (t.strip().removeprefix("W/") for t in known.split(","))


def _moved(path: str, request: Request) -> Response:
    """A redirect that no browser keeps; to a path of this host, whatever was asked."""
    query = f"?{request.url.query}" if request.url.query else ""
    target = "/" + quote(path.lstrip("/"), safe="/~-._")
    return RedirectResponse(target + query, 302)
