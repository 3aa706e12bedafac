"""Netlify's digest protocol, against a server of ours that follows it, with trouble before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path

import pytest
from faults import Plan, Proxy, proxy
from netlify_service import SITE, TOKEN, Netlify, netlify
from trees import publish, tree

from generator.contracts import Ground, Target
from generator.model.publication import Tree
from generator.publish import netlify as place_of
from generator.publish import netlify_api
from generator.publish.netlify import KIND, Settings
from generator.publish.netlify_api import _asked_to_wait
from generator.publish.trouble import Trouble

OLD = {"index.html": "un", "2026/a/index.html": "a", "assets/s.1.css": "vieux", "feed.xml": "1"}
NEW = {"index.html": "deux", "2026/b/index.html": "b", "assets/s.2.css": "neuf", "feed.xml": "1"}


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[Netlify]:
    monkeypatch.setattr(netlify_api, "SOON", 0.001)
    monkeypatch.setattr(netlify_api, "LATER", 0.01)
    monkeypatch.setattr(place_of, "EVERY", 0.001)
    with netlify() as server:
        yield server


@pytest.fixture
def service(there: Netlify) -> Iterator[Proxy]:
    with proxy(there.server_port) as server:
        yield server


def ground(token: str = TOKEN) -> Ground:
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    environ = {"NETLIFY_AUTH_TOKEN": token}
    return Ground("production", Path("/"), "https://exemple.fr/", now, environ)


def settings(service: Proxy, site: str = SITE) -> Settings:
    return Settings(site=site, api=service.url)


def place(service: Proxy) -> Target:
    return KIND.open(settings(service), ground())


def step(place: Target, site: Tree) -> None:
    list(place.apply(site, place.compare(site)))


def some(fault: str, most: int) -> Plan:
    """Every second request fails, `most` times in all."""
    left = iter(range(most))
    return lambda n, method, path: fault if n % 2 == 0 and next(left, None) is not None else ""


def test_what_is_online_is_the_tree(there: Netlify, service: Proxy, tmp_path: Path) -> None:
    changes = publish(place(service), tree(tmp_path / "old", OLD))
    assert set(changes.added) == OLD.keys()
    assert there.texts() == OLD
    changes = publish(place(service), tree(tmp_path / "new", NEW))
    assert changes.changed == ("index.html",)
    assert set(changes.removed) == OLD.keys() - NEW.keys()
    assert changes.unchanged == ("feed.xml",)
    assert there.texts() == NEW


def test_only_what_is_missing_is_sent(there: Netlify, service: Proxy, tmp_path: Path) -> None:
    publish(place(service), tree(tmp_path / "old", OLD))
    there.sent.clear()
    publish(place(service), tree(tmp_path / "new", NEW))
    wanted = [".marbre/manifest.json", "2026/b/index.html", "assets/s.2.css", "index.html"]
    assert sorted(there.sent) == wanted
    there.sent.clear()
    publish(place(service), tree(tmp_path / "back", OLD))
    assert there.sent == [], "Netlify has seen all of it"


def test_what_others_put_there_stays(there: Netlify, service: Proxy, tmp_path: Path) -> None:
    there.by_hand({"perso/cv.pdf": "cv", "index.html": "Bienvenue"})
    first = tree(tmp_path / "old", OLD)
    assert place(service).compare(first).foreign == ("index.html",)
    publish(place(service), first)
    publish(place(service), tree(tmp_path / "new", NEW))
    assert there.texts() == NEW | {"perso/cv.pdf": "cv"}


def test_what_others_put_there_and_netlify_lost_changes_nothing(
    there: Netlify, service: Proxy, tmp_path: Path
) -> None:
    there.by_hand({"perso/cv.pdf": "cv"})
    there.blobs.clear()
    before = there.online
    with pytest.raises(Trouble, match="netlify-strangers"):
        step(place(service), tree(tmp_path / "old", OLD))
    assert there.online == before
    assert there.deploys[0]["state"] == "error", "no deploy is left half-way"


def test_names_of_every_kind(there: Netlify, service: Proxy, tmp_path: Path) -> None:
    names = ("été/œuvre d’art.html", "a b+c&d=e%20f~g'(i)!.txt", ".well-known/x", "CNAME")
    publish(place(service), tree(tmp_path / "site", {name: name for name in names}))
    assert there.texts().keys() == set(names)


def test_many_files_are_compared_in_their_own_time(
    there: Netlify, service: Proxy, tmp_path: Path
) -> None:
    site = {f"a/{n}.txt": f"{n}" for n in range(520)}
    publish(place(service), tree(tmp_path / "site", site))
    assert there.texts() == site
    assert there.deploys[0]["asked"] >= 2


@pytest.mark.parametrize("fault", ["500", "503", "429", "lost", "cut", "mute"])
def test_faults_are_overcome(there: Netlify, service: Proxy, tmp_path: Path, fault: str) -> None:
    publish(place(service), tree(tmp_path / "old", OLD))
    service.plan = some(fault, 12)
    publish(place(service), tree(tmp_path / "new", NEW))
    assert service.faults == 12
    assert there.texts() == NEW


@pytest.mark.parametrize(
    ("name", "value", "seconds"),
    [
        ("Retry-After", "7", 7.0),
        ("X-RateLimit-Reset", "1030", 30.0),
        ("Retry-After", "bientôt", 2.0),
        ("Date", "", 2.0),
    ],
)
def test_how_long_to_wait_is_what_they_say(
    name: str, value: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(netlify_api.time, "time", lambda: 1000.0)
    headers = Message()
    headers[name] = value
    assert _asked_to_wait(headers, 2.0) == seconds


def test_cut_off_after_any_request_the_same_again_finishes(
    there: Netlify, service: Proxy, tmp_path: Path
) -> None:
    """Until the last file is there, what is online is the former site, and all of it."""
    old, new = tree(tmp_path / "old", OLD), tree(tmp_path / "new", NEW)
    publish(place(service), old)
    known = dict(there.blobs)
    service.seen.clear()
    step(place(service), new)
    for cut in range(len(service.seen)):
        publish(place(service), old)
        there.blobs = dict(known)
        start = next(service.numbers) + 1 + cut
        service.plan = lambda n, method, path, start=start: "lost" if n >= start else ""
        with pytest.raises(Trouble, match="cloud-unreachable"):
            step(place(service), new)
        assert there.texts() in (OLD, NEW), "never half of it"
        service.plan = lambda number, method, path: ""
        publish(place(service), new)
        assert there.texts() == NEW, f"cut off after {cut} requests"


def test_one_can_go_back(there: Netlify, service: Proxy, tmp_path: Path) -> None:
    assert KIND.back is not None
    sites = [{"index.html": f"{n}"} for n in range(3)]
    for n, site in enumerate(sites):
        publish(place(service), tree(tmp_path / f"{n}", site))
    there.deploys[1]["context"] = "deploy-preview"
    there.per_page = 1
    assert there.deploys[2]["id"] in KIND.back(settings(service), ground())
    assert there.texts() == sites[0]
    with pytest.raises(Trouble, match="netlify-no-past"):
        KIND.back(settings(service), ground())
    publish(place(service), tree(tmp_path / "again", sites[2]))
    assert there.texts() == sites[2]


def test_a_record_that_cannot_be_read_stops_everything(
    there: Netlify, service: Proxy, tmp_path: Path
) -> None:
    """Otherwise deleted pages would be taken for somebody else's and stay."""
    publish(place(service), tree(tmp_path / "old", OLD))
    there.raw = False
    with pytest.raises(Trouble, match="netlify-record"):
        place(service).compare(tree(tmp_path / "new", NEW))
    assert place(service).read("index.html") is None, "only its digest tells what is the file"


def test_a_file_that_netlify_follows_may_be_missing_in_its_list(
    there: Netlify, service: Proxy, tmp_path: Path
) -> None:
    there.hidden = {"_redirects"}
    publish(place(service), tree(tmp_path / "old", OLD | {"_redirects": "/a /b 301!"}))
    changes = publish(place(service), tree(tmp_path / "new", OLD | {"_redirects": "/a /c 301!"}))
    assert changes.changed == ("_redirects",)


@pytest.mark.parametrize(
    ("site", "token", "code"),
    [
        (SITE, "nfp_un-autre", "cloud-denied"),
        (SITE, " ", "cloud-secret"),
        ("personne.netlify.app", TOKEN, "netlify-no-site"),
    ],
)
def test_what_does_not_pass_is_said(
    service: Proxy, tmp_path: Path, site: str, token: str, code: str
) -> None:
    with pytest.raises(Trouble, match=code) as caught:
        KIND.open(settings(service, site), ground(token)).compare(tree(tmp_path / "old", OLD))
    assert len(service.seen) <= 1, "a refusal is not asked for again"
    assert "nfp_" not in str(caught.value.diagnostics)


def test_a_deploy_that_failed_is_said(there: Netlify, service: Proxy, tmp_path: Path) -> None:
    target, new = place(service), tree(tmp_path / "new", NEW)
    steps = target.apply(new, target.compare(new))
    next(steps)
    there.deploys[0] |= {"state": "error", "error_message": "Plus de place"}
    with pytest.raises(Trouble, match="cloud-refused") as caught:
        list(steps)
    assert "Plus de place" in str(caught.value.diagnostics)


def test_a_token_goes_nowhere_else(there: Netlify, service: Proxy, tmp_path: Path) -> None:
    service.plan = lambda number, method, path: "302"
    service.headers = {"Location": f"http://localhost:{there.server_port}/"}
    with pytest.raises(Trouble, match="cloud-refused"):
        place(service).compare(tree(tmp_path / "old", OLD))
    assert there.asked == 0
    with pytest.raises(Trouble, match="netlify-open"):
        KIND.open(Settings(site=SITE, api="http://api.netlify.com"), ground())
