"""Saves are shown at once, also while all the rest is being built; what stays is what was built."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from newsletters import NOW, Newsletter
from previewing import PATIENCE, letter

from generator.cli.speaker import Speaker
from generator.cli.words import Words
from generator.config.schema import Config
from generator.content.parse import parse
from generator.content.settings import settings_for
from generator.engine import digest
from generator.model.article import Parsed
from generator.model.source import Source
from generator.serve.memory import Memory
from generator.serve.rounds import STOP, Round, Rounds
from generator.serve.state import Board, State
from generator.serve.watch import News
from generator.serve.workshop import Outcome, Workshop

ARTICLE = "content/2025-01-02-un.md"
PAGE = "2025/01/un/index.html"
FOOTER = "templates/partials/footer.html"


class SlowWorkshop(Workshop):
    """Its builds begin at once and end when they are let."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, None, folder / ".cache/preview-1", "http://127.0.0.1:1", clock)
        self.begun = threading.Semaphore(0)
        self.may_read = threading.Semaphore(0)
        self.done = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)

    def build(self, changed: Collection[str]) -> Outcome:
        if not changed:  # the first one
            return super().build(changed)
        self.begun.release()
        assert self.may_read.acquire(timeout=PATIENCE)
        outcome = super().build(changed)
        self.done.release()
        assert self.may_end.acquire(timeout=PATIENCE)
        return outcome


class Loud(Board):
    """A board that calls out what is hung, with what was on screen at that moment."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__()
        self._workshop = workshop
        self._called: queue.Queue[tuple[State, str]] = queue.Queue()

    def post(self, state: State) -> None:
        super().post(state)
        try:
            page = self._workshop.page(PAGE).decode()
        except FileNotFoundError:
            page = "nothing"
        self._called.put((state, page))

    def next(self) -> tuple[State, str]:
        return self._called.get(timeout=PATIENCE)


class Desk:
    """A newsletter in front of running rounds."""

    def __init__(self, newsletter: Newsletter) -> None:
        self.newsletter = newsletter
        self.workshop = SlowWorkshop(newsletter.folder)
        self.board = Loud(self.workshop)
        self.told: queue.Queue[Round] = queue.Queue()
        self.news: News = News()
        memory = Memory(newsletter.folder)
        rounds = Rounds(
            self.workshop, memory, lambda _: None, self.news, self.board, voice, self.told.put
        )
        rounds.first()
        self.board.next()
        self._thread = threading.Thread(target=rounds.run)
        self._thread.start()

    def save(self, body: str, **matter: str) -> None:
        self.newsletter.article("2025-01-02-un", f"{body}\n", **matter)
        self.news.put(ARTICLE)

    def building(self) -> None:
        """Wait until a build has begun."""
        assert self.workshop.begun.acquire(timeout=PATIENCE)

    def read(self) -> None:
        """Let the build do its work, without ending."""
        self.workshop.may_read.release()
        assert self.workshop.done.acquire(timeout=PATIENCE)

    def end(self) -> tuple[State, str]:
        """Let the build end; what is told of it."""
        self.workshop.may_end.release()
        return self.board.next()

    def stop(self) -> None:
        for gate in (self.workshop.may_read, self.workshop.may_end):
            gate.release(9)
        self.news.put(STOP)
        self._thread.join(PATIENCE)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(letter(tmp_path / "lettre"))
    yield made
    made.stop()


def clock(_: ZoneInfo) -> datetime:
    return NOW


def voice(_: Workshop) -> Speaker:
    return Speaker(Words("fr"), ZoneInfo("Europe/Paris"))


def test_saves_during_a_build_are_shown_before_it_ends(desk: Desk) -> None:
    desk.save("Deuxième texte.")
    state, page = desk.board.next()
    assert (state.builds, "Deuxième texte." in page) == (0, True)
    desk.building()
    desk.read()
    for words in ("Troisième texte.", "Quatrième texte."):
        desk.save(words)
        state, page = desk.board.next()
        assert (state.builds, words in page) == (0, True)
    state, page = desk.end()
    assert state.builds == 1
    assert "Quatrième texte." in page, "a build that began earlier takes nothing back"
    desk.building()
    desk.read()
    state, page = desk.end()
    assert state.builds == 2
    built = (desk.workshop.output / PAGE).read_text()
    assert built == page == desk.workshop.page(PAGE).decode()
    assert "Quatrième texte." in built
    assert [desk.told.get_nowait().changed for _ in range(2)] == [(ARTICLE,)] * 2
    assert desk.news.empty()


def test_readers_are_led_to_a_change_once(desk: Desk) -> None:
    desk.save("Deuxième texte.")
    proof, _ = desk.board.next()
    desk.building()
    desk.read()
    built, _ = desk.end()
    assert proof.target is not None
    assert (proof.target.url, proof.target.number) == ("/2025/01/un/", proof.number)
    assert built.target == proof.target
    desk.save("Deuxième texte.", tags="[IA]")  # other pages know of it: no proof
    desk.building()
    desk.read()
    built, _ = desk.end()
    assert built.target is not None
    assert built.target.number == built.number


def test_a_mistake_during_a_build_is_told_and_the_last_good_page_stays(desk: Desk) -> None:
    desk.save("Deuxième texte.")
    desk.board.next()
    desk.building()
    desk.read()
    desk.save("Troisième texte.")
    desk.board.next()
    desk.save("Faux.", date="10 marz")
    state, page = desk.end()
    assert state.ok
    assert "Troisième texte." in page
    desk.building()
    desk.read()
    state, page = desk.end()
    assert [problem.code for problem in state.problems] == ["front-matter-type"]
    assert "Troisième texte." in page
    desk.save("Réparé.")
    desk.building()
    desk.read()
    state, page = desk.end()
    assert state.ok
    assert "Réparé." in page
    assert [desk.told.get_nowait().mended for _ in range(3)] == [False, False, True]


def test_what_is_edited_while_a_template_is_built_is_shown_in_its_new_look(desk: Desk) -> None:
    desk.newsletter.file(FOOTER, "<footer>Mon pied</footer>\n")
    desk.news.put(FOOTER)
    desk.building()
    desk.save("Deuxième texte.")
    _, page = desk.board.next()
    assert "Deuxième texte." in page
    assert "Mon pied" not in page
    desk.read()
    _, page = desk.end()
    assert "Deuxième texte." in page
    assert "Mon pied" in page


def test_a_draft_that_goes_during_a_build_is_not_shown_any_more(desk: Desk) -> None:
    desk.save("Deuxième texte.")
    desk.board.next()
    desk.building()
    (desk.newsletter.folder / ARTICLE).unlink()
    desk.news.put(ARTICLE)
    desk.read()
    desk.end()
    desk.building()
    desk.read()
    assert desk.end()[1] == "nothing"
    assert not (desk.workshop.output / PAGE).exists()


def test_articles_are_parsed_alike_by_two_threads_at_once() -> None:
    """Proofs are parsed while a build parses."""
    config = Config(language="fr")
    settings = settings_for(config)
    folder = Path(__file__).parents[1] / "cases/markdown"
    texts = [file.read_text() for file in sorted(folder.rglob("*.md"))]
    sources = [
        Source(f"content/{n}.md", text, digest.of_bytes(text.encode()))
        for n, text in enumerate(texts)
    ]
    assert len(sources) > 10

    def all_of_them(order: Callable[[list[Source]], list[Source]]) -> dict[str, Parsed]:
        return {source.path: parse(source, settings) for source in order(sources) * 3}

    alone = all_of_them(list)
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(all_of_them, [list, lambda s: s[::-1]] * 2))
    assert all(one == alone for one in together)
