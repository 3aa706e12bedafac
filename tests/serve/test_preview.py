"""The preview from outside: what it shows, what it says, how it ends."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsletters import Newsletter
from previewing import PATIENCE, Preview, letter, previewing


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    return letter(tmp_path / "lettre")


@pytest.fixture
def preview(newsletter: Newsletter) -> Iterator[Preview]:
    with previewing(newsletter.folder) as running:
        yield running


def test_drafts_and_future_articles_are_shown_with_a_ribbon(preview: Preview) -> None:
    assert 'data-status="draft"' in preview.page("/2025/02/brouillon/")
    assert 'data-status="scheduled"' in preview.page("/2096/12/demain/")
    assert "ribbon" not in preview.page("/2025/01/un/")
    assert preview.get("/2024/01/hier/")[0].status == 404


def test_nothing_is_written_but_in_the_cache(newsletter: Newsletter, preview: Preview) -> None:
    preview.page("/")
    assert sorted(p.name for p in newsletter.folder.iterdir()) == [
        ".cache",
        "content",
        "newsletter.yaml",
    ]


def test_neither_script_nor_draft_is_in_what_build_writes_afterwards(
    newsletter: Newsletter, preview: Preview
) -> None:
    assert "/_marbre/client.js" in preview.page("/2025/02/brouillon/")
    newsletter.build()
    everything = b"".join(newsletter.tree().values())
    assert b"_marbre" not in everything.replace(b".marbre", b"")
    assert b"Texte secret" not in everything
    assert b'class="ribbon"' not in everything


def test_a_change_is_shown_and_told_in_one_line(newsletter: Newsletter, preview: Preview) -> None:
    newsletter.article("2025-01-02-un", "Second texte.\n")
    line = preview.line(lambda text: "2025-01-02-un" in text)
    assert "content/2025-01-02-un.md" in line
    assert "page" in line
    assert line.endswith(" ms")
    assert "Second texte." in preview.page("/2025/01/un/")


def test_a_mistake_leaves_the_last_good_page_and_names_every_place(
    newsletter: Newsletter, preview: Preview
) -> None:
    newsletter.file(
        "content/2025-01-02-un.md", "---\ntitle: A\ndate: 10 marz\nslgu: b\n---\nFaux.\n"
    )
    state = preview.until(lambda state: not state["ok"])
    problems = {problem["code"]: problem for problem in state["problems"]}
    problem = problems["front-matter-type"]
    assert problem["place"] == "content/2025-01-02-un.md:3:7"
    assert problem["text"] == "date: 10 marz"
    assert problem["label"] == "erreur"
    assert "2025-03-10" in problem["hint"]
    file = newsletter.folder / "content/2025-01-02-un.md"
    assert problem["link"] == f"vscode://file{file}:3:7"
    assert len(problems) > 1
    assert "Premier texte." in preview.page("/2025/01/un/")
    newsletter.article("2025-01-02-un", "Juste.\n")
    assert preview.until(lambda state: state["ok"])["problems"] == []
    assert "Juste." in preview.page("/2025/01/un/")
    preview.line(lambda text: "réparé" in text)


def test_a_newsletter_that_never_built_is_served_all_the_same(tmp_path: Path) -> None:
    newsletter = letter(tmp_path)
    broken = newsletter.file("content/faux.md", "---\ntitle: [\n---\n")
    with previewing(tmp_path) as preview:
        answer, body = preview.get("/")
        assert answer.status == 404
        assert b"/_marbre/client.js" in body
        assert not preview.state()["ok"]
        broken.unlink()
        preview.until(lambda state: state["ok"])
        assert preview.get("/")[0].status == 200


def test_configuration_and_templates_need_no_restart(
    newsletter: Newsletter, preview: Preview
) -> None:
    newsletter.config("title: Autre titre\nlanguage: en\n")
    state = preview.until(lambda state: state["number"] > 1)
    assert state["words"]["desk"] == "Desk"
    assert "Autre titre" in preview.page("/")
    newsletter.file("templates/partials/footer.html", "<footer>Mon pied</footer>\n")
    preview.until(lambda state: state["number"] > 2)
    assert "Mon pied" in preview.page("/")
    newsletter.file("templates/partials/footer.html", "<footer>Mon {{ pied }}</footer>\n")
    state = preview.until(lambda state: not state["ok"])
    assert state["problems"][0]["place"].startswith("templates/partials/footer.html:1")


def test_the_base_path_follows_the_configuration(newsletter: Newsletter, preview: Preview) -> None:
    newsletter.config("title: Essai\nbase_url: https://exemple.fr/lettre/\n")
    state = preview.until(lambda state: state["base"] == "/lettre/")
    assert state["ok"]
    assert 'href="/lettre/' in preview.page("/lettre/2025/01/un/")
    assert preview.get("/")[0].headers["location"] == "/lettre/"


def test_a_taken_port_gives_way_to_the_next(newsletter: Newsletter) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with previewing(newsletter.folder, port=port) as preview:
            assert preview.port > port
            assert any(str(port) in line and str(preview.port) in line for line in preview.said)


@pytest.mark.parametrize(
    ("more", "page"),
    [
        ({}, "/lettre/2025/02/brouillon/"),
        ({"2025-03-01-plus-tard": "true"}, "/lettre/2025/03/plus-tard/"),
        ({"2025-02-03-brouillon": "false", "2025-03-01-paru": "false"}, "/lettre/"),
    ],
    ids=["a draft", "the newest draft", "no draft"],
)
def test_open_shows_the_newest_draft_or_the_front_page(
    tmp_path: Path, more: dict[str, str], page: str
) -> None:
    made = letter(tmp_path / "lettre", base_url="https://exemple.fr/lettre/")
    for name, draft in more.items():
        made.article(name, "Texte.\n", draft=draft)
    os.mkfifo(tmp_path / "ouvert")
    browser = tmp_path / "navigateur"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "ouvert"}\n')
    browser.chmod(0o755)
    with previewing(made.folder, "--open", BROWSER=f"{browser} %s") as preview:
        assert line_from(tmp_path / "ouvert") == preview.origin + page
        assert preview.get(page)[0].status == 200


def line_from(pipe: Path) -> str:
    """What is written into a pipe, once it is."""
    reader = os.open(pipe, os.O_RDWR)  # so that it opens before anybody writes
    try:
        assert select.select([reader], [], [], PATIENCE)[0], "nobody wrote"
        return os.read(reader, 4096).decode().strip()
    finally:
        os.close(reader)


def test_a_browser_that_does_not_open_is_no_mistake(newsletter: Newsletter) -> None:
    with previewing(newsletter.folder, "--open", BROWSER="/nulle/part %s") as preview:
        assert preview.get("/")[0].status == 200
        assert preview.stop() == 0
        assert not [line for line in preview.said if "Traceback" in line]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_with_tabs_open(preview: Preview, how: signal.Signals) -> None:
    tabs = [threading.Thread(target=lambda: list(preview.states())) for _ in range(8)]
    for tab in tabs:
        tab.start()
    preview.until(lambda state: state["ok"])
    slow = socket.create_connection((preview.host, preview.port))
    slow.sendall(b"GET / HTTP/1.1\r\n")  # a request that never ends
    started = time.monotonic()
    code = preview.stop(how)
    assert time.monotonic() - started < 2.5
    assert code == (0 if how == signal.SIGINT else -signal.SIGTERM)
    for tab in tabs:
        tab.join(PATIENCE)
    slow.close()
    assert not [line for line in preview.said if "Traceback" in line]


def test_building_does_not_import_the_server(newsletter: Newsletter) -> None:
    import subprocess

    program = (
        "import sys\nfrom generator.cli.main import run\n"
        f"assert run(['build', '-s', {str(newsletter.folder)!r}, '-q']) == 0\n"
        "ours = {'starlette', 'uvicorn', 'watchdog', 'segno', 'generator.serve'}\n"
        "assert not ours & set(sys.modules), ours & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, "LC_ALL": "C"})


def test_a_silent_connection_gives_signs_of_life(preview: Preview) -> None:
    """Without them a browser cannot tell a quiet hour from a dead server."""
    with socket.create_connection((preview.host, preview.port), timeout=PATIENCE) as line:
        line.sendall(b"GET /_marbre/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        heard = b""
        while b"event: beat" not in heard:
            heard += line.recv(65_536)
    assert heard.count(b"event: state") == 1
