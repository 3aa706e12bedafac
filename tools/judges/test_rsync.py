"""`marbre publish` to another machine: a real sshd and a real rsync."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from . import tools
from .sshd import Machine, sshd

CONFIG = """\
title: Essai
base_url: https://exemple.fr/lettre/
language: fr
publish: {production: {to: rsync, %s}}
"""
ODD = ("un, deux & trois.txt", "-rf.txt", "#dièse.txt", "crochets [1]*.txt", "'guillemets\".txt")
SECRET = "s3cr3t-jeton-de-test"


@dataclass
class Letter:
    """A newsletter, and the folder of the other machine where it goes."""

    folder: Path
    there: Path
    machine: Machine

    def article(self, name: str, text: str = "Du texte.") -> Path:
        file = self.folder / "content" / f"2026-01-02-{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: {name}\n---\n{text}\n", "utf-8")
        return file

    def configure(self, **settings: str) -> None:
        """Say where it goes; values as YAML writes them."""
        text = ", ".join(f"{name}: {value}" for name, value in settings.items())
        (self.folder / "newsletter.yaml").write_text(CONFIG % text, "utf-8")

    def publish(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run the command as a user does."""
        return subprocess.run(
            [sys.executable, "-m", "generator", "publish", "-s", str(self.folder), *words],
            cwd=tools.ROOT,
            env={**os.environ, "LC_ALL": "C.UTF-8", "RSYNC_RSH": self.machine.rsh, **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def done(self, *words: str) -> str:
        """Publish, which has to succeed; gives what was said."""
        said = self.publish("--yes", *words)
        assert said.returncode == 0, said.stderr
        return said.stdout

    def files(self) -> dict[str, bytes]:
        return contents(self.there)

    def site(self) -> dict[str, bytes]:
        return contents(self.folder / "site")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its path, our own record apart."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".marbre" not in file.relative_to(folder).parts
    }


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with sshd(tmp_path_factory.mktemp("machine")) as machine:
        yield machine


@pytest.fixture
def letter(tmp_path: Path, running: Machine) -> Letter:
    running.accept()
    running.greet()
    there = tmp_path / "sur place" / "l'été"
    there.parent.mkdir()
    letter = Letter(tmp_path / "lettre", there, running)
    letter.article("un")
    letter.configure(host="ailleurs", path=f'"{there}"')
    return letter


def test_what_is_there_is_the_site(letter: Letter) -> None:
    for name in ODD:
        (letter.folder / "content" / name).write_text(name, "utf-8")
    letter.article("accentué à l'œuf")
    letter.done()
    assert letter.files() == letter.site()
    assert letter.files().keys() >= set(ODD)
    assert "Tout est déjà en ligne" in letter.done()


def test_only_what_changed_travels_and_only_ours_goes(letter: Letter) -> None:
    for name in ODD:
        (letter.folder / "content" / name).write_text(name, "utf-8")
    letter.article("deux")
    letter.done()
    (letter.there / "perso").mkdir()
    (letter.there / "perso/cv.pdf").write_text("cv", "utf-8")
    (letter.there / "2026/01/deux/à moi.txt").write_text("à moi", "utf-8")
    kept = letter.there / "assets"
    before = {file: file.stat().st_ino for file in kept.rglob("*") if file.is_file()}
    letter.article("deux").unlink()
    for name in ODD:
        (letter.folder / "content" / name).unlink()
    letter.done("--delete-limit", "50")
    strangers = {"perso/cv.pdf": b"cv", "2026/01/deux/à moi.txt": "à moi".encode()}
    assert letter.files() == letter.site() | strangers
    assert {file: file.stat().st_ino for file in before} == before


def test_emptied_folders_go(letter: Letter) -> None:
    gone = letter.article("deux", "---\n")
    (letter.folder / "content/a/b/c").mkdir(parents=True)
    (letter.folder / "content/a/b/c/d.txt").write_text("d", "utf-8")
    letter.done()
    gone.unlink()
    (letter.folder / "content/a/b/c/d.txt").unlink()
    letter.done("--delete-limit", "50")
    assert not (letter.there / "a").exists()
    assert not (letter.there / "2026/01/deux").exists()
    assert letter.files() == letter.site()


def test_a_file_changed_there_is_put_right(letter: Letter) -> None:
    letter.done()
    page = letter.there / "index.html"
    stat, text = page.stat(), page.read_bytes()
    page.write_bytes(text[:-3] + b"xyz")  # of the same size and date
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert "index.html" in letter.done()
    assert page.read_bytes() == text


def test_a_dry_run_changes_nothing(letter: Letter) -> None:
    said = letter.publish("--dry-run")
    assert said.returncode == 0, said.stderr
    assert not letter.there.exists()


def test_subscribers_are_told_of_what_is_online(letter: Letter) -> None:
    letter.done()
    letter.article("deux")
    assert "1 nouvel article" in letter.done("--dry-run")


def test_a_web_server_can_read_it(letter: Letter) -> None:
    file = letter.folder / "content/privé.txt"
    file.write_text("x", "utf-8")
    before = os.umask(0o077)
    try:
        file.chmod(0o600)
        letter.done()
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in letter.there.rglob("*")}
    assert modes <= {0o755, 0o644}, [oct(mode) for mode in modes]


@pytest.mark.parametrize("phase", range(1, 9))
def test_cut_off_anywhere_a_second_run_finishes(letter: Letter, phase: int, tmp_path: Path) -> None:
    gone = letter.article("deux")
    letter.done()
    (letter.there / "perso.txt").write_text("à moi", "utf-8")
    gone.unlink()
    third = letter.article("trois", "Un *autre* texte.")
    letter.article("un", "Changé.")
    count = tmp_path / "count"
    cut = tmp_path / "ssh-cut"
    values = {"count": str(count), "phase": phase, "rsh": shlex.split(letter.machine.rsh)}
    cut.write_text(CUT.format(python=sys.executable, **values), "utf-8")
    cut.chmod(0o755)
    said = letter.publish("--yes", "--delete-limit", "50", RSYNC_RSH=str(cut))
    assert said.returncode == 1
    assert len(count.read_text("utf-8").split()) == phase, "nothing is tried after that"
    for page in letter.there.rglob("*.html"):
        assert page.read_text("utf-8").rstrip().endswith("</html>"), "no half file"
    if phase % 2:  # a change of mind: what was sent already has to go again
        third.unlink()
    letter.done("--delete-limit", "50")
    assert letter.files() == letter.site() | {"perso.txt": "à moi".encode()}


CUT = """\
#!{python}
import os, subprocess, sys, threading
with open({count!r}, "a") as file:
    file.write("x ")
if len(open({count!r}).read().split()) < {phase}:
    os.execvp({rsh!r}[0], [*{rsh!r}, *sys.argv[1:]])
process = subprocess.Popen([*{rsh!r}, *sys.argv[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
def answers():
    while data := os.read(process.stdout.fileno(), 65536):
        os.write(1, data)
    os._exit(1)
threading.Thread(target=answers).start()
left = 300
while left and (data := os.read(0, left)):
    os.write(process.stdin.fileno(), data)
    left -= len(data)
process.kill()
os._exit(1)
"""
"""A connection that breaks after a few bytes, when it is the n-th."""


def refuses(letter: Letter, code: str, *words: str, **environ: str) -> str:
    """Publishing has to fail with a code, without having changed anything; gives what was said."""
    before = letter.files() if letter.there.exists() else None
    token = {"EXEMPLE_TOKEN": SECRET, **environ}
    said = letter.publish("--yes", "-v", *words, **token)
    assert said.returncode == 1, said.stderr
    assert f"[{code}]" in said.stderr, said.stderr
    assert "Traceback" not in said.stderr
    assert SECRET not in said.stdout + said.stderr
    assert (letter.files() if letter.there.exists() else None) == before
    return said.stderr


def test_an_unknown_key_is_never_accepted(letter: Letter) -> None:
    letter.machine.known.write_text("", "ascii")
    assert "`ssh ailleurs`" in refuses(letter, "publish-host-unknown")
    assert letter.machine.known.read_text("ascii") == "", "not even noted down"


def test_a_changed_key_is_never_accepted(letter: Letter) -> None:
    letter.machine.greet(key="other")
    refuses(letter, "publish-host-changed")


def test_careless_options_do_not_help(letter: Letter) -> None:
    letter.machine.known.write_text("", "ascii")
    careless = f"{letter.machine.rsh} -o StrictHostKeyChecking=no -o BatchMode=no"
    refuses(letter, "publish-host-unknown", RSYNC_RSH=careless)


def test_a_key_that_is_not_let_in(letter: Letter) -> None:
    letter.machine.accept(key="stranger")
    refuses(letter, "publish-ssh-refused")


def test_nobody_at_home(letter: Letter) -> None:
    letter.configure(host="127.0.0.1", port="1", path="lettre")
    refuses(letter, "publish-ssh-unreachable")


def test_no_rsync_there(letter: Letter) -> None:
    letter.machine.accept(before="/usr/bin/env PATH=/nowhere")
    refuses(letter, "publish-rsync-not-there")


def test_no_rsync_here(letter: Letter, tmp_path: Path) -> None:
    refuses(letter, "publish-tool-missing", PATH=str(tmp_path))


def test_no_right_to_write(letter: Letter) -> None:
    plain = "setpriv --bounding-set=-all --inh-caps=-all" if os.geteuid() == 0 else ""
    letter.machine.accept(before=plain)
    letter.there.mkdir()
    letter.there.chmod(0o555)
    try:
        refuses(letter, "publish-no-permission")
    finally:
        letter.there.chmod(0o755)


def test_a_folder_whose_parent_is_not_there(letter: Letter) -> None:
    letter.there.parent.rmdir()
    said = refuses(letter, "publish-tool-failed")
    assert "No such file or directory" in said


@pytest.mark.parametrize(
    ("host", "path", "code"),
    [
        ("-oProxyCommand=true", "lettre", "publish-bad-host"),
        ("a b", "lettre", "publish-bad-host"),
        ("ailleurs", "/tmp/[a]*", "publish-bad-path"),
        ("ailleurs", "~autre", "publish-bad-path"),
    ],
)
def test_names_that_would_be_misread(letter: Letter, host: str, path: str, code: str) -> None:
    letter.configure(host=f'"{host}"', path=f'"{path}"')
    refuses(letter, code)
