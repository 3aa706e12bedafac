"""Writing: only what changed, all or nothing, and never a file that is not ours."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model.report import Manifest
from generator.write.manifest import read_manifest, unsuitable
from generator.write.prune import remove_all
from generator.write.stage import stage
from generator.write.write import Written, staging, write


def tree(output: Path) -> dict[str, str]:
    return {
        p.relative_to(output).as_posix(): p.read_text()
        for p in sorted(output.rglob("*"))
        if p.is_file() and ".marbre" not in p.parts
    }


def build(output: Path, **texts: str) -> Written:
    """Stage and write some files, by path (`__` stands for `/`), as a build does."""
    before, foreign = read_manifest(output)
    assert not foreign
    return press(output, before, {p.replace("__", "/"): t.encode() for p, t in texts.items()})


def press(output: Path, before: Manifest, files: Mapping[str, bytes | Path]) -> Written:
    with staging(output) as aside:
        made = [stage(path, data, output, aside, anew=False) for path, data in files.items()]
        return write(made, {}, output, before)


def test_the_first_build_writes_everything(tmp_path: Path) -> None:
    done = build(tmp_path / "site", a="1", b__c="2")
    assert tree(tmp_path / "site") == {"a": "1", "b/c": "2"}
    assert (done.written, done.unchanged, done.removed) == (("a", "b/c"), 0, ())


def test_what_is_there_already_keeps_its_time(tmp_path: Path) -> None:
    build(tmp_path, a="1", b="2")
    os.utime(tmp_path / "a", (1, 1))
    done = build(tmp_path, a="1", b="3")
    assert (done.written, done.unchanged) == (("b",), 1)
    assert (tmp_path / "a").stat().st_mtime == 1


def test_files_of_before_go_with_the_folders_that_this_empties(tmp_path: Path) -> None:
    build(tmp_path, a="1", b__c__d="2")
    done = build(tmp_path, a="1")
    assert done.removed == ("b/c/d",)
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith(".")] == ["a"]


def test_strangers_stay(tmp_path: Path) -> None:
    build(tmp_path, a="1", b__c="2")
    (tmp_path / "CNAME").write_text("exemple.fr")
    (tmp_path / "b" / "theirs").write_text("x")
    build(tmp_path, a="1")
    assert tree(tmp_path) == {"a": "1", "CNAME": "exemple.fr", "b/theirs": "x"}


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    _, problems = read_manifest(tmp_path)
    assert [p.code for p in problems] == ["foreign-output"]
    assert problems[0].facts["files"] == "photos"


def test_hidden_entries_do_not_make_a_folder_foreign(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("*")
    assert read_manifest(tmp_path) == (Manifest({}), ())


def test_a_damaged_record_is_said_and_repaired(tmp_path: Path) -> None:
    build(tmp_path, a="1")
    (tmp_path / ".marbre" / "manifest.json").write_text("{")
    before, problems = read_manifest(tmp_path)
    assert [p.code for p in problems] == ["record-damaged"]
    press(tmp_path, before, {"a": b"2"})
    assert read_manifest(tmp_path)[1] == ()


@pytest.mark.parametrize(
    ("first", "then"), [({"x": "1"}, {"x__y": "2"}), ({"x__y": "1"}, {"x": "2"})]
)
def test_a_file_can_become_a_folder_and_back(
    tmp_path: Path, first: dict[str, str], then: dict[str, str]
) -> None:
    build(tmp_path, **first)
    build(tmp_path, **then)
    assert tree(tmp_path) == {path.replace("__", "/"): text for path, text in then.items()}


def test_a_link_in_the_output_does_not_lead_out_of_it(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    output = tmp_path / "site"
    build(output, a="1")
    (output / "b").symlink_to(outside)
    with pytest.raises(OSError, match="symbolic link"):
        build(output, a="1", b__c="2")
    assert list(outside.iterdir()) == []


def test_nothing_changes_when_staging_fails(tmp_path: Path) -> None:
    """A file that cannot be copied stands for a full disk: it is met before the first move."""
    build(tmp_path, a="old", b="old")
    before, _ = read_manifest(tmp_path)
    with pytest.raises(FileNotFoundError):
        press(tmp_path, before, {"a": b"new", "b": tmp_path / "gone"})
    assert tree(tmp_path) == {"a": "old", "b": "old"}
    assert not (tmp_path / ".marbre" / "staging").exists()


def test_a_build_killed_between_two_moves_is_repaired_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, a="1", gone="1")
    real, moved = os.replace, []

    def replace(old: Path, new: Path) -> None:
        if "staging" in str(old):
            if moved:
                raise KeyboardInterrupt
            moved.append(new)
        real(old, new)

    monkeypatch.setattr("generator.write.write.os.replace", replace)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, n="2", m="2")
    monkeypatch.undo()
    build(tmp_path, b="3")  # neither what was old nor what was half-way there stays
    assert tree(tmp_path) == {"b": "3"}


def test_clean_removes_ours_alone(tmp_path: Path) -> None:
    build(tmp_path, a="1", b__c="2")
    (tmp_path / "theirs").write_text("x")
    removed = remove_all(tmp_path, read_manifest(tmp_path)[0])
    assert removed == ("a", "b/c")
    assert tree(tmp_path) == {"theirs": "x"}


@pytest.mark.parametrize(
    "place", [".", "..", "content", "content/x", "templates", "locales", ".cache/site"]
)
def test_the_output_may_not_be_where_the_newsletter_is(tmp_path: Path, place: str) -> None:
    newsletter = tmp_path / "lettre"
    newsletter.mkdir()
    assert [p.code for p in unsuitable(newsletter / place, newsletter)] == ["output-place"]


def test_the_output_may_be_beside_or_inside_it(tmp_path: Path) -> None:
    assert unsuitable(tmp_path / "lettre" / "site", tmp_path / "lettre") == ()
    assert unsuitable(tmp_path / "elsewhere", tmp_path / "lettre") == ()


@pytest.mark.parametrize("obstacle", ["folder", "link"])
def test_an_obstacle_is_met_before_the_first_move(tmp_path: Path, obstacle: str) -> None:
    output = tmp_path / "site"
    build(output, a="old")
    record = (output / ".marbre" / "manifest.json").read_bytes()
    if obstacle == "folder":
        (output / "z" / "theirs").mkdir(parents=True)
    else:
        (output / "z").symlink_to(tmp_path)
    with pytest.raises(OSError, match=r"directory|symbolic link"):
        build(output, a="new", **{"z" if obstacle == "folder" else "z__y__x": "2"})
    assert tree(output)["a"] == "old"
    assert (output / ".marbre" / "manifest.json").read_bytes() == record


def test_after_clean_the_folder_is_still_ours(tmp_path: Path) -> None:
    build(tmp_path, a="1")
    (tmp_path / "CNAME").write_text("exemple.fr")
    remove_all(tmp_path, read_manifest(tmp_path)[0])
    build(tmp_path, a="1")
    assert tree(tmp_path) == {"a": "1", "CNAME": "exemple.fr"}
