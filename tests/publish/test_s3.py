"""A bucket: moto's server speaks the protocol, a proxy before it makes trouble."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from faults import Plan, Proxy, proxy
from moto.server import ThreadedMotoServer
from trees import publish, tree

from generator.contracts import Ground, Target
from generator.model.publication import Tree
from generator.publish import s3
from generator.publish.s3 import KIND, Settings
from generator.publish.trouble import Trouble

OLD = {"index.html": "un", "2026/a/index.html": "a", "assets/s.1.css": "vieux", "feed.xml": "1"}
NEW = {"index.html": "deux", "2026/b/index.html": "b", "assets/s.2.css": "neuf", "feed.xml": "1"}
SECRETS = {"AWS_ACCESS_KEY_ID": "AKIATHISISNOTREAL", "AWS_SECRET_ACCESS_KEY": "tr3s/SECRET+clef"}
BUCKETS = count()


@pytest.fixture(scope="module")
def moto() -> Iterator[int]:
    """The port of a server that speaks S3."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    yield server.get_host_and_port()[1]
    server.stop()


@pytest.fixture(scope="module")
def service(moto: int) -> Iterator[Proxy]:
    with proxy(moto) as server:
        yield server


class There:
    """A bucket as somebody else sees it."""

    def __init__(self, port: int, service: Proxy) -> None:
        self.name = f"lettre-{next(BUCKETS)}"
        self.service = service
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{port}",
            region_name="us-east-1",
            aws_access_key_id="x",
            aws_secret_access_key="y",
            config=Config(retries={"max_attempts": 0}),
        )
        self.client.create_bucket(Bucket=self.name)

    def keys(self) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return [found["Key"] for page in pages for found in page.get("Contents", ())]

    def texts(self) -> dict[str, str]:
        keys = (key for key in self.keys() if ".marbre" not in key)
        return {key: self.get(key)["Body"].read().decode() for key in keys}

    def get(self, key: str) -> Any:
        return self.client.get_object(Bucket=self.name, Key=key)

    def put(self, key: str, text: str, **more: Any) -> None:
        self.client.put_object(Bucket=self.name, Key=key, Body=text.encode(), **more)

    def place(self, **more: Any) -> Target:
        settings = {"bucket": self.name, "endpoint": self.service.url, "region": "us-east-1"}
        return KIND.open(Settings(**{**settings, **more}), ground())


def ground(**environ: str) -> Ground:
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    return Ground("production", Path("/"), "https://exemple.fr/", now, {**SECRETS, **environ})


@pytest.fixture
def there(moto: int, service: Proxy, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    monkeypatch.setattr(s3, "SOON", timedelta(milliseconds=1))
    monkeypatch.setattr(s3, "LATER", timedelta(milliseconds=20))
    service.seen.clear()
    service.faults = 0
    yield There(moto, service)
    service.plan = lambda number, method, path: ""


def some(fault: str, most: int, wanted: str = "") -> Plan:
    """Every second request of a method fails, `most` times in all."""
    left = iter(range(most))

    def plan(number: int, method: str, path: str) -> str:
        hit = number % 2 == 0 and method in (wanted or method)
        return fault if hit and next(left, None) is not None else ""

    return plan


def test_what_is_online_is_the_tree(there: There, tmp_path: Path) -> None:
    changes = publish(there.place(), tree(tmp_path / "old", OLD))
    assert set(changes.added) == OLD.keys()
    assert there.texts() == OLD
    changes = publish(there.place(), tree(tmp_path / "new", NEW))
    assert changes.changed == ("index.html",)
    assert set(changes.removed) == OLD.keys() - NEW.keys()
    assert changes.unchanged == ("feed.xml",)
    assert there.texts() == NEW


def test_only_what_changed_travels(there: There, tmp_path: Path) -> None:
    publish(there.place(), tree(tmp_path / "old", OLD))
    there.service.seen.clear()
    publish(there.place(), tree(tmp_path / "new", OLD | {"index.html": "deux"}))
    puts = [path.rpartition("/")[2] for method, path in there.service.seen if method == "PUT"]
    assert puts == ["manifest.json", "index.html", "manifest.json"]


def test_a_prefix_is_a_folder_of_its_own(there: There, tmp_path: Path) -> None:
    there.put("lettres-de-noel/index.html", "Noël")
    there.put("index.html", "Accueil")
    publish(there.place(prefix="/lettre/"), tree(tmp_path / "old", OLD))
    publish(there.place(prefix="lettre"), tree(tmp_path / "new", NEW))
    others = {"lettres-de-noel/index.html": "Noël", "index.html": "Accueil"}
    assert there.texts() == {f"lettre/{path}": text for path, text in NEW.items()} | others


def test_names_of_every_kind(there: There, tmp_path: Path) -> None:
    names = ("été/œuvre d’art.html", "a b+c&d=e%20f#g~h*'(i)!.txt", ".well-known/x", "CNAME")
    publish(there.place(), tree(tmp_path / "site", dict.fromkeys(names, "x")))
    assert set(there.texts()) == set(names)


def test_what_others_put_there_stays(there: There, tmp_path: Path) -> None:
    publish(there.place(), tree(tmp_path / "old", OLD))
    there.put("perso/cv.pdf", "cv")
    there.put("dossier/", "")
    there.put("2026/a/index.html.bak", "x")
    publish(there.place(), tree(tmp_path / "new", NEW))
    others = {"perso/cv.pdf": "cv", "dossier/": "", "2026/a/index.html.bak": "x"}
    assert there.texts() == NEW | others


def test_a_file_of_somebody_else_at_our_address_is_told(there: There, tmp_path: Path) -> None:
    there.put("index.html", "Bienvenue")
    assert there.place().compare(tree(tmp_path / "old", OLD)).foreign == ("index.html",)


HEADERS = {
    "index.html": ("text/html; charset=utf-8", "public, max-age=0, must-revalidate"),
    "assets/a.0123456789.css": (
        "text/css; charset=utf-8",
        "public, max-age=31536000, immutable",
    ),
    "assets/photo.webp": ("image/webp", "public, max-age=3600"),
    "feed.xml": ("application/xml; charset=utf-8", "public, max-age=900"),
    "tags/ia/feed.json": ("application/feed+json; charset=utf-8", "public, max-age=900"),
    "sitemap.xml": ("application/xml; charset=utf-8", "public, max-age=0, must-revalidate"),
    "CNAME": ("application/octet-stream", "public, max-age=0, must-revalidate"),
    ".marbre/manifest.json": (
        "application/json; charset=utf-8",
        "public, max-age=0, must-revalidate",
    ),
}


def test_every_file_has_its_type_and_how_long_it_may_be_kept(there: There, tmp_path: Path) -> None:
    site = {path: "x" for path in HEADERS if ".marbre" not in path}
    publish(there.place(), tree(tmp_path / "site", site))
    found = {path: there.get(path) for path in HEADERS}
    assert {p: (f["ContentType"], f["CacheControl"]) for p, f in found.items()} == HEADERS


@pytest.mark.parametrize("fault", ["500", "503", "429", "lost", "cut", "mute"])
def test_faults_are_overcome(there: There, tmp_path: Path, fault: str) -> None:
    publish(there.place(), tree(tmp_path / "old", OLD))
    there.service.plan = some(fault, 12)
    publish(there.place(), tree(tmp_path / "new", NEW))
    assert there.service.faults >= 5
    assert there.texts() == NEW


def test_an_answer_that_does_not_come_is_asked_for_again(
    there: There, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "PATIENCE", timedelta(seconds=1))
    publish(there.place(), tree(tmp_path / "old", OLD))
    there.service.plan = some("late", 4)
    publish(there.place(), tree(tmp_path / "new", NEW))
    assert there.service.faults == 4
    assert there.texts() == NEW


def test_cut_off_after_any_request_the_same_again_finishes(there: There, tmp_path: Path) -> None:
    old, new = tree(tmp_path / "old", OLD), tree(tmp_path / "new", NEW)
    publish(there.place(), old)
    there.service.seen.clear()
    step(there.place(), new)
    for cut in range(len(there.service.seen)):
        publish(there.place(), old)
        start = next(there.service.numbers) + 1 + cut
        there.service.plan = lambda n, method, path, start=start: "lost" if n >= start else ""
        with pytest.raises(Trouble, match="cloud-unreachable"):
            step(there.place(), new)
        there.service.plan = lambda number, method, path: ""
        assert there.place().compare(new).foreign == (), "we know what is ours"
        wanted = (new, NEW) if cut % 2 else (old, OLD)  # to go on, or to have never begun
        publish(there.place(), wanted[0])
        assert there.texts() == wanted[1], f"cut off after {cut} requests"


def step(place: Target, site: Tree) -> None:
    list(place.apply(site, place.compare(site)))


def test_pages_come_before_what_tells_of_them(there: There, tmp_path: Path) -> None:
    publish(there.place(), tree(tmp_path / "old", OLD))
    there.service.seen.clear()
    step(there.place(), tree(tmp_path / "new", NEW))
    start = f"/{there.name}/"
    seen = [(method, path.removeprefix(start)) for method, path in there.service.seen]
    written = [path for method, path in seen if method in ("PUT", "POST")]
    record = ".marbre/manifest.json"
    wanted = [record, "assets/s.2.css", "2026/b/index.html", "index.html"]
    assert written[:4] == wanted
    assert written[4].endswith("?delete")
    assert written[5:] == [record]


def test_a_long_list_is_read_to_its_end(
    there: There, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server gives pages of thirty, and we delete sixty at a blow."""
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "30")
    monkeypatch.setattr(s3, "AT_ONE_BLOW", 60)
    site = {f"a/{n}.txt": f"{n}" for n in range(101)}
    publish(there.place(), tree(tmp_path / "old", site))
    assert there.texts() == site
    there.service.seen.clear()
    changes = publish(there.place(), tree(tmp_path / "new", {"a/0.txt": "0"}))
    assert (len(changes.unchanged), len(changes.removed)) == (1, 100)
    pages = [path for method, path in there.service.seen if "continuation-token" in path]
    assert len(pages) == 3
    assert sum(method == "POST" for method, _ in there.service.seen) == 2
    assert there.texts() == {"a/0.txt": "0"}


def test_an_etag_that_is_no_digest_sends_nothing_twice(
    there: There, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "IN_PARTS", 6 << 20)
    monkeypatch.setattr(s3, "PART", 5 << 20)
    site = {"film.mp4": "f" * (7 << 20), "index.html": "un"}
    publish(there.place(), tree(tmp_path / "site", site))
    assert "-" in there.get("film.mp4")["ETag"], "it travelled in parts"
    assert there.get("film.mp4")["ContentType"] == "video/mp4"
    same = tree(tmp_path / "site", site)
    assert there.place().compare(same).nothing
    changed = tree(tmp_path / "site", site | {"film.mp4": "g" * (7 << 20)})
    assert there.place().compare(changed).changed == ("film.mp4",)
    there.put("film.mp4", "x" * (7 << 20))
    assert there.place().compare(same).changed == ("film.mp4",), "somebody else's says nothing"


def test_a_site_built_meanwhile_is_not_published(there: There, tmp_path: Path) -> None:
    site = tree(tmp_path / "old", OLD)
    changes = there.place().compare(site)
    (tmp_path / "old/2026/a/index.html").write_text("autre", "utf-8")
    with pytest.raises(Trouble, match="publish-site-changed"):
        list(there.place().apply(site, changes))
    assert "index.html" not in there.texts()


@pytest.mark.parametrize(
    ("plan", "code"),
    [("lost", "cloud-unreachable"), ("500", "cloud-refused"), ("403", "cloud-denied")],
)
def test_what_does_not_pass_is_said(there: There, tmp_path: Path, plan: str, code: str) -> None:
    there.service.plan = lambda number, method, path: plan
    with pytest.raises(Trouble, match=code) as caught:
        there.place().compare(tree(tmp_path / "old", OLD))
    assert len(there.service.seen) <= s3.TRIES + 1
    assert "SECRET" not in str(caught.value.diagnostics)


def test_an_unknown_bucket_is_said(there: There, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cloud-no-bucket"):
        there.place(bucket="personne").compare(tree(tmp_path / "old", OLD))


def test_without_credentials_the_environment_is_named(
    there: There, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked last is the machine itself (EC2); it is our proxy here, and has none."""
    for name in [*SECRETS, "AWS_SESSION_TOKEN"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", there.service.url)
    there.service.plan = lambda number, method, path: "404"
    settings = Settings(bucket=there.name, endpoint=there.service.url)
    bare = Ground("production", Path("/"), "https://exemple.fr/", ground().now, {})
    with pytest.raises(Trouble, match="cloud-secret"):
        KIND.open(settings, bare).compare(tree(tmp_path / "old", OLD))


def test_an_empty_secret_is_none() -> None:
    with pytest.raises(Trouble, match="cloud-secret") as caught:
        KIND.open(Settings(bucket="b"), ground(AWS_SECRET_ACCESS_KEY=""))
    assert "AWS_SECRET_ACCESS_KEY" in str(caught.value.diagnostics)


@pytest.mark.parametrize(
    ("bucket", "endpoint"),
    [("b", "minio.exemple.fr"), ("b", "http://"), ("b", "https://moi:SECRET@e.fr"), ("a b", "")],
)
def test_an_address_that_is_none_is_said(bucket: str, endpoint: str) -> None:
    with pytest.raises(Trouble, match="s3-address") as caught:
        KIND.open(Settings(bucket=bucket, endpoint=endpoint), ground())
    assert "SECRET" not in str(caught.value.diagnostics)


def test_the_bucket_may_be_in_the_host_s_name() -> None:
    settings = Settings(bucket="b", endpoint="https://s3.exemple.fr/", path_style=False)
    assert s3._endpoint(settings) == "https://b.s3.exemple.fr"
    place = KIND.open(Settings(bucket="b", prefix="/x/", endpoint="https://s3.e.fr"), ground())
    assert place.where() == "s3://b/x (s3.e.fr)"


def test_without_the_extra_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(Trouble, match="cloud-extra"):
        KIND.open(Settings(bucket="b"), ground())


def test_nothing_is_imported_before_it_is_wanted() -> None:
    code = "import sys, generator.builtin; assert 'obstore' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
