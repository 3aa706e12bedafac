"""The preview in a real browser: the page follows the pen, and what the reader did to it stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from . import tools

SLOW = 15_000
"""Milliseconds that a machine busy with other things may take; nothing waits that long."""
LONG = "\n\n".join(f"Paragraphe {n}, assez long pour que la page défile." for n in range(80))
CONFIG = "title: Essai\nlanguage: fr\n"
PAGE = "/2025/01/un/"
MARBRE = (sys.executable, "-m", "generator")
TOP = """
[...document.querySelectorAll('main p')]
  .find((p) => p.textContent.startsWith('Paragraphe 40,')).getBoundingClientRect().top
"""
"""Where a paragraph stands on the screen."""


class Desk:
    """A newsletter that is being written, with its preview."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    def write(self, path: str, text: str | bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def article(self, body: str, name: str = "2025-01-02-un", matter: str = "") -> None:
        self.write(f"content/{name}.md", f"---\ntitle: {name[11:]}\n{matter}---\n{body}\n")

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*MARBRE, "serve", "-s", str(self.folder), "-p", str(self.port)],
            cwd=tools.ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.url = line.split()[0]
        self.port = int(self.url.split(":")[2].split("/")[0])
        self.process.stdout.readline()

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.communicate(timeout=20)
            self.process = None


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    desk = Desk(folder)
    desk.write("newsletter.yaml", CONFIG)
    desk.article("Premier texte.\n\n" + LONG)
    desk.article("Un autre article.\n\n" + LONG, "2025-01-03-deux")
    desk.start()
    try:
        yield desk
    finally:
        desk.stop()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "lettre") as desk:
        yield desk


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(SLOW)
    yield context.new_page()
    context.close()


def open_page(tab: Page, url: str) -> None:
    """Open a page and wait until it listens."""
    tab.goto(url)
    expect(tab.locator("marbre-preview .bar")).to_be_visible(timeout=SLOW)


def shows(tab: Page, text: str) -> None:
    expect(tab.locator("main")).to_contain_text(text, timeout=SLOW)


def test_text_changes_without_a_reload_and_all_else_stays(desk: Desk, tab: Page) -> None:
    text = (
        "Premier texte.\n\n<details><summary>Plus</summary>\n\nCaché.\n\n</details>\n\n"
        '<input name="q" type="text">\n\n```py\nx = 1\n```\n\n' + LONG
    )
    desk.article(text)
    open_page(tab, desk.url + PAGE.lstrip("/"))
    expect(tab.locator("main details")).to_have_count(1, timeout=SLOW)
    expect(tab.locator(".code button.copy")).to_have_count(1)
    tab.evaluate("window.mark = 1")
    tab.locator("main details summary").first.click()
    tab.locator("main input[name=q]").fill("à moitié tapé")
    tab.locator("main input[name=q]").focus()
    tab.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
    before = tab.evaluate(TOP)
    desk.article(text.replace("Premier texte.", "Second texte.\n\nEt une ligne de plus."))
    shows(tab, "Second texte.")
    shows(tab, "Et une ligne de plus.")
    assert tab.evaluate("window.mark") == 1
    assert tab.evaluate("document.querySelector('main details').open")
    assert tab.locator("main input[name=q]").input_value() == "à moitié tapé"
    assert tab.evaluate("document.activeElement.name") == "q"
    expect(tab.locator(".code button.copy")).to_have_count(1)
    after = tab.evaluate(TOP)
    assert abs(after - before) < 2
    assert tab.evaluate("document.querySelectorAll('main [id^=marbre-]').length") == 0


def test_a_code_block_that_comes_later_can_be_copied(desk: Desk, tab: Page) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.article("Premier texte.\n\n```py\na = 1\n```\n")
    open_page(tab, desk.url + PAGE.lstrip("/"))
    shows(tab, "a = 1")
    tab.evaluate("window.mark = 1")
    desk.article("Premier texte.\n\n```py\na = 2\n```\n\n```py\nb = 3\n```\n")
    shows(tab, "b = 3")
    buttons = tab.locator(".code button.copy")
    expect(buttons).to_have_count(2)
    for number, text in enumerate(("a = 2", "b = 3")):
        tab.locator(".code").nth(number).hover()
        buttons.nth(number).click()
        tab.wait_for_function(
            "async text => await navigator.clipboard.readText() === text", arg=text
        )
    desk.article("Plus de code.\n")
    shows(tab, "Plus de code.")
    expect(buttons).to_have_count(0)
    assert tab.evaluate("window.mark") == 1


def test_media_plays_on(desk: Desk, tab: Page) -> None:
    desk.write("content/son.wav", silence(30))
    text = "Premier.\n\n" + '<audio controls loop src="/son.wav"></audio>' + "\n\nDernier.\n\n"
    desk.article(text + LONG)
    open_page(tab, desk.url + PAGE.lstrip("/"))
    tab.wait_for_selector("main audio")
    tab.evaluate(
        "(async () => { const a = document.querySelector('audio');"
        " a.muted = true; await a.play(); a.mine = 1 })()"
    )
    tab.wait_for_function("document.querySelector('audio').currentTime > 0.2")
    desk.article("Un.\n\nDeux.\n\nTrois.\n\n" + text.replace("Dernier", "Ultime") + LONG)
    shows(tab, "Ultime")
    shows(tab, "Trois")
    assert tab.evaluate("document.querySelector('audio').mine") == 1
    assert tab.evaluate("document.querySelector('audio').paused") is False
    assert tab.evaluate("document.querySelector('audio').currentTime") > 0.2


def test_an_error_is_shown_over_the_page_and_goes_by_itself(desk: Desk, tab: Page) -> None:
    open_page(tab, desk.url + PAGE.lstrip("/"))
    errors = tab.locator("marbre-preview .errors")
    expect(errors).to_be_hidden()
    desk.write("content/2025-01-02-un.md", "---\ntitle: Un\ndate: 10 marz\n---\nFaux.\n")
    expect(errors).to_be_visible(timeout=SLOW)
    expect(errors).to_contain_text("content/2025-01-02-un.md:3:7")
    expect(errors).to_contain_text("date: 10 marz")
    expect(errors).to_contain_text("2025-03-10")
    expect(errors).to_contain_text("erreur")
    link = errors.locator("a.place").get_attribute("href")
    assert link == f"vscode://file{desk.folder}/content/2025-01-02-un.md:3:7"
    shows(tab, "Premier texte.")
    desk.article("Réparé.\n")
    expect(errors).to_be_hidden(timeout=SLOW)
    shows(tab, "Réparé.")


def test_a_server_that_comes_back_finds_its_page(desk: Desk, tab: Page) -> None:
    open_page(tab, desk.url + PAGE.lstrip("/"))
    tab.evaluate("window.mark = 1")
    desk.stop()
    expect(tab.locator("marbre-preview .lost")).to_be_visible(timeout=SLOW)
    desk.article("Changé pendant l'absence.\n")
    desk.start()
    shows(tab, "Changé pendant l’absence.")
    expect(tab.locator("marbre-preview .lost")).to_be_hidden(timeout=SLOW)
    assert tab.evaluate("window.mark") == 1


def test_of_forty_edits_in_two_seconds_the_last_is_shown(desk: Desk, tab: Page) -> None:
    open_page(tab, desk.url + PAGE.lstrip("/"))
    tab.evaluate("window.mark = 1")
    for number in range(1, 41):
        desk.article(f"Version {number} fin.\n\n" + LONG)
        time.sleep(0.05)
    shows(tab, "Version 40 fin.")
    assert tab.evaluate("window.mark") == 1


def test_a_style_sheet_is_swapped_and_an_image_fetched_anew(desk: Desk, tab: Page) -> None:
    desk.write("content/dessin.svg", drawing(10))
    desk.article("![Un dessin](dessin.svg)\n\n" + LONG)
    open_page(tab, desk.url + PAGE.lstrip("/"))
    tab.evaluate("window.mark = 1")
    tab.wait_for_function("document.querySelector('main img')?.naturalWidth === 10")
    desk.write("content/dessin.svg", drawing(20))
    tab.wait_for_function("document.querySelector('main img')?.naturalWidth === 20")
    desk.write("templates/static/css/mine.css", "h1 { color: rgb(1, 2, 3) }\n")
    tab.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")
    desk.write("templates/static/css/mine.css", "h1 { color: rgb(3, 2, 1) }\n")
    tab.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(3, 2, 1)'")
    assert tab.evaluate("document.querySelectorAll('link[rel=stylesheet]').length") == 1
    assert tab.evaluate("window.mark") == 1


def test_follow_mode_goes_to_the_changed_paragraph(desk: Desk, tab: Page) -> None:
    open_page(tab, desk.url)
    tab.locator("marbre-preview #follow").check()
    other = "Un autre article.\n\n" + LONG
    desk.article(other.replace("Paragraphe 60,", "Nouveauté ici :"), "2025-01-03-deux")
    tab.wait_for_url("**/2025/01/deux/", timeout=SLOW)
    place = tab.locator("main p", has_text="Nouveauté ici")
    expect(place).to_be_in_viewport(timeout=SLOW)
    expect(tab.locator("marbre-preview #follow")).to_be_checked(timeout=SLOW)
    desk.article(("Premier texte.\n\n" + LONG).replace("Paragraphe 3,", "Ailleurs,"))
    tab.wait_for_url("**/2025/01/un/", timeout=SLOW)
    expect(tab.locator("main p", has_text="Ailleurs,")).to_be_in_viewport(timeout=SLOW)
    tab.locator("marbre-preview #follow").uncheck()
    desk.article(other, "2025-01-03-deux")
    desk.article("Encore un.\n\n" + LONG)
    shows(tab, "Encore un.")
    assert tab.url.endswith("/un/")


def test_twenty_tabs_hear_of_it(desk: Desk, browser: Browser) -> None:
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(20)]
    for tab in tabs:
        open_page(tab, desk.url + PAGE.lstrip("/"))
    desk.article("Pour tous les onglets.\n")
    for tab in tabs:
        shows(tab, "Pour tous les onglets.")
    context.close()


@pytest.mark.parametrize("shared", [True, False], ids=["shared worker", "none"])
def test_a_hidden_tab_gives_its_connection_back(desk: Desk, tab: Page, shared: bool) -> None:
    if not shared:
        tab.add_init_script("delete window.SharedWorker")
    open_page(tab, desk.url + PAGE.lstrip("/"))
    eventually(lambda: connections(desk) == 1)
    see(tab, "hidden")
    eventually(lambda: connections(desk) == 0)
    desk.article("Changé pendant le sommeil.\n")
    time.sleep(0.3)
    assert "Changé" not in tab.locator("main").inner_text()
    see(tab, "visible")
    shows(tab, "Changé pendant le sommeil.")


def test_nothing_goes_wrong_on_the_console(desk: Desk, tab: Page) -> None:
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(f"{message.text} ({message.location['url']})")

    tab.on("console", listen)
    tab.on("pageerror", lambda error: said.append(str(error)))
    for path in ("", "2025/01/un/", "tags/", "archives/", "essentiel/", "abonnement/", "_marbre/"):
        open_page(tab, desk.url + path)
    desk.article("Autre chose.\n")
    time.sleep(0.5)
    assert said == []


def see(tab: Page, state: str) -> None:
    """Headless browsers show every tab: say that this one is hidden, or seen again."""
    tab.evaluate(
        "state => { Object.defineProperty(document, 'visibilityState',"
        " {configurable: true, get: () => state});"
        " document.dispatchEvent(new Event('visibilitychange')) }",
        state,
    )


def connections(desk: Desk) -> int:
    """How many open connections the server has that are waiting for news."""
    import json
    from urllib.request import urlopen

    with urlopen(f"http://127.0.0.1:{desk.port}/_marbre/status") as answer:
        return int(json.load(answer)["listeners"])


def eventually(true: Callable[[], bool]) -> None:
    end = time.monotonic() + SLOW / 1000
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def drawing(width: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{width}">'
        f'<rect width="{width}" height="{width}"/></svg>'
    )


def silence(seconds: int) -> bytes:
    import io
    import wave

    data = io.BytesIO()
    with wave.open(data, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000 * seconds)
    return data.getvalue()
