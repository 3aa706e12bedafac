"""A branch of a real repository: what lands there, what stays, what is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from trees import publish, texts, tree

from generator.contracts import Ground, Target
from generator.engine import digest
from generator.publish.git import KIND, Settings
from generator.publish.trouble import Trouble

OLD = {"index.html": "un", "2026/a/index.html": "a", "assets/s.1.css": "vieux", "feed.xml": "1"}
NEW = {"index.html": "deux", "2026/b/index.html": "b", "assets/s.2.css": "neuf", "feed.xml": "1"}
NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
SOMEBODY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Quelqu’un"), ("EMAIL", "q@exemple.fr"))
}


def git(folder: Path, *words: str, **more: str) -> str:
    """Run git as another person would."""
    environ = {**os.environ, **NOBODY, **SOMEBODY, **more}
    words = ("git", "-c", "protocol.file.allow=always", *words)
    done = subprocess.run(words, cwd=folder, env=environ, capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A repository as a host has it."""
    folder = tmp_path / "host.git"
    git(tmp_path, "init", "-q", "--bare", str(folder))
    git(folder, "config", "uploadpack.allowFilter", "true")
    return folder


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    folder = tmp_path / "lettre"
    folder.mkdir()
    return folder


def ground(letter: Path, **environ: str) -> Ground:
    now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    everything = {**os.environ, **NOBODY, **environ}
    return Ground("production", letter, "https://exemple.fr/", now, everything, "fr")


def place(letter: Path, bare: Path | str, **settings: str) -> Target:
    remote = bare if isinstance(bare, str) else bare.as_uri()
    return KIND.open(Settings(remote=remote, **settings), ground(letter))


def checkout(bare: Path, branch: str = "gh-pages") -> Path:
    """A fresh clone of the branch, which is what a host serves."""
    folder = bare.parent / f"clone-{len(list(bare.parent.iterdir()))}"
    git(bare.parent, "clone", "-q", "--branch", branch, bare.as_uri(), str(folder))
    return folder


def served(bare: Path, branch: str = "gh-pages") -> dict[str, str]:
    folder = checkout(bare, branch)
    shutil.rmtree(folder / ".git")
    return texts(folder)


def commits(bare: Path, branch: str = "gh-pages") -> list[str]:
    return git(bare, "log", "--format=%s", branch, "--").splitlines()


def push(bare: Path, files: dict[str, str], branch: str = "gh-pages") -> None:
    """Somebody else adds files to the branch."""
    folder = checkout(bare, branch)
    tree(folder, files)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Autre chose")
    git(folder, "push", "-q", "origin", branch)


def state(folder: Path) -> dict[str, str]:
    """Every byte of a folder but the cache, with what git says of it."""
    files = (file for file in folder.rglob("*") if file.is_file())
    kept = (f for f in files if f.relative_to(folder).parts[0] != ".cache")
    return {f.relative_to(folder).as_posix(): digest.of_file(f) for f in kept}


@pytest.mark.parametrize("folder", ["", "docs", "a b/é"])
def test_a_clone_of_the_branch_is_the_site(
    tmp_path: Path, letter: Path, bare: Path, folder: str
) -> None:
    def at(files: dict[str, str]) -> dict[str, str]:
        inside = {f"{folder}/{path}".lstrip("/"): text for path, text in files.items()}
        return {**inside, ".nojekyll": "", f"{folder}/.nojekyll".lstrip("/"): ""}

    target = place(letter, bare, folder=folder)
    changes = publish(target, tree(tmp_path / "old", OLD))
    assert set(changes.added) == OLD.keys()
    assert served(bare) == at(OLD)
    changes = publish(place(letter, bare, folder=folder), tree(tmp_path / "new", NEW))
    assert changes.changed == ("index.html",)
    assert set(changes.removed) == OLD.keys() - NEW.keys()
    assert changes.unchanged == ("feed.xml",)
    assert not changes.foreign
    assert served(bare) == at(NEW)
    assert len(commits(bare)) == 2
    assert git(bare, "ls-tree", "-r", "--format=%(objectmode)", "gh-pages").split("\n")[0] == (
        "100644"
    )


def test_nothing_changed_no_commit(tmp_path: Path, letter: Path, bare: Path) -> None:
    site = tree(tmp_path / "old", OLD)
    publish(place(letter, bare), site)
    tip = git(bare, "rev-parse", "gh-pages")
    assert place(letter, bare).compare(site).nothing
    assert git(bare, "rev-parse", "gh-pages") == tip


def test_another_machine_goes_on(tmp_path: Path, bare: Path) -> None:
    for name, files in (("ici", OLD), ("là", NEW), ("ici", OLD)):
        (tmp_path / name).mkdir(exist_ok=True)
        publish(place(tmp_path / name, bare), tree(tmp_path / f"{name}-site", files))
        assert served(bare) == {**files, ".nojekyll": ""}


def test_what_others_put_there_stays(tmp_path: Path, letter: Path, bare: Path) -> None:
    publish(place(letter, bare), tree(tmp_path / "old", OLD))
    push(bare, {"CNAME": "exemple.fr", "2026/cv.pdf": "cv", "README.md": "Bonjour"})
    publish(place(letter, bare), tree(tmp_path / "new", NEW))
    assert served(bare) == {
        **NEW,
        ".nojekyll": "",
        "CNAME": "exemple.fr",
        "2026/cv.pdf": "cv",
        "README.md": "Bonjour",
    }


def test_a_file_of_somebody_else_at_our_address_is_told(
    tmp_path: Path, letter: Path, bare: Path
) -> None:
    publish(place(letter, bare, folder="autre"), tree(tmp_path / "x", {"a.html": "a"}))
    push(bare, {"index.html": "à moi"})
    changes = place(letter, bare).compare(tree(tmp_path / "old", OLD))
    assert changes.foreign == ("index.html",)
    assert not changes.removed


@pytest.mark.parametrize("theirs", ["2026", "index.html/deep/file"])
def test_a_file_where_a_folder_has_to_be_is_not_swept_away(
    tmp_path: Path, letter: Path, bare: Path, theirs: str
) -> None:
    publish(place(letter, bare), tree(tmp_path / "x", {"a.html": "a"}))
    push(bare, {theirs: "à moi"})
    tip = git(bare, "rev-parse", "gh-pages")
    target, site = place(letter, bare), tree(tmp_path / "old", OLD)
    with pytest.raises(Trouble, match="publish-git-in-the-way"):
        list(target.apply(site, target.compare(site)))
    assert git(bare, "rev-parse", "gh-pages") == tip


def test_our_own_file_makes_room_for_a_folder(tmp_path: Path, letter: Path, bare: Path) -> None:
    for n, files in enumerate(({"a": "1", "b/c": "2"}, {"a/d": "3", "b": "4"})):
        publish(place(letter, bare), tree(tmp_path / f"{n}", files))
        assert served(bare) == {**files, ".nojekyll": ""}


def test_a_push_in_between_is_said_and_kept(tmp_path: Path, letter: Path, bare: Path) -> None:
    publish(place(letter, bare), tree(tmp_path / "old", OLD))
    target, site = place(letter, bare), tree(tmp_path / "new", NEW)
    changes = target.compare(site)
    push(bare, {"CNAME": "exemple.fr"})
    tip = git(bare, "rev-parse", "gh-pages")
    with pytest.raises(Trouble, match="publish-git-moved"):
        list(target.apply(site, changes))
    assert git(bare, "rev-parse", "gh-pages") == tip, "never forced"
    publish(place(letter, bare), site)
    assert served(bare) == {**NEW, ".nojekyll": "", "CNAME": "exemple.fr"}


def test_a_branch_that_comes_up_in_between_is_kept(
    tmp_path: Path, letter: Path, bare: Path
) -> None:
    target, site = place(letter, bare), tree(tmp_path / "new", NEW)
    changes = target.compare(site)
    (tmp_path / "autre").mkdir()
    publish(place(tmp_path / "autre", bare), tree(tmp_path / "old", OLD))
    with pytest.raises(Trouble, match="publish-git-moved"):
        list(target.apply(site, changes))
    assert served(bare) == {**OLD, ".nojekyll": ""}


class Cut(Exception):  # noqa: N818
    pass


def test_cut_off_before_any_step_the_same_again_finishes(
    tmp_path: Path, letter: Path, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.publish import git_store

    site, left, real = tree(tmp_path / "new", NEW), 10**6, git_store.attempt

    def limited(*words: object, **more: object) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            raise Cut
        return real(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(git_store, "attempt", limited)
    publish(place(letter, bare), tree(tmp_path / "old", OLD))
    before, step, done = git(bare, "rev-parse", "gh-pages"), 0, False
    while not done:
        git(bare, "update-ref", "refs/heads/gh-pages", before)
        left = step
        try:
            publish(place(letter, bare), site)
            done = True
        except Cut:
            left = 10**6
            assert served(bare) in ({**OLD, ".nojekyll": ""}, {**NEW, ".nojekyll": ""}), "whole"
            target = place(letter, bare)
            if not target.compare(site).nothing:
                publish(target, site)
            assert served(bare) == {**NEW, ".nojekyll": ""}
        step += 1
    assert step > 8


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize("harm", ["config.lock", "shallow.lock", "refs/marbre/tip.lock", "objects"])
def test_what_a_killed_git_left_behind_does_no_harm(
    tmp_path: Path, letter: Path, bare: Path, harm: str, moved: bool
) -> None:
    publish(place(letter, bare), tree(tmp_path / "old", OLD))
    (store,) = (letter / ".cache").glob("publish-*.git")
    if harm == "objects":
        for file in (store / "objects").rglob("*/*"):
            if file.is_file():
                file.chmod(0o644)
                file.write_bytes(b"")
    else:
        (store / harm).touch()
    if moved:
        push(bare, {"CNAME": "exemple.fr"})
    publish(place(letter, bare), tree(tmp_path / "new", NEW))
    assert served(bare).items() >= NEW.items()


ODD = {
    "-rf.html": "1",
    "--help/index.html": "2",
    '"guillemets".html': "3",
    "l’été à Paris.txt": "4",
    "esp ace/$(touch x)`y`.txt": "5",
    "a\tb.txt": "6",
    "back\\slash.txt": "7",
    "étoile*?[x].txt": "8",
    ":(exclude)x.txt": "9",
    "%s%n.txt": "10",
    "#x;y&z.txt": "11",
}


def test_odd_names_arrive_as_they_are(tmp_path: Path, letter: Path, bare: Path) -> None:
    publish(place(letter, bare, folder="-o dd"), tree(tmp_path / "-site x", ODD))
    inside = {f"-o dd/{path}": text for path, text in ODD.items()}
    assert served(bare) == {**inside, ".nojekyll": "", "-o dd/.nojekyll": ""}
    publish(place(letter, bare, folder="-o dd"), tree(tmp_path / "new", NEW))
    assert served(bare).keys() == {f"-o dd/{p}" for p in (*NEW, ".nojekyll")} | {".nojekyll"}


def test_bytes_arrive_as_they_are(tmp_path: Path, letter: Path, bare: Path) -> None:
    """No line ends are changed, whatever the user or the branch likes."""
    site = {"a.txt": "un\r\ndeux\n", ".gitattributes": "* text eol=crlf\n$Id$\n"}
    (tmp_path / "gitconfig").write_text("[core]\n autocrlf = input\n", "utf-8")
    more = {"GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig")}
    target = KIND.open(Settings(remote=bare.as_uri()), ground(letter, **more))
    publish(target, tree(tmp_path / "old", site))
    assert git(bare, "cat-file", "-s", "gh-pages:a.txt") == "9"


@pytest.fixture
def source(letter: Path, bare: Path) -> Path:
    """A newsletter in a repository of its own, in the middle of something."""
    git(letter, "init", "-q", "-b", "main")
    tree(letter, {"newsletter.yaml": "title: x\n", "content/a.md": "a", ".gitignore": ".cache/\n"})
    git(letter, "add", "-A")
    git(letter, "commit", "-q", "-m", "Un")
    git(letter, "remote", "add", "origin", bare.as_uri())
    git(letter, "push", "-q", "origin", "main")
    (letter / "content/a.md").write_text("b", "utf-8")
    (letter / "content/b.md").write_text("c", "utf-8")
    git(letter, "add", "content/b.md")
    return letter


def test_the_newsletters_own_repository_is_not_touched(
    tmp_path: Path, source: Path, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = source / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    git(source, "config", "core.hooksPath", str(hook.parent))
    git(source, "config", "commit.gpgSign", "true")
    git(source, "config", "push.gpgSign", "true")
    git(source, "status")  # which refreshes the index
    before = state(source)
    publish(place(source, "origin"), tree(tmp_path / "old", OLD))
    publish(place(source, "origin"), tree(tmp_path / "new", NEW))
    assert state(source) == before
    assert served(bare) == {**NEW, ".nojekyll": ""}
    assert git(bare, "rev-parse", "main") == git(source, "rev-parse", "HEAD")


@pytest.mark.parametrize("name", ["pre-push", "reference-transaction", "post-commit"])
def test_no_hook_of_the_user_is_run(tmp_path: Path, letter: Path, bare: Path, name: str) -> None:
    hook = tmp_path / "hooks" / name
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\necho hook > '{tmp_path}/run'\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    text = f"[core]\n hooksPath = {hook.parent}\n[commit]\n gpgSign = true\n"
    (tmp_path / "gitconfig").write_text(text, "utf-8")
    git(bare, "config", "core.hooksPath", os.devnull)
    more = {"GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig")}
    publish(KIND.open(Settings(remote=bare.as_uri()), ground(letter, **more)), tree(tmp_path, OLD))
    assert not (tmp_path / "run").exists()


def test_inside_a_hook_of_another_repository_we_know_which_is_ours(
    tmp_path: Path, source: Path, bare: Path
) -> None:
    other = tmp_path / "autre"
    git(tmp_path, "init", "-q", str(other))
    before = state(source), state(other)
    inside = {"GIT_DIR": ".", "GIT_OBJECT_DIRECTORY": "objects", "GIT_INDEX_FILE": "index"}
    more = {name: str(other / ".git" / path) for name, path in inside.items()}
    publish(KIND.open(Settings(), ground(source, **more)), tree(tmp_path / "old", OLD))
    assert (state(source), state(other)) == before
    assert served(bare) == {**OLD, ".nojekyll": ""}


@pytest.mark.parametrize("remote", ["origin", "address"])
def test_the_branch_of_the_sources_is_refused(
    tmp_path: Path, source: Path, bare: Path, remote: str
) -> None:
    remote = remote if remote == "origin" else bare.as_uri()
    with pytest.raises(Trouble, match="publish-git-source"):
        place(source, remote, branch="main").compare(tree(tmp_path / "old", OLD))
    git(source, "checkout", "-q", "--detach")
    with pytest.raises(Trouble, match="publish-git-source"):
        place(source, remote, branch="main", folder="docs").compare(tree(tmp_path / "old", OLD))


def test_what_the_repository_is_told_about_others_is_handed_on(
    tmp_path: Path, source: Path, bare: Path
) -> None:
    git(source, "remote", "add", "site", "chez:lien")
    git(source, "config", f"url.{bare.parent.as_uri()}/.insteadOf", "chez:")
    os.symlink(bare, bare.parent / "lien")
    publish(place(source, "site"), tree(tmp_path / "old", OLD))
    publish(place(source, "chez:lien"), tree(tmp_path / "new", NEW))
    assert served(bare) == {**NEW, ".nojekyll": ""}


@pytest.mark.parametrize("remote", ["../host.git", "~/host.git"])
def test_a_path_starts_at_the_newsletter(
    tmp_path: Path, letter: Path, bare: Path, remote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    publish(place(letter, remote), tree(tmp_path / "old", OLD))
    assert served(bare) == {**OLD, ".nojekyll": ""}


def last(bare: Path) -> str:
    return git(bare, "log", "-1", "--format=%an <%ae>|%cn|%ai|%s", "gh-pages")


def test_the_commit_says_who_and_what(tmp_path: Path, letter: Path, bare: Path) -> None:
    publish(place(letter, bare), tree(tmp_path / "old", OLD))
    who, by, when, what = last(bare).split("|")
    assert who == "Marbre <noreply@marbre.invalid>"
    assert by == "Marbre"
    assert when == "2026-11-24 08:00:00 +0000"
    assert what == (
        "Publie https://exemple.fr/ (ajoutés\u00a0: 4, modifiés\u00a0: 0, retirés\u00a0: 0)"
    )
    more = {"message": "{date} {x}", "author": "Zoé <z@exemple.fr>"}
    publish(place(letter, bare, **more), tree(tmp_path / "new", NEW))
    who, by, _, what = last(bare).split("|")
    assert (who, by, what) == ("Zoé <z@exemple.fr>", "Zoé", "2026-11-24 {x}")


def test_the_commit_is_from_whom_git_is_set_up_for(
    tmp_path: Path, source: Path, bare: Path
) -> None:
    git(source, "config", "user.name", "Zoé")
    git(source, "config", "user.email", "z@exemple.fr")
    publish(place(source, "origin"), tree(tmp_path / "old", OLD))
    assert last(bare).startswith("Zoé <z@exemple.fr>|Zoé|")


def back(letter: Path, bare: Path) -> str:
    assert KIND.back is not None
    return KIND.back(Settings(remote=bare.as_uri()), ground(letter))


def test_one_can_go_back_and_further_back(tmp_path: Path, letter: Path, bare: Path) -> None:
    sites = [{"index.html": f"{n}", f"p{n}.html": "x"} for n in range(4)]
    for n, site in enumerate(sites):
        publish(place(letter, bare), tree(tmp_path / f"{n}", site))
    push(bare, {"CNAME": "exemple.fr"})
    others = {".nojekyll": "", "CNAME": "exemple.fr"}
    for n in (2, 1):
        assert back(letter, bare).startswith("2026-11-24 (")
        assert served(bare) == {**sites[n], **others}
    assert commits(bare)[0] == "Revient à la publication du 2026-11-24"
    publish(place(letter, bare), tree(tmp_path / "3", sites[3]))
    assert served(bare) == {**sites[3], **others}
    for n in (1, 0):
        back(letter, bare)
        assert served(bare) == {**sites[n], **others}
    with pytest.raises(Trouble, match="publish-git-no-release"):
        back(letter, bare)
    assert len(commits(bare)) == 4 + 1 + 2 + 1 + 2, "nothing was forced"


def test_there_is_no_going_back_from_nothing(letter: Path, bare: Path) -> None:
    with pytest.raises(Trouble, match="publish-git-no-release"):
        back(letter, bare)


def test_what_is_online_can_be_read(tmp_path: Path, letter: Path, bare: Path) -> None:
    assert place(letter, bare).read("feed.xml") is None
    publish(place(letter, bare), tree(tmp_path / "old", OLD))
    (tmp_path / "autre").mkdir()
    assert place(tmp_path / "autre", bare).read("feed.xml") == b"1"
    assert place(letter, bare).read("nothing.xml") is None


def test_files_do_not_travel_to_be_compared(tmp_path: Path, letter: Path, bare: Path) -> None:
    big = {"big.txt": "".join(digest.of_bytes(f"{n}".encode()) for n in range(50_000)), "a": "a"}
    site = tree(tmp_path / "old", big)
    publish(place(letter, bare), site)
    (tmp_path / "autre").mkdir()
    target = place(tmp_path / "autre", bare)
    site = tree(tmp_path / "old", {**big, "a": "b"})
    publish(target, site)
    cache = (tmp_path / "autre/.cache").rglob("*")
    assert sum(file.stat().st_size for file in cache if file.is_file()) < 100_000
    assert served(bare) == {**big, "a": "b", ".nojekyll": ""}


def test_a_site_built_meanwhile_is_not_published(tmp_path: Path, letter: Path, bare: Path) -> None:
    site = tree(tmp_path / "old", OLD)
    target = place(letter, bare)
    changes = target.compare(site)
    (tmp_path / "old/index.html").write_text("autre", "utf-8")
    with pytest.raises(Trouble, match="publish-site-changed"):
        list(target.apply(site, changes))
    assert not git(bare, "for-each-ref")


def test_a_protected_branch_is_said(tmp_path: Path, letter: Path, bare: Path) -> None:
    hook = bare / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'GH006: Protected branch' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    with pytest.raises(Trouble, match="publish-git-refused") as caught:
        publish(place(letter, bare), tree(tmp_path / "old", OLD))
    assert "GH006: Protected branch" in caught.value.diagnostics[0].facts["said"]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"remote": "origin"}, "publish-git-no-remote"),
        ({"remote": "-x"}, "publish-git-no-remote"),
        ({"remote": "../nothing.git"}, "publish-git-no-repository"),
        ({"remote": "file:///nothing/at/all.git"}, "publish-git-no-repository"),
        ({"remote": "https://127.0.0.1:9/x.git"}, "publish-git-unreachable"),
        ({"remote": "https://nobody.invalid/x.git"}, "publish-git-unreachable"),
        ({"remote": "https://moi:motdepasse@exemple.fr/x.git"}, "publish-git-password"),
        ({"remote": "https://ghp_abcdef@github.com/x.git"}, "publish-git-password"),
        ({"remote": "../host.git", "branch": "a..b"}, "publish-git-branch"),
        ({"remote": "../host.git", "branch": "-x y"}, "publish-git-branch"),
        ({"remote": "../host.git", "folder": "a/../.."}, "publish-git-folder"),
    ],
)
def test_what_cannot_be_is_said(
    tmp_path: Path, letter: Path, bare: Path, settings: dict[str, str], code: str
) -> None:
    with pytest.raises(Trouble, match=code) as caught:
        KIND.open(Settings(**settings), ground(letter)).compare(tree(tmp_path / "old", OLD))
    assert "motdepasse" not in str(caught.value.diagnostics)


def test_without_git_that_is_said(tmp_path: Path, letter: Path, bare: Path) -> None:
    target = KIND.open(Settings(remote=bare.as_uri()), ground(letter, PATH=str(tmp_path)))
    with pytest.raises(Trouble, match="publish-tool-missing"):
        target.compare(tree(tmp_path / "old", OLD))
