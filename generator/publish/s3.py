"""A bucket that speaks Amazon's S3 protocol: AWS itself, R2, MinIO, Spaces, Scaleway, OVH.

What is there is known from one listing: its MD5 is the ETag of an object that was put in one piece
(docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html). Where the ETag is something else (sent in
parts, or encrypted with a key of one's own), the object's own metadata tell: they hold our digest
and are written together with the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from hashlib import md5
from typing import TYPE_CHECKING, Annotated, cast
from urllib.parse import urlsplit, urlunsplit

from msgspec import Meta, Struct

from generator.contracts import Ground, Target, TargetKind
from generator.model.diagnostic import error
from generator.model.publication import RECORD, Changes, Progress, Tree, difference
from generator.publish.headers import cache_control, content_type
from generator.publish.order import phases
from generator.publish.reading import contents
from generator.publish.record import read_record, record_of, wide_record
from generator.publish.s3_trouble import asked
from generator.publish.trouble import Trouble

if TYPE_CHECKING:
    from obstore import Attributes
    from obstore.store import S3Config, S3Store

AT_ONCE = 16
"""Requests under way at the same time."""
IN_PARTS, PART = 16 << 20, 8 << 20
"""Files of more bytes than the first travel in parts of the second."""
AT_ONE_BLOW = 1000
"""Objects that one request may delete (S3's own limit)."""
TRIES, PATIENCE = 6, timedelta(minutes=5)
"""How often a request is made again, and how long each may take: a slow line sends sixteen files
side by side."""
SOON, LATER = timedelta(milliseconds=200), timedelta(seconds=5)
"""Between a try and the next: at first, and at most."""
DIGEST = "marbre-digest"
"""Our digest in an object's metadata (`x-amz-meta-marbre-digest`)."""
SECRETS = {
    "access_key_id": "AWS_ACCESS_KEY_ID",
    "secret_access_key": "AWS_SECRET_ACCESS_KEY",
    "session_token": "AWS_SESSION_TOKEN",
}


class Settings(Struct, frozen=True, kw_only=True):
    """`to: s3`."""

    bucket: Annotated[str, Meta(description="The bucket's name.", min_length=1)]
    prefix: Annotated[
        str, Meta(description="Folder in the bucket that holds the site; empty for all of it.")
    ] = ""
    endpoint: Annotated[
        str, Meta(description="The service's address, without the bucket; empty for AWS itself.")
    ] = ""
    region: Annotated[
        str, Meta(description="The bucket's region; R2 calls it auto, MinIO does not mind.")
    ] = ""
    path_style: Annotated[
        bool,
        Meta(description="Whether the bucket is called in the address's path, not in its host."),
    ] = True


class Bucket(Struct, frozen=True):
    """The site's place in a bucket; the credentials are inside `store`, which never shows them."""

    name: str
    """For people."""
    store: S3Store

    def where(self) -> str:
        """Say which bucket."""
        return self.name

    def compare(self, tree: Tree) -> Changes:
        """Compare digests with one listing, and look closer where that does not tell."""
        record = read_record(self.read(RECORD))
        there = self._listed()
        there.pop(RECORD, None)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            paths = [path for path in there if path in tree.files]
            equal = pool.map(lambda path: self._is_same(path, there[path], tree), paths)
            same = [path for path, is_same in zip(paths, equal, strict=True) if is_same]
        return difference(tree, there, same, record)

    def read(self, path: str) -> bytes | None:
        """Read an object."""
        import obstore

        def ask() -> bytes | None:
            try:
                return bytes(obstore.get(self.store, path).bytes())
            except FileNotFoundError as missing:
                if "NoSuchBucket" in str(missing):
                    raise
                return None

        return asked(self.name, ask)

    def apply(self, tree: Tree, changes: Changes) -> Iterator[Progress]:
        """Put phase after phase, side by side within each; delete when all is there."""
        self._put(RECORD, wide_record(tree, read_record(self.read(RECORD))))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for phase in phases(changes.sent):
                yield from pool.map(partial(self._send, tree), phase)
        for start in range(0, len(changes.removed), AT_ONE_BLOW):
            gone = changes.removed[start : start + AT_ONE_BLOW]
            self._delete(gone)
            yield from map(Progress, gone)
        self._put(RECORD, record_of(tree))

    def _listed(self) -> dict[str, tuple[int, str]]:
        """Size in bytes and ETag by path, of every object below our prefix."""
        import obstore

        objects = asked(self.name, lambda: obstore.list(self.store).collect())
        return {
            found["path"]: (found["size"], (found["e_tag"] or "").strip('"')) for found in objects
        }

    def _is_same(self, path: str, there: tuple[int, str], tree: Tree) -> bool:
        size, etag = there
        if size != tree.sizes[path]:
            return False
        data = tree.file(path).read_bytes()
        if etag == md5(data, usedforsecurity=False).hexdigest():
            return True
        return self._digest(path) == tree.files[path]

    def _digest(self, path: str) -> str | None:
        """What the object says of itself."""
        import obstore

        def ask() -> str | None:
            try:
                found = obstore.get(self.store, path, options={"head": True})
            except FileNotFoundError:  # since the listing
                return None
            return found.attributes.get(DIGEST)

        return asked(self.name, ask)

    def _send(self, tree: Tree, path: str) -> Progress:
        data = contents(tree, path)
        self._put(path, data, {DIGEST: tree.files[path]})
        return Progress(path, len(data))

    def _put(self, path: str, data: bytes, more: Attributes | None = None) -> None:
        import obstore

        headers = {"Content-Type": content_type(path), "Cache-Control": cache_control(path)}
        asked(
            self.name,
            lambda: obstore.put(
                self.store,
                path,
                data,
                attributes={**headers, **(more or {})},
                use_multipart=len(data) > IN_PARTS,
                chunk_size=PART,
                max_concurrency=2,
            ),
        )

    def _delete(self, paths: Iterable[str]) -> None:
        import obstore

        asked(self.name, lambda: obstore.delete(self.store, list(paths)))


def _open(settings: Settings, ground: Ground) -> Target:
    try:
        from obstore.store import S3Store
    except ImportError:
        raise Trouble(error("cloud-extra", to="s3", library="obstore", extra="s3")) from None
    name, endpoint = _name(settings), _endpoint(settings)
    config: S3Config = {"virtual_hosted_style_request": not settings.path_style}
    config |= _secrets(name, ground)
    if endpoint:
        config["endpoint"] = endpoint
    if settings.region:
        config["region"] = settings.region
    make = partial(
        S3Store,
        settings.bucket,
        prefix=settings.prefix.strip("/") or None,
        config=config,
        client_options={"allow_http": endpoint.startswith("http://"), "timeout": PATIENCE},
        retry_config={
            "max_retries": TRIES,
            "backoff": {"init_backoff": SOON, "max_backoff": LATER},
        },
    )
    return Bucket(name, asked(name, make))


def _secrets(name: str, ground: Ground) -> S3Config:
    """What of the environment is ours to pass on. Raises Trouble for a secret that is empty: so a
    workflow hands down what it does not have.
    """
    found = {key: ground.environ[env] for key, env in SECRETS.items() if env in ground.environ}
    empty = [SECRETS[key] for key, value in found.items() if not value]
    if empty and empty != ["AWS_SESSION_TOKEN"]:
        raise Trouble(error("cloud-secret", where=name, names=", ".join(empty)))
    return cast("S3Config", {key: value for key, value in found.items() if value})


def _endpoint(settings: Settings) -> str:
    """The address as obstore wants it: with the bucket in its host, where that is the style. Raises
    Trouble for what is no address: obstore panics at it.
    """
    if not re.fullmatch(r"[\w.-]+", settings.bucket, re.ASCII):
        raise Trouble(error("s3-address", key="bucket", value=settings.bucket))
    given = settings.endpoint.rstrip("/")
    if given and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", given):
        value = re.sub(r"//[^/]*@", "//", given)  # a password, perhaps
        raise Trouble(error("s3-address", key="endpoint", value=value))
    if not given or settings.path_style:
        return given
    scheme, host, *rest = urlsplit(given)
    return urlunsplit((scheme, f"{settings.bucket}.{host}", *rest))


def _name(settings: Settings) -> str:
    host = urlsplit(settings.endpoint).hostname
    place = "/".join(part for part in (settings.bucket, settings.prefix.strip("/")) if part)
    return f"s3://{place}" + (f" ({host})" if host else "")


KIND = TargetKind("s3", Settings, _open)
