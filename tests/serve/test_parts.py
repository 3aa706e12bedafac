"""Small parts of the preview by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.config.read import config_of
from generator.serve.blocks import Block, first_change
from generator.serve.code import terminal_code
from generator.serve.editor import editor_link
from generator.serve.files import content_type
from generator.serve.memory import Memory
from generator.serve.pages import with_script


@pytest.mark.parametrize(
    ("editor", "link"),
    [
        ("vscode", "vscode://file/a/l%C3%A9%20b.md:3:7"),
        ("idea", "idea://open?file=/a/l%C3%A9%20b.md&line=3&column=7"),
        ("mine://x?f={path}#{line}", "mine://x?f=/a/l%C3%A9%20b.md#3"),
        ("none", ""),
    ],
)
def test_links_into_editors(editor: str, link: str) -> None:
    assert editor_link(editor, Path("/a/lé b.md"), 3, 7) == link


@pytest.mark.parametrize(
    "value", ["vscoed", "javascript:alert('{path}')", "data:text/html,{path}", "mine://nowhere"]
)
def test_what_is_no_editor_is_said(value: str) -> None:
    config, problems = config_of(f'editor: "{value}"\n', "newsletter.yaml")
    assert [problem.code for problem in problems] == ["not-an-editor"]
    assert config.editor == "vscode"


def page(*paragraphs: str) -> bytes:
    return ("<main>" + "".join(f"<p>{text}</p>" for text in paragraphs) + "</main>").encode()


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (page("A", "B", "C"), None),
        (page("A", "X", "C"), Block(1, "X")),
        (page("A", "B", "C", "D"), Block(3, "D")),
        (page("A", "B"), Block(1, "B")),
        (page("X", "A", "B", "C"), Block(0, "X")),
        (page(), None),
    ],
)
def test_where_a_page_changed(after: bytes, found: Block | None) -> None:
    assert first_change(page("A", "B", "C"), after) == found


@pytest.mark.parametrize(
    ("html", "start"),
    [
        (
            b"<!doctype html><html><HEAD lang=fr><title>",
            b"<!doctype html><html><HEAD lang=fr><script",
        ),
        (b"<!doctype html><header>x</header>", b"<!doctype html><script"),
        (b"<p>x</p>", b"<script"),
    ],
)
def test_the_script_goes_first_into_the_head(html: bytes, start: bytes) -> None:
    assert with_script(html, "d").startswith(start)


def test_memory_knows_changes_by_their_bytes(tmp_path: Path) -> None:
    file = tmp_path / "content/a/b.md"
    file.parent.mkdir(parents=True)
    file.write_text("un")
    memory = Memory(tmp_path)
    assert memory.changed(["content/a/b.md", "content"]) == ()
    file.write_text("deux")
    assert memory.changed(["content"]) == ("content/a/b.md",)
    file.write_text("deux")
    assert memory.changed(["content/a/b.md"]) == ()
    file.unlink()
    file.parent.rmdir()
    assert memory.changed(["content/a"]) == ("content/a/b.md",)
    assert memory.changed(["content/a", "content/a/b.md"]) == ()


def test_memory_is_concerned_by_what_the_site_is_made_from(tmp_path: Path) -> None:
    memory = Memory(tmp_path, tmp_path / "autre.yaml")
    yes = ["content/.nojekyll", "content/.well-known/x", "content/a.md", "content/CNAME"]
    yes += ["templates/base.html", "locales/fr.yaml", "newsletter.yaml", "autre.yaml"]
    assert [path for path in yes if not memory.concerns(path)] == []
    no = ["site/index.html", ".cache/lock", "README.md", "content/a.md~", "content/.git/HEAD"]
    assert [path for path in no if memory.concerns(path)] == []


def test_feeds_are_known_by_what_they_are(tmp_path: Path) -> None:
    for name, text, kind in [
        ("a.xml", "<?xml version='1.0'?><rss version='2.0'>", "application/rss+xml"),
        ("b.xml", "<feed xmlns='http://www.w3.org/2005/Atom'>", "application/atom+xml"),
        ("c.xml", "<urlset>", "application/xml"),
        ("feed.json", "{}", "application/feed+json"),
    ]:
        (tmp_path / name).write_text(text)
        assert content_type(tmp_path / name) == f"{kind}; charset=utf-8"


def test_a_code_is_a_square_of_half_blocks() -> None:
    lines = terminal_code("http://192.0.2.1:8000/")
    assert len(lines) > 12
