"""What is remembered between builds is checked when it is read, and losing it changes nothing."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from newsletters import Newsletter, codes

from generator.engine.engine import Engine
from generator.engine.ledger import Damaged, Ledger, line, read_ledger, write_ledger
from generator.engine.shelf import Shelf
from generator.engine.signature import NEVER, TICK, settled, signature

SEEN = (1, 2, 3, 4)


def double(context: int, item: int) -> int:
    return context * item


@pytest.mark.parametrize("count", [0, 1, 1000])
@pytest.mark.parametrize("way", ["here", "fork", "spawn", "executor"])
def test_map_gives_results_in_order_wherever_they_are_made(way: str, count: int) -> None:
    told: list[tuple[int, int]] = []
    with ThreadPoolExecutor(2) as pool:
        engine = Engine(
            jobs=2 if way in ("fork", "spawn") else 1,
            way=way if way == "spawn" else "fork",
            progress=lambda _, done, total: told.append((done, total)),
            executor=pool if way == "executor" else None,
        )
        assert list(engine.map("verb", double, 2, range(count))) == [2 * n for n in range(count)]
    assert told == [(n + 1, count) for n in range(count)]


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    lines = {"a/index.html": line("key", {"template": "12"}, "sum", SEEN)}
    ledger = Ledger(lines, "outline", "basis")
    write_ledger(tmp_path / "l", ledger)
    assert read_ledger(tmp_path / "l") == ledger
    assert read_ledger(tmp_path / "none") == Ledger()


@pytest.mark.parametrize("at", [0, 5, 20, 60, -1])
def test_a_ledger_with_one_bit_wrong_is_not_believed(tmp_path: Path, at: int) -> None:
    file = tmp_path / "l"
    write_ledger(file, Ledger({"a": line("key", {}, "sum", SEEN)}))
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    with pytest.raises(Damaged):
        read_ledger(file)


def test_a_shelf_forgets_what_does_not_verify(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "s")
    shelf.keep("c", [("a", SEEN, "d", b"record"), ("b", SEEN, "d", b"other")], {"wrong": b"body"})
    shelf.close()
    with sqlite3.connect(tmp_path / "s") as raw:
        raw.execute("UPDATE page SET record = 'forged' WHERE path = 'a'")
    raw.close()
    shelf = Shelf(tmp_path / "s")
    assert {p: kept.record for p, kept in shelf.pages("c").items()} == {"b": b"other"}
    assert shelf.body("wrong") is None
    assert shelf.pages("another Marbre") == {}
    shelf.close()


@pytest.mark.parametrize("data", [b"", b"not a database", b"SQLite format 3\x00" + b"x" * 200])
def test_a_damaged_shelf_is_made_anew(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "s").write_bytes(data)
    shelf = Shelf(tmp_path / "s")
    shelf.keep("c", [("a", SEEN, "d", b"record")], {})
    assert {p: kept.record for p, kept in shelf.pages("c").items()} == {"a": b"record"}
    assert shelf.damaged == bool(data)
    shelf.close()


def test_a_file_that_changed_a_moment_ago_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    seen = signature((tmp_path / "a").stat())
    changed = max(seen[1], seen[2])
    assert settled(seen, changed + TICK // 2) == NEVER
    assert settled(seen, changed + 2 * TICK) == seen


class TestDamage:
    """A damaged cache costs one line, never a wrong page."""

    @pytest.mark.parametrize("name", ["articles.sqlite", "output-*"])
    @pytest.mark.parametrize("data", [b"", b"garbage" * 99])
    def test_the_result_is_right(self, tmp_path: Path, name: str, data: bytes) -> None:
        newsletter = Newsletter(tmp_path)
        newsletter.article("2025-01-01-a", tags="IA")
        newsletter.build()
        before = newsletter.tree()
        (file,) = (newsletter.folder / ".cache").glob(name)
        file.write_bytes(data)
        said = codes(newsletter.problems())
        assert said in (["cache-damaged"], [])
        assert said or not data
        assert newsletter.tree() == before
        assert newsletter.problems() == ()

    def test_a_body_that_was_lost_is_parsed_again(self, tmp_path: Path) -> None:
        newsletter = Newsletter(tmp_path)
        newsletter.article("2025-01-01-a", "Le texte.\n")
        newsletter.build()
        with sqlite3.connect(newsletter.folder / ".cache/articles.sqlite") as raw:
            raw.execute("DELETE FROM body")
        raw.close()
        newsletter.build(clean=True)
        assert "Le texte." in newsletter.page("2025/01/a/")


class TestNoticing:
    """Every way in which a file can change is noticed."""

    @pytest.fixture
    def newsletter(self, tmp_path: Path) -> Newsletter:
        made = Newsletter(tmp_path)
        made.article("2025-01-01-a", "Texte un.\n")
        made.build()
        return made

    def test_same_size_and_same_mtime(self, newsletter: Newsletter) -> None:
        file = newsletter.folder / "content/2025-01-01-a.md"
        stat = file.stat()
        file.write_text(file.read_text().replace("un", "deux"[:2]))
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        newsletter.build()
        assert "Texte de." in newsletter.page("2025/01/a/")

    def test_many_changes_in_no_time(self, newsletter: Newsletter) -> None:
        for n in range(10, 30):
            newsletter.article("2025-01-01-a", f"Texte {n}.\n")
            newsletter.build()
            assert f"Texte {n}." in newsletter.page("2025/01/a/")

    def test_another_time_and_the_same_bytes_is_no_change(self, newsletter: Newsletter) -> None:
        file = newsletter.folder / "content/2025-01-01-a.md"
        os.utime(file, (1, 1))
        assert newsletter.build().written == ()

    def test_an_output_that_was_tampered_with(self, newsletter: Newsletter) -> None:
        page = newsletter.folder / "site/2025/01/a/index.html"
        good = page.read_bytes()
        stat = page.stat()
        page.write_bytes(b"x" * len(good))
        os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert newsletter.build().written == ("2025/01/a/index.html",)
        assert page.read_bytes() == good

    def test_only_what_can_have_changed_is_written(self, newsletter: Newsletter) -> None:
        newsletter.article("2025-01-02-b", "Texte.\n", tags="[IA]")
        newsletter.article("2025-01-03-c", "Texte.\n")
        newsletter.build()
        newsletter.article("2025-01-01-a", "Texte autre.\n", summary="S")
        newsletter.article("2025-01-01-a", "Texte autre.\n")
        written = set(newsletter.build().written)
        assert "2025/01/a/index.html" in written
        assert "2025/01/c/index.html" not in written
        assert "tags/ia/index.html" not in written

    def test_a_title_changes_its_neighbours_and_says_so(self, newsletter: Newsletter) -> None:
        newsletter.article("2025-01-02-b", "Texte.\n")
        newsletter.build()
        newsletter.article("2025-01-01-a", "Texte un.\n", title="Autre")
        why = dict(newsletter.build().why)
        assert why["2025/01/b/index.html"] == "neighbours"
        assert "articles" in why["archives/index.html"]

    def test_a_template_changes_what_includes_it_and_nothing_else(
        self, newsletter: Newsletter
    ) -> None:
        newsletter.file("templates/partials/byline.html", "<p>par nous</p>\n")
        report = newsletter.build()
        assert dict(report.why)["2025/01/a/index.html"] == "template"
        assert not any(path.startswith("tags/") for path in report.written)
