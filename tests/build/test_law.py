"""The law of builds: any edits built incrementally give, byte for byte, what a clean build gives;
what one process gives several give.

A writer plays at random. `pytest --law 500` lets it play longer, and otherwise each time.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from law import PARALLEL, SERIAL, build_by_the_law
from material import ADDITIONS, BODIES, CONFIGURATIONS, FILES, TEMPLATES, WORDS, front_matter
from newsletters import NOW, Newsletter

GAMES, STEPS = 20, 14


class Writer(RuleBasedStateMachine):
    """A writer at work; after every step the folder is built, and built anew elsewhere."""

    articles = Bundle("articles")
    deleted = Bundle("deleted")

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="marbre-law-"))
        self.newsletter = Newsletter(self.home / "lettre")
        self.asked: dict[str, object] = {"now": NOW}
        self.ways = (SERIAL, PARALLEL)
        self.edits_before_the_next_build = 0
        self.count = 0

    @property
    def content(self) -> Path:
        return self.newsletter.folder / "content"

    @initialize(target=articles, text=CONFIGURATIONS)
    def begin(self, text: str) -> MultipleResults[str]:
        """A few articles that have something to do with one another."""
        self.newsletter.config(text)
        self.write("fichiers/a.svg", "<svg/>")
        self.count = 3
        for number in range(1, 4):
            matter = f"title: N{number}\ndate: 2025-06-0{number}\ntags: [IA]\n"
            self.write(f"n{number}.md", f"---\n{matter}---\nDu texte.\n")
        return multiple("n1.md", "n2.md", "n3.md")

    # Articles

    @rule(target=articles, data=st.data(), body=BODIES, place=st.sampled_from("@@@ua"))
    def create(self, data: st.DataObject, body: str, place: str) -> str:
        """At the top, in a section (u) or as a bundle (a)."""
        self.count += 1
        name = {"@": "n{}.md", "u": "une/n{}.md", "a": "n{}/index.md"}[place].format(self.count)
        self.write(name, data.draw(front_matter(f"n{self.count}")) + body)
        return name

    @rule(name=articles, data=st.data(), body=BODIES)
    def edit(self, name: str, data: st.DataObject, body: str) -> None:
        own = name.removesuffix("/index.md").removesuffix(".md").rpartition("/")[2]
        self.write(name, data.draw(front_matter(own)) + body)

    @rule(name=articles, text=ADDITIONS)
    def write_on(self, name: str, text: str) -> None:
        """An edit that mostly leaves alone what others know of the article."""
        file = self.content / name
        self.write(name, f"{file.read_text('utf-8')}\n{text}")

    @rule(target=deleted, name=consumes(articles))
    def delete(self, name: str) -> tuple[str, bytes, int]:
        file = self.content / name
        kept = (name, file.read_bytes(), file.stat().st_mtime_ns)
        file.unlink()
        return kept

    @rule(target=articles, kept=consumes(deleted), with_old_times=st.booleans())
    def restore(self, kept: tuple[str, bytes, int], with_old_times: bool) -> str:
        name, text, mtime = kept
        self.write(name, text)
        if with_old_times:
            os.utime(self.content / name, ns=(mtime, mtime))
        return name

    @rule(target=articles, name=consumes(articles))
    def rename(self, name: str) -> str:
        self.count += 1
        os.rename(self.content / name, self.content / f"n{self.count}.md")
        return f"n{self.count}.md"

    @rule(one=articles, other=articles)
    def swap(self, one: str, other: str) -> None:
        """A rename keeps size, mtime and inode."""
        aside = self.home / "aside"
        os.rename(self.content / one, aside)
        if one != other:
            os.rename(self.content / other, self.content / one)
        os.rename(aside, self.content / other)

    @rule(name=articles)
    def touch(self, name: str) -> None:
        os.utime(self.content / name, (1, 1))

    @rule(name=articles, letter=st.sampled_from("xyz"))
    def edit_without_a_trace(self, name: str, letter: str) -> None:
        """Same size, same mtime: only the ctime tells."""
        file = self.content / name
        stat, text = file.stat(), file.read_text("utf-8")
        file.write_text(text[:-2] + letter + "\n", "utf-8")
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    # Everything else that a site is made from

    @rule(text=CONFIGURATIONS)
    def configure(self, text: str) -> None:
        self.newsletter.config(text)

    @rule(file=FILES)
    def put_or_remove_a_file(self, file: tuple[str, str | None]) -> None:
        path, text = file
        if text is not None:
            self.write(path, text)
        elif (self.content / path).is_file():
            (self.content / path).unlink()

    @rule(template=TEMPLATES)
    def put_or_remove_a_template(self, template: tuple[str, str | None]) -> None:
        name, text = template
        path = self.newsletter.folder / "templates" / name
        if text is None:
            path.unlink(missing_ok=True)
        else:
            self.newsletter.file(f"templates/{name}", text)

    @rule(words=WORDS)
    def put_or_remove_words(self, words: tuple[str, str | None]) -> None:
        lang, text = words
        path = self.newsletter.folder / f"locales/{lang}.yaml"
        if text is None:
            path.unlink(missing_ok=True)
        else:
            self.newsletter.file(f"locales/{lang}.yaml", text)

    # The question

    @rule(days=st.sampled_from([-900, -400, 0, 1, 2, 200, 900]))
    def let_time_pass(self, days: int) -> None:
        self.asked["now"] = NOW + timedelta(days=days)

    @rule(drafts=st.booleans(), future=st.booleans())
    def ask_for_more(self, drafts: bool, future: bool) -> None:
        self.asked |= {"drafts": drafts, "future": future}

    @rule(base=st.sampled_from(["", "https://c.example/", "https://c.example/d/"]))
    def ask_for_another_address(self, base: str) -> None:
        self.asked["base_url"] = base

    @rule(edits=st.integers(1, 3))
    def do_not_build_for_a_while(self, edits: int) -> None:
        self.edits_before_the_next_build = edits + 1

    # Accidents

    @rule(data=st.data(), how=st.sampled_from(["lose", "alter", "link", "folder"]))
    def hurt_the_output(self, data: st.DataObject, how: str) -> None:
        files = sorted(p for p in (self.newsletter.folder / "site").rglob("*") if p.is_file())
        if not files:
            return
        victim = data.draw(st.sampled_from(files))
        stat = victim.stat()
        if how == "folder" and ".marbre" not in victim.parts:
            shutil.rmtree(victim.parent)
            return
        data_ = victim.read_bytes()
        victim.unlink()
        if how == "alter":
            victim.write_bytes(b"x" * len(data_))
            os.utime(victim, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        elif how == "link" and ".marbre" not in victim.parts:
            (self.home / "linked").write_bytes(data_)
            victim.symlink_to(self.home / "linked")

    @rule(data=st.data(), how=st.sampled_from(["lose", "damage", "empty", "bite"]))
    def hurt_the_cache(self, data: st.DataObject, how: str) -> None:
        files = sorted((self.newsletter.folder / ".cache").glob("[ao]*"))
        if not files:
            return
        victim = data.draw(st.sampled_from(files))
        held = victim.read_bytes()
        if how == "lose":
            victim.unlink()
        elif how == "bite":
            at = data.draw(st.integers(0, len(held)))
            victim.write_bytes(held[:at] + b"\xff" * 40 + held[at + 40 :])
        else:
            victim.write_bytes(b"" if how == "empty" else b"x" * len(held))

    @rule()
    def keep_the_cache(self) -> None:
        shutil.rmtree(self.home / "kept", ignore_errors=True)
        shutil.copytree(self.newsletter.folder / ".cache", self.home / "kept")

    @rule()
    def bring_an_older_cache_back(self) -> None:
        if (self.home / "kept").exists():
            shutil.rmtree(self.newsletter.folder / ".cache")
            shutil.copytree(self.home / "kept", self.newsletter.folder / ".cache")

    @invariant()
    def incremental_is_clean(self) -> None:
        """One of the two builds is made by one process, the other by several, in turn."""
        self.edits_before_the_next_build = max(0, self.edits_before_the_next_build - 1)
        if not self.edits_before_the_next_build:
            self.ways = (self.ways[1], self.ways[0])
            build_by_the_law(self.newsletter, self.ways, **self.asked)

    def teardown(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file of the content, whatever stands in its way."""
        file = self.content / path
        for folder in file.relative_to(self.content).parents:
            if (self.content / folder).is_file():
                (self.content / folder).unlink()
        if file.is_dir():
            shutil.rmtree(file)
        self.newsletter.file(f"content/{path}", text)


def test_incremental_is_clean(pytestconfig: pytest.Config) -> None:
    games = pytestconfig.getoption("law")
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Writer,
        settings=settings(
            max_examples=games or GAMES,
            stateful_step_count=STEPS,
            derandomize=not games,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
