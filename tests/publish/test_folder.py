"""A folder of this machine: releases side by side, or the folder itself."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from trees import publish, texts, tree

from generator.contracts import Ground, Target
from generator.publish.folder import KIND, Settings
from generator.publish.order import in_order
from generator.publish.record import read_record
from generator.publish.trouble import Trouble

OLD = {"index.html": "un", "2026/a/index.html": "a", "assets/s.1.css": "vieux", "feed.xml": "1"}
NEW = {"index.html": "deux", "2026/b/index.html": "b", "assets/s.2.css": "neuf", "feed.xml": "1"}
Open = Callable[..., Target]


@pytest.fixture
def www(tmp_path: Path) -> Path:
    return tmp_path / "www"


def ground(folder: Path, second: int = 0) -> Ground:
    now = datetime(2026, 11, 24, 8, 0, second, tzinfo=UTC)
    return Ground("production", folder, "https://exemple.fr/", now, {})


def place(folder: Path, releases: int = 5, second: int = 0) -> Target:
    return KIND.open(Settings(path="www", releases=releases), ground(folder, second))


@pytest.mark.parametrize("releases", [0, 5])
def test_what_is_online_is_the_tree(tmp_path: Path, www: Path, releases: int) -> None:
    online = www if not releases else www / "current"
    changes = publish(place(tmp_path, releases), tree(tmp_path / "old", OLD))
    assert set(changes.added) == OLD.keys()
    assert texts(online) == OLD
    changes = publish(place(tmp_path, releases, 1), tree(tmp_path / "new", NEW))
    assert set(changes.added) == NEW.keys() - OLD.keys()
    assert changes.changed == ("index.html",)
    assert set(changes.removed) == OLD.keys() - NEW.keys()
    assert changes.unchanged == ("feed.xml",)
    kept = {"assets/s.1.css": "vieux"} if releases else {}
    assert texts(online) == NEW | kept, "a page that is open still finds its style sheet"
    assert not (online / "2026/a").exists()


@pytest.mark.parametrize("releases", [0, 5])
def test_what_others_put_there_stays(tmp_path: Path, www: Path, releases: int) -> None:
    online = www if not releases else www / "current"
    publish(place(tmp_path, releases), tree(tmp_path / "old", OLD))
    (online / "perso").mkdir()
    (online / "perso/cv.pdf").write_text("cv", "utf-8")
    for second in (1, 2):
        publish(place(tmp_path, releases, second), tree(tmp_path / "new", NEW))
    assert texts(online)["perso/cv.pdf"] == "cv"


def test_a_retired_asset_stays_for_one_release(tmp_path: Path, www: Path) -> None:
    publish(place(tmp_path), tree(tmp_path / "old", OLD))
    publish(place(tmp_path, second=1), tree(tmp_path / "new", NEW))
    publish(place(tmp_path, second=2), tree(tmp_path / "more", NEW | {"feed.xml": "2"}))
    assert "assets/s.1.css" not in texts(www / "current")


def test_only_what_changed_takes_room(tmp_path: Path, www: Path) -> None:
    publish(place(tmp_path), tree(tmp_path / "old", OLD))
    before = os.stat(www / "current/feed.xml").st_ino
    publish(place(tmp_path, second=1), tree(tmp_path / "new", NEW))
    assert os.stat(www / "current/feed.xml").st_ino == before


def test_old_releases_are_kept_and_one_can_go_back(tmp_path: Path, www: Path) -> None:
    sites = [{"index.html": f"{n}"} for n in range(5)]
    for second, site in enumerate(sites):
        publish(place(tmp_path, 2, second), tree(tmp_path / f"{second}", site))
    assert KIND.back is not None
    assert len(list((www / "releases").glob("[!.]*/"))) == 3, "the one online and two former ones"
    assert KIND.back(Settings(path="www"), ground(tmp_path)) == "20261124T080003Z"
    assert texts(www / "current") == sites[3]
    assert KIND.back(Settings(path="www"), ground(tmp_path)) == "20261124T080002Z"
    with pytest.raises(Trouble, match="publish-no-release"):
        KIND.back(Settings(path="www"), ground(tmp_path))
    assert texts(www / "current") == sites[2]
    publish(place(tmp_path, 2, 9), tree(tmp_path / "next", sites[4]))
    assert texts(www / "current") == sites[4]


def test_there_is_a_site_at_the_very_moment_of_the_switch(
    tmp_path: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(place(tmp_path), tree(tmp_path / "old", OLD))
    replace, seen = os.replace, []

    def watched(old: Path, new: Path) -> None:
        if new == www / "current":
            seen.append(texts(new) == OLD)
        replace(old, new)

    monkeypatch.setattr(os, "replace", watched)
    publish(place(tmp_path, second=1), tree(tmp_path / "new", NEW))
    assert seen == [True]


def test_going_back_leaves_the_assets_of_pages_that_are_open(tmp_path: Path, www: Path) -> None:
    assert KIND.back is not None
    publish(place(tmp_path), tree(tmp_path / "old", OLD))
    publish(place(tmp_path, second=1), tree(tmp_path / "new", NEW))
    KIND.back(Settings(path="www"), ground(tmp_path))
    assert texts(www / "current") == OLD | {"assets/s.2.css": "neuf"}
    assert place(tmp_path).compare(tree(tmp_path / "old", OLD)).nothing
    publish(place(tmp_path, second=2), tree(tmp_path / "more", OLD | {"feed.xml": "2"}))
    assert texts(www / "current") == OLD | {"feed.xml": "2"}


@pytest.mark.parametrize("releases", [0, 5])
def test_cut_off_anywhere_the_same_again_finishes(tmp_path: Path, www: Path, releases: int) -> None:
    old, new = tree(tmp_path / "old", OLD), tree(tmp_path / "new", NEW)
    for cut in range(len(NEW) + 2):
        folder = tmp_path / f"{cut}"
        folder.mkdir()
        publish(place(folder, releases), old)
        target = place(folder, releases, 1)
        steps = target.apply(new, target.compare(new))
        for _ in range(cut):
            next(steps, None)
        if releases and cut < 3:
            assert texts(folder / "www/current") == OLD, "still whole"
        steps.close()  # type: ignore[attr-defined]  # nothing after this point happens
        publish(place(folder, releases, 2), new)
        online = folder / ("www/current" if releases else "www")
        assert {p: t for p, t in texts(online).items() if p != "assets/s.1.css"} == NEW
        assert not list((folder / "www").rglob(".unfinished*")), "nothing lies about"


def test_cut_off_and_changed_one_s_mind_nothing_of_it_stays(tmp_path: Path, www: Path) -> None:
    old, new = tree(tmp_path / "old", OLD), tree(tmp_path / "new", NEW)
    for cut in range(len(NEW) + 2):
        publish(place(tmp_path, 0), old)
        target = place(tmp_path, 0)
        steps = target.apply(new, target.compare(new))
        for _ in range(cut):
            next(steps, None)
        steps.close()  # type: ignore[attr-defined]
        publish(place(tmp_path, 0), old)
        assert texts(www) == OLD


def test_a_failure_leaves_the_old_release_and_no_room_taken(tmp_path: Path, www: Path) -> None:
    publish(place(tmp_path), tree(tmp_path / "old", OLD))
    new = tree(tmp_path / "new", NEW)
    target = place(tmp_path, second=1)
    changes = target.compare(new)
    (tmp_path / "new/index.html").unlink()  # as a disk that is full: an OSError on the way
    with pytest.raises(FileNotFoundError):
        list(target.apply(new, changes))
    assert texts(www / "current") == OLD
    assert [path.name for path in (www / "releases").glob("*/")] == ["20261124T080000Z"]


def test_of_two_who_publish_at_once_one_comes_after_the_other(tmp_path: Path, www: Path) -> None:
    publish(place(tmp_path), tree(tmp_path / "old", OLD))
    mine, theirs = tree(tmp_path / "mine", NEW), tree(tmp_path / "theirs", {"index.html": "autre"})
    target = place(tmp_path, second=1)
    changes = target.compare(mine)
    publish(place(tmp_path, second=2), theirs)
    with pytest.raises(Trouble, match="publish-meanwhile"):
        list(target.apply(mine, changes))
    assert texts(www / "current")["index.html"] == "autre"
    with FileLock(www / "releases/.lock"), pytest.raises(Trouble, match="publish-locked"):
        list(place(tmp_path, second=3).apply(mine, place(tmp_path).compare(mine)))


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.publish.folder.PATIENCE", 0.05)


def test_a_release_that_is_not_ours_is_never_removed(tmp_path: Path, www: Path) -> None:
    (www / "releases/20200101T000000Z-a-moi").mkdir(parents=True)
    for second in range(4):
        publish(
            place(tmp_path, 1, second), tree(tmp_path / f"{second}", {"index.html": f"{second}"})
        )
    assert (www / "releases/20200101T000000Z-a-moi").is_dir()
    assert len(list((www / "releases").glob("*/"))) == 3


def test_a_link_to_somewhere_else_is_not_replaced(tmp_path: Path, www: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    www.mkdir()
    (www / "current").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(Trouble, match="publish-not-a-link"):
        place(tmp_path).compare(tree(tmp_path / "old", OLD))


def test_a_web_server_can_read_it_whatever_our_umask(tmp_path: Path, www: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(place(tmp_path), tree(tmp_path / "old", OLD))
    finally:
        os.umask(before)
    release = (www / "current").resolve()
    paths = (www, release.parent, release, *release.rglob("*"))
    modes = {path.stat().st_mode & 0o777 for path in paths}
    assert modes == {0o755, 0o644}


@pytest.mark.parametrize("path", ["../a.txt", "a/../../a.txt", "/etc/passwd", "./x", "a//b", ""])
def test_a_record_leads_nowhere_outside(path: str) -> None:
    files = {path: "0", "à moi/index.html": "1"}
    assert read_record(json.dumps({"files": files}).encode()) == {"à moi/index.html": "1"}


def test_a_site_built_meanwhile_is_not_published(tmp_path: Path, www: Path) -> None:
    site = tree(tmp_path / "old", OLD)
    target = place(tmp_path)
    changes = target.compare(site)
    (tmp_path / "old/index.html").write_text("autre", "utf-8")
    with pytest.raises(Trouble, match="publish-site-changed"):
        list(target.apply(site, changes))
    assert not (www / "current").exists()


def test_a_folder_that_is_no_link_is_not_replaced(tmp_path: Path, www: Path) -> None:
    (www / "current").mkdir(parents=True)
    with pytest.raises(Trouble, match="publish-not-a-link"):
        place(tmp_path).compare(tree(tmp_path / "old", OLD))


def test_a_file_of_somebody_else_at_our_address_is_told(tmp_path: Path, www: Path) -> None:
    www.mkdir()
    (www / "index.html").write_text("Bienvenue chez nginx", "utf-8")
    changes = place(tmp_path, 0).compare(tree(tmp_path / "old", OLD))
    assert changes.foreign == ("index.html",)


def test_what_is_referred_to_comes_first() -> None:
    paths = ["index.html", "sitemap.xml", "a/index.html", "tags/x/feed.xml", "a/x.png"]
    wanted = ["assets/s.css", "a/x.png", "a/index.html", "tags/x/feed.xml"]
    assert in_order(["assets/s.css", *paths]) == [*wanted, "index.html", "sitemap.xml"]
