"""Everything that an editor can do to a file, done for real in front of a real watcher."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from newsletters import Newsletter
from previewing import PATIENCE, Preview, letter, previewing

PATH = "content/2025-01-02-un.md"
PAGE = "/2025/01/un/"


@pytest.fixture
def preview(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Preview]:
    newsletter = letter(tmp_path / "lettre")
    words = ["--poll"] if getattr(request, "param", "") == "poll" else []
    with previewing(newsletter.folder, *words) as running:
        yield running


BOTH = pytest.mark.parametrize("preview", ["events", "poll"], indirect=True)
"""By the system's events, and by looking again and again."""


@pytest.fixture
def newsletter(preview: Preview) -> Newsletter:
    return Newsletter(preview.folder)


def text(body: str, title: str = "Un") -> str:
    return f"---\ntitle: {title}\n---\n{body}\n"


def in_place(file: Path, new: str) -> None:
    """`>`: nano, sed without -i, a script."""
    file.write_text(new)


def by_rename(file: Path, new: str) -> None:
    """VS Code on some disks, gedit, most libraries: a new file takes the old one's name."""
    other = file.with_name(".goutputstream-X1Y2Z3")
    other.write_text(new)
    os.replace(other, file)


def vim_with_backup(file: Path, new: str) -> None:
    """vim with `backup`: the old file moves away, a new one is written."""
    probe = file.with_name("4913")
    probe.touch()
    probe.unlink()
    os.rename(file, file.with_name(file.name + "~"))
    file.write_text(new)
    os.chmod(file, 0o644)


def vim_without_backup(file: Path, new: str) -> None:
    """vim with `writebackup` alone: the backup is removed once the new file is whole."""
    vim_with_backup(file, new)
    file.with_name(file.name + "~").unlink()


def real_vim(file: Path, new: str) -> None:
    """vim itself, with its swap file, where there is one."""
    if shutil.which("vim") is None:
        vim_without_backup(file, new)
        return
    change = f"%s/Premier texte\\./{new.splitlines()[3]}/"
    command = ["vim", "-u", "NONE", "-es", "-c", change, "-c", "wq", str(file)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=PATIENCE)


def jetbrains(file: Path, new: str) -> None:
    """Safe write: new to a temporary name, old to another, new in its place, old removed."""
    fresh = file.with_name(f"{file.name}___jb_tmp___")
    old = file.with_name(f"{file.name}___jb_old___")
    fresh.write_text(new)
    os.rename(file, old)
    os.rename(fresh, file)
    old.unlink()


def sed_in_place(file: Path, new: str) -> None:
    """`sed -i`: a temporary file of an odd name in the same folder."""
    body = new.splitlines()[3]
    subprocess.run(["sed", "-i", f"s/Premier texte./{body}/", str(file)], check=True)


def rsync(file: Path, new: str) -> None:
    """rsync: `.name.XXXXXX`, its time set back to that of the source, then renamed."""
    other = file.with_name(f".{file.name}.aB3dE5")
    other.write_text(new)
    os.utime(other, (1_600_000_000, 1_600_000_000))
    os.rename(other, file)


def same_size_same_time(file: Path, new: str) -> None:
    """A tool that restores the times: only the bytes tell."""
    stat = file.stat()
    old = file.read_text()
    padded = new.rstrip("\n")
    padded = padded + " " * max(0, len(old) - len(padded) - 1) + "\n"
    file.write_text(padded)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


SAVES = [
    in_place,
    by_rename,
    vim_with_backup,
    vim_without_backup,
    real_vim,
    jetbrains,
    sed_in_place,
    rsync,
]


@BOTH
@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_save_is_seen_and_built_once(
    newsletter: Newsletter, preview: Preview, save: Callable[[Path, str], None]
) -> None:
    before = preview.state()["number"]
    save(newsletter.folder / PATH, text("Autre texte."))
    preview.until(lambda state: state["number"] > before)
    assert preview.settled() <= before + 2
    assert "Autre texte." in preview.page(PAGE)


@BOTH
def test_rename_delete_and_come_back(newsletter: Newsletter, preview: Preview) -> None:
    file = newsletter.folder / PATH
    file.rename(file.with_name("2025-01-02-autre.md"))
    eventually(lambda: preview.get("/2025/01/autre/")[0].status == 200)
    assert preview.get(PAGE)[0].status == 404
    file.with_name("2025-01-02-autre.md").unlink()
    eventually(lambda: preview.get("/2025/01/autre/")[0].status == 404)
    file.write_text(text("De retour."))
    eventually(lambda: "De retour." in preview.page(PAGE))


@BOTH
def test_a_new_folder_with_files_in_it(newsletter: Newsletter, preview: Preview) -> None:
    deep = newsletter.folder / "content/a/b/c"
    deep.mkdir(parents=True)
    (deep / "2025-03-01-profond.md").write_text(text("Profond."))
    eventually(lambda: "Profond." in preview.page("/2025/03/profond/"))
    (deep / "2025-03-01-profond.md").write_text(text("Encore plus profond."))
    eventually(lambda: "Encore plus profond." in preview.page("/2025/03/profond/"))


def test_a_folder_moved_in_and_out_again(
    newsletter: Newsletter, preview: Preview, tmp_path: Path
) -> None:
    outside = tmp_path / "dehors"
    (outside / "deux").mkdir(parents=True)
    (outside / "2025-03-01-a.md").write_text(text("Article A."))
    (outside / "deux/2025-03-02-b.md").write_text(text("Article B."))
    outside.rename(newsletter.folder / "content/dedans")
    eventually(lambda: "Article B." in preview.page("/2025/03/b/"))
    assert "Article A." in preview.page("/2025/03/a/")
    inside = newsletter.folder / "content/dedans"
    (inside / "deux/2025-03-02-b.md").write_text(text("B changé."))
    eventually(lambda: "B changé." in preview.page("/2025/03/b/"))
    inside.rename(newsletter.folder / "content/ailleurs")
    before = preview.settled()
    (newsletter.folder / "content/ailleurs/deux/2025-03-02-b.md").write_text(text("B déplacé."))
    preview.until(lambda state: state["number"] > before)
    eventually(lambda: "B déplacé." in preview.page("/2025/03/b/"))
    (newsletter.folder / "content/ailleurs").rename(outside)
    eventually(lambda: preview.get("/2025/03/b/")[0].status == 404)


def test_the_whole_content_goes_and_comes_back(newsletter: Newsletter, preview: Preview) -> None:
    content = newsletter.folder / "content"
    content.rename(newsletter.folder / "parti")
    eventually(lambda: preview.get(PAGE)[0].status == 404)
    (newsletter.folder / "parti").rename(content)
    eventually(lambda: preview.get(PAGE)[0].status == 200)
    (newsletter.folder / PATH).write_text(text("Après le retour."))
    eventually(lambda: "Après le retour." in preview.page(PAGE))


def test_a_hundred_files_at_once(newsletter: Newsletter, preview: Preview) -> None:
    """`git checkout` of another branch, and back."""
    folder = newsletter.folder
    git(folder, "init", "-q")
    git(folder, "add", "content")
    git(folder, "commit", "-qm", "un")
    git(folder, "branch", "avant")
    for number in range(100):
        newsletter.article(f"2025-04-01-n{number}", f"Numéro {number}.\n")
    git(folder, "add", "content")
    git(folder, "commit", "-qm", "deux")
    eventually(lambda: preview.get("/2025/04/n99/")[0].status == 200)
    for branch, status in (("avant", 404), ("-", 200)):
        before = preview.settled()
        git(folder, "checkout", "-q", branch)
        eventually(lambda status=status: preview.get("/2025/04/n99/")[0].status == status)
        assert preview.settled() <= before + 4
        assert {preview.get(f"/2025/04/n{n}/")[0].status for n in range(100)} == {status}


def test_a_save_every_50_ms(newsletter: Newsletter, preview: Preview) -> None:
    """What is shown keeps up while the pen does not rest, and the last save is never lost."""
    file = newsletter.folder / PATH
    shown = []
    for number in range(1, 61):
        file.write_text(text(f"Version {number} fin."))
        time.sleep(0.05)
        if number % 20 == 0:
            shown.append(preview.page(PAGE))
    eventually(lambda: "Version 60 fin." in preview.page(PAGE))
    assert len(set(shown)) == 3


def test_a_file_half_written_when_it_is_read(newsletter: Newsletter, preview: Preview) -> None:
    file = newsletter.folder / PATH
    with file.open("w") as writing:
        writing.write(text("Première moitié."))
        writing.flush()
        eventually(lambda: "Première moitié." in preview.page(PAGE))
        writing.write("\nSeconde moitié.\n")
    eventually(lambda: "Seconde moitié." in preview.page(PAGE))


def test_bytes_that_change_but_not_size_nor_time(newsletter: Newsletter, preview: Preview) -> None:
    before = preview.state()["number"]
    same_size_same_time(newsletter.folder / PATH, text("Autre texte.", "Un"))
    preview.until(lambda state: state["number"] > before)
    eventually(lambda: "Autre texte." in preview.page(PAGE))


@pytest.mark.parametrize(
    "name", [".un.md.swp", "un.md~", "#un.md#", ".#un.md", "4913", ".DS_Store", "un.md.tmp"]
)
def test_what_editors_leave_behind_builds_nothing(
    newsletter: Newsletter, preview: Preview, name: str
) -> None:
    before = preview.settled()
    newsletter.file(f"content/{name}", "rien")
    (newsletter.folder / "content" / name).unlink()
    newsletter.file(f"content/{name}", "rien encore")
    assert preview.settled() == before + 1


def test_reading_and_touching_build_nothing_twice(newsletter: Newsletter, preview: Preview) -> None:
    file = newsletter.folder / PATH
    file.write_text(text("Lu une fois."))
    eventually(lambda: "Lu une fois." in preview.page(PAGE))
    before = preview.settled()
    file.read_text()
    os.utime(file)
    file.write_text(text("Lu une fois."))
    by_rename(file, text("Lu une fois."))
    assert preview.settled() == before + 1


def test_our_own_output_is_no_change(newsletter: Newsletter, preview: Preview) -> None:
    """Never a loop: not by the preview's own pages, nor by a build beside it."""
    newsletter.article("2025-01-02-un", "Un changement.\n")
    eventually(lambda: "Un changement." in preview.page(PAGE))
    number = preview.settled()
    newsletter.build()
    assert preview.settled() == number + 1
    (newsletter.folder / ".cache/anything").write_text("x")
    (newsletter.folder / "site/anything").write_text("x")
    (newsletter.folder / "README").write_text("x")
    assert preview.settled() == number + 2


def test_a_change_during_a_build_is_built_afterwards(
    newsletter: Newsletter, preview: Preview
) -> None:
    for number in range(150):
        newsletter.article(f"2025-05-01-n{number}", f"Numéro {number}.\n")
        if number % 10 == 0:
            threading.Event().wait(0.03)
    newsletter.article("2025-05-01-n0", "Changé au dernier moment.\n")
    eventually(lambda: "Changé au dernier moment." in preview.page("/2025/05/n0/"))
    eventually(lambda: preview.get("/2025/05/n149/")[0].status == 200)


def test_templates_that_come_later_are_watched(newsletter: Newsletter, preview: Preview) -> None:
    for word in ("Un pied", "Un autre pied"):
        newsletter.file("templates/partials/footer.html", f"<footer>{word}</footer>")
        eventually(lambda word=word: word in preview.page(PAGE))
    shutil.rmtree(newsletter.folder / "templates")
    eventually(lambda: "Un autre pied" not in preview.page(PAGE))


@BOTH
def test_a_folder_behind_a_link(newsletter: Newsletter, preview: Preview) -> None:
    """Edited where it really is; led elsewhere; gone and come back."""
    folder = newsletter.folder
    for name in ("notes", "autres-notes"):
        newsletter.file(f"{name}/sous/2025-06-01-note.md", text(f"De {name}."))
    os.symlink("../notes", folder / "content/lien")
    eventually(lambda: "De notes." in preview.page("/2025/06/note/"))
    newsletter.file("notes/sous/2025-06-01-note.md", text("Changé derrière le lien."))
    eventually(lambda: "Changé derrière le lien." in preview.page("/2025/06/note/"))
    by_rename(folder / "notes/sous/2025-06-01-note.md", text("Encore changé."))
    eventually(lambda: "Encore changé." in preview.page("/2025/06/note/"))
    os.symlink("../autres-notes", folder / "nouveau")
    os.replace(folder / "nouveau", folder / "content/lien")  # `ln -sfn`
    eventually(lambda: "De autres-notes." in preview.page("/2025/06/note/"))
    newsletter.file("autres-notes/sous/2025-06-01-note.md", text("Par le nouveau lien."))
    eventually(lambda: "Par le nouveau lien." in preview.page("/2025/06/note/"))
    (folder / "autres-notes").rename(folder / "parti")
    preview.until(lambda state: not state["ok"])
    (folder / "parti").rename(folder / "autres-notes")
    preview.until(lambda state: state["ok"])
    newsletter.file("autres-notes/sous/2025-06-01-note.md", text("Après le retour."))
    eventually(lambda: "Après le retour." in preview.page("/2025/06/note/"))


@BOTH
def test_a_file_behind_a_link(newsletter: Newsletter, preview: Preview) -> None:
    newsletter.file("brouillons/note.md", text("Un."))
    os.symlink("../brouillons/note.md", newsletter.folder / "content/2025-06-01-note.md")
    eventually(lambda: "Un." in preview.page("/2025/06/note/"))
    newsletter.file("brouillons/note.md", text("Deux."))
    eventually(lambda: "Deux." in preview.page("/2025/06/note/"))
    by_rename(newsletter.folder / "brouillons/note.md", text("Trois."))
    eventually(lambda: "Trois." in preview.page("/2025/06/note/"))


def test_a_folder_that_becomes_a_link(newsletter: Newsletter, preview: Preview) -> None:
    newsletter.file("content/notes/2025-06-01-note.md", text("Dedans."))
    eventually(lambda: "Dedans." in preview.page("/2025/06/note/"))
    (newsletter.folder / "content/notes").rename(newsletter.folder / "notes")
    os.symlink("../notes", newsletter.folder / "content/notes")
    preview.settled()
    newsletter.file("notes/2025-06-01-note.md", text("Derrière."))
    eventually(lambda: "Derrière." in preview.page("/2025/06/note/"))


def test_links_that_the_build_refuses_are_told_and_not_followed(
    newsletter: Newsletter, preview: Preview, tmp_path: Path
) -> None:
    for name, target in (("tout", ".."), ("dehors", str(tmp_path)), ("sortie", "../.cache")):
        link = newsletter.folder / "content" / name
        os.symlink(target, link)
        state = preview.until(lambda state: not state["ok"])
        assert {one["code"] for one in state["problems"]} & {"link-outside", "link-loop"}
        time.sleep(1.2)  # it is tried again once
        before = preview.state()["builds"]
        (newsletter.folder / ".cache/x").write_text(name)
        (tmp_path / "x").write_text(name)
        time.sleep(0.6)
        assert preview.state()["builds"] == before, "a loop"
        link.unlink()
        preview.until(lambda state: state["ok"])


def test_a_content_folder_that_is_a_link(tmp_path: Path) -> None:
    made = letter(tmp_path / "lettre")
    (made.folder / "content").rename(made.folder / "textes")
    os.symlink("textes", made.folder / "content")
    with previewing(made.folder) as preview:
        (made.folder / "textes/2025-01-02-un.md").write_text(text("Derrière le lien."))
        eventually(lambda: "Derrière le lien." in preview.page(PAGE))


def test_configuration_saved_by_rename(newsletter: Newsletter, preview: Preview) -> None:
    by_rename(newsletter.folder / "newsletter.yaml", "title: Nouveau nom\nlanguage: fr\n")
    eventually(lambda: "Nouveau nom" in preview.page(PAGE))


def eventually(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, stdin=subprocess.DEVNULL)
