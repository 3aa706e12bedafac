"""A site at Netlify, by its digest protocol: we say which files there have to be, it says which of
them it does not have, and when it has all of them they are online together
(docs.netlify.com, "Get started with the Netlify API", file digest method).

A deploy is the whole site. So what others put there is named in ours, too, by its digest.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha1
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from msgspec import Meta, Struct

from generator.contracts import Ground, Target, TargetKind
from generator.model.diagnostic import error
from generator.model.publication import RECORD, Changes, Progress, Tree, difference
from generator.publish.netlify_api import Api, fetched
from generator.publish.order import in_order
from generator.publish.reading import contents
from generator.publish.record import read_record, record_of
from generator.publish.trouble import Trouble

TOKEN = "NETLIFY_AUTH_TOKEN"
AT_ONCE = 8
"""Files on their way at the same time."""
MANY = 500
"""Files from which Netlify compares in its own time (`async`), while we ask whether it is done."""
PREPARED = ("prepared", "uploading", "uploaded", "processing", "ready")
"""States of a deploy that has said what it misses."""
EVERY, FOR = 2.0, 900.0
"""Seconds between two questions whether a deploy is ready, and until we give up."""
READ_BY_NETLIFY = ("_headers", "_redirects")
"""Files that may be followed and not listed."""


class Settings(Struct, frozen=True, kw_only=True):
    """`to: netlify`."""

    site: Annotated[
        str, Meta(description="The site's API ID or its domain, such as name.netlify.app.")
    ]
    api: Annotated[str, Meta(description="Where the API is, should it not be Netlify's own.")] = (
        "https://api.netlify.com"
    )


class Site(Struct, frozen=True):
    """A site at Netlify."""

    name: str
    """ID or domain."""
    api: Api

    def where(self) -> str:
        """Say which site."""
        return f"Netlify ({self.name})"

    def compare(self, tree: Tree) -> Changes:
        """Compare digests with those of the deploy that is online."""
        there, record = self._listed(), read_record(self.read(RECORD))
        same = {path for path in tree.files if there.get(path) == _digest(tree, path)}
        hidden = [path for path in READ_BY_NETLIFY if path not in there and path in record]
        same |= {path for path in hidden if record[path] == tree.files.get(path)}
        return difference(tree, (*(there.keys() - {RECORD}), *hidden), same, record)

    def read(self, path: str) -> bytes | None:
        """Read a file that is online: by the API, or from the deploy's own address; its digest
        tells whether it is the file itself.
        """
        wanted = self._listed().get(path)
        if wanted is None:
            return None
        for data in self._tries(path):
            if data is not None and sha1(data, usedforsecurity=False).hexdigest() == wanted:
                return data
        if path == RECORD:  # without it, pages that were deleted would stay online without a word
            raise Trouble(error("netlify-record", where=self.where(), path=path))
        return None

    def apply(self, tree: Tree, changes: Changes) -> Iterator[Progress]:
        """Make a deploy; Netlify puts it online when it is whole."""
        record = record_of(tree)
        wanted = {path: _digest(tree, path) for path in tree.files}
        wanted[RECORD] = sha1(record, usedforsecurity=False).hexdigest()
        deploy = self._deployed({**self._strangers(tree), **wanted})
        required = set(deploy.get("required") or ())
        if required - set(wanted.values()):
            self.api.post(f"/deploys/{deploy['id']}/cancel")
            raise Trouble(error("netlify-strangers", where=self.where()))
        if wanted[RECORD] in required:
            self._send(deploy, RECORD, record)
        yield from self._sent(tree, changes, deploy, {p for p in wanted if wanted[p] in required})
        self._wait(deploy, ("ready",))
        yield from map(Progress, changes.removed)

    def back(self) -> str:
        """Put the deploy before the one that is online there again, and say which it is."""
        online = self._site().get("published_deploy") or {}
        deploys = self.api.every(f"/sites/{self.name}/deploys?per_page=100")
        past = [d for d in deploys if _was_online(d) and d["created_at"] < _moment(online)]
        if not past:
            raise Trouble(error("netlify-no-past", where=self.where()))
        last = max(past, key=_moment)
        self.api.post(f"/sites/{self.name}/deploys/{last['id']}/restore")
        return f"{last['created_at']} ({last['id']})"

    def _site(self) -> dict[str, Any]:
        found: dict[str, Any] = self.api.get(f"/sites/{self.name}")
        return found

    def _listed(self) -> dict[str, str]:
        """Digest (SHA-1) by path of what is online."""
        if not self._site().get("published_deploy"):
            return {}
        files = self.api.every(f"/sites/{self.name}/files")
        return {file["path"].lstrip("/"): file["sha"] for file in files}

    def _tries(self, path: str) -> Iterator[bytes | None]:
        try:
            yield self.api.raw(f"/sites/{self.name}/files/{quote(path)}")
        except Trouble:
            yield None
        deploy = self._site().get("published_deploy") or {}
        url = deploy.get("deploy_ssl_url") or deploy.get("deploy_url") or ""
        yield fetched(f"{url}/{quote(path)}") if url.startswith("https://") else None

    def _strangers(self, tree: Tree) -> dict[str, str]:
        """What is online and was never ours: it goes along."""
        ours = read_record(self.read(RECORD)).keys() | tree.files.keys() | {RECORD}
        return {path: sha for path, sha in self._listed().items() if path not in ours}

    def _deployed(self, files: dict[str, str]) -> dict[str, Any]:
        """A new deploy that knows what it misses."""
        many = len(files) > MANY
        named = {f"/{path}": sha for path, sha in files.items()}
        deploy: dict[str, Any] = self.api.post(
            f"/sites/{self.name}/deploys", {"files": named, "async": many}
        )
        return self._wait(deploy, PREPARED) if many else deploy

    def _sent(
        self, tree: Tree, changes: Changes, deploy: dict[str, Any], required: set[str]
    ) -> Iterator[Progress]:
        """Send what is missed; what is not has arrived already."""
        told = set(changes.sent)
        yield from map(Progress, (path for path in changes.sent if path not in required))

        def send(path: str) -> Progress:
            data = contents(tree, path)
            self._send(deploy, path, data)
            return Progress(path if path in told else "", len(data))

        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(send, in_order(required - {RECORD}))

    def _send(self, deploy: dict[str, Any], path: str, data: bytes) -> None:
        self.api.put(f"/deploys/{deploy['id']}/files/{quote(path)}", data)

    def _wait(self, deploy: dict[str, Any], states: Iterable[str]) -> dict[str, Any]:
        """Ask until the deploy has got so far. Raises Trouble when it failed, or takes for ever."""
        end = time.monotonic() + FOR
        while True:
            now: dict[str, Any] = self.api.get(f"/sites/{self.name}/deploys/{deploy['id']}")
            if now["state"] in states:
                return now
            late = time.monotonic() > end
            if now["state"] in ("error", "rejected") or late:
                reason = now.get("error_message") or f"{deploy['id']}: {now['state']}"
                raise Trouble(error("cloud-refused", where=self.where(), reason=reason))
            time.sleep(EVERY)


def _digest(tree: Tree, path: str) -> str:
    return sha1(tree.file(path).read_bytes(), usedforsecurity=False).hexdigest()


def _was_online(deploy: dict[str, Any]) -> bool:
    return (deploy["state"], deploy.get("context", "production")) == ("ready", "production")


def _moment(deploy: dict[str, Any]) -> str:
    """When a deploy was made (RFC 3339, in UTC, so texts compare as moments do)."""
    return str(deploy.get("created_at") or "")


def _open(settings: Settings, ground: Ground) -> Target:
    return _site(settings, ground)


def _site(settings: Settings, ground: Ground) -> Site:
    name = f"Netlify ({settings.site})"
    token = ground.environ.get(TOKEN, "").strip()
    if not token:
        raise Trouble(error("cloud-secret", where=name, names=TOKEN))
    url = urlsplit(settings.api)
    if url.scheme != "https" and url.hostname not in ("127.0.0.1", "localhost"):
        raise Trouble(error("netlify-open", url=settings.api))
    return Site(quote(settings.site, safe=""), Api(settings.api, token))


def _back(settings: Settings, ground: Ground) -> str:
    return _site(settings, ground).back()


KIND = TargetKind("netlify", Settings, _open, _back)
