"""`marbre build` as its user meets it: words on two streams and an exit code."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from generator import pipeline
from generator.builtin import BUILTIN
from generator.cli.summary import reason
from generator.cli.words import Words
from generator.engine.engine import processors
from generator.model.request import Request
from generator.plan import plan
from generator.plugins import merge
from generator.survey import look_over

AT = ("--at", "2026-06-01")


def test_one_line_then_every_article_held_back_with_reason_and_date(letter, marbre):
    done = marbre("build", *AT)
    assert (done.code, done.err) == (0, "")
    first, *held = done.out.splitlines()
    assert re.fullmatch(r"site/ : \d+ fichiers écrits, 0 inchangé, 0 retiré en \d+,\d\d s", first)
    assert held[0] == "4 articles ne sont pas en ligne :"
    assert sorted(re.sub(r" {2,}", " | ", line) for line in held[1:]) == [
        " | content/2026-02-03-brouillon.md | brouillon",
        " | content/demain.md | programmé, paraîtra le 1er décembre 2026 à 8 h 30",
        " | content/dossier/index.md | programmé, paraîtra le 14 juillet 2026",
        " | content/hier.md | expiré, retiré le 1er mars 2026",
    ]


def test_again_nothing_is_written(letter, marbre):
    marbre("build", *AT)
    assert "site/ : 0 fichier écrit, " in marbre("build", *AT).out


def test_in_the_newsletters_language(letter, marbre):
    (letter / "newsletter.yaml").write_text("language: en\n")
    out = marbre("build", *AT).out
    assert re.match(r"site/: \d+ files written, 0 unchanged, 0 removed in \d\.\d\d s\n", out)
    assert "scheduled, will appear on December 1, 2026 at 8:30" in out


def test_drafts_and_future_are_shown_when_asked_for(letter, marbre):
    held = marbre("build", *AT, "-D", "-F").out.splitlines()[1:]
    assert len(held) == 2
    assert "content/hier.md" in held[1]
    assert (letter / "site/2026/12/demain/index.html").is_file()


def test_quiet_says_nothing_and_verbose_names_files(letter, marbre):
    assert marbre("build", *AT, "-q") == (0, "", "")
    assert re.match(r"\+ \S+\n", marbre("build", *AT, "--clean", "-v").out)


def test_verbose_says_why_each_file_was_written(letter, marbre):
    first = marbre("build", *AT, "-v").out
    assert "+ index.html  (nouveau ou rétabli)\n" in first
    page = letter / "content/2026-01-02-en-ligne.md"
    page.write_text(page.read_text("utf-8").replace("Un texte", "Un autre texte"), "utf-8")
    out = marbre("build", *AT, "-v").out
    (line,) = [line for line in out.splitlines() if line.startswith("+ 2026/01/en-ligne/")]
    assert line.endswith("(l’article, le texte)")
    (letter / "newsletter.yaml").write_text("base_url: https://exemple.fr/\nlanguage: en\n")
    out = marbre("build", *AT, "-v").out
    assert "+ index.html  (" in out
    assert "the frame of all pages, the configuration" in out
    assert reason("le greffon, tags", Words("en")) == "le greffon, tags"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_part_of_an_order_has_its_words(letter, lang):
    request = Request(folder=str(letter), now=datetime(2026, 6, 1, tzinfo=UTC))
    orders, _ = plan(look_over(request).site, merge((BUILTIN,)))
    asked = {name for order in orders for name, _ in order.parts}
    assert {"article", "neighbours", "number of articles", "pages", "file"} <= asked
    always = {"text", "template", "frame of all pages", "configuration", "Marbre itself"}
    assert {name for name in asked | always if not Words(lang).has(f"why.{name}")} == set()


def test_jobs_are_the_processors_unless_it_is_said(letter, marbre, monkeypatch):
    seen = []
    monkeypatch.setattr(
        pipeline, "build", lambda request, engine: seen.append((request, engine)) or 1 / 0
    )
    for words in ([], ["--jobs", "3"]):
        with pytest.raises(ZeroDivisionError):
            marbre("build", *words)
    assert [engine.jobs for _, engine in seen] == [processors(), 3]


@pytest.mark.parametrize("config", ["title: Essai\n", None])
def test_a_newsletter_without_an_address_is_warned_of(letter, marbre, monkeypatch, config):
    file = letter / "newsletter.yaml"
    file.write_text(config) if config else file.unlink()
    warned = marbre("build", *AT)
    assert warned.code == 0
    assert warned.err.startswith("newsletter.yaml: avertissement[no-base-url] ")
    assert "http://localhost:8000/" in warned.err
    assert marbre("build", *AT, "--strict").code == 1
    assert marbre("build", *AT, "-b", "https://exemple.fr/").err == ""
    monkeypatch.setenv("MARBRE_BASE_URL", "https://exemple.fr/")
    assert marbre("build", *AT, "--strict").err == ""


def test_an_address_that_is_given_is_not_asked_for(letter, marbre):
    (letter / "newsletter.yaml").write_text("base_url: http://localhost:8000/\n")
    assert marbre("build", *AT).err == ""
    (letter / "newsletter.yaml").write_text("base_url: exemple.fr\n")
    assert "no-base-url" not in marbre("build", *AT).err


def test_errors_all_at_once_on_standard_error_and_nothing_written(letter, marbre):
    (letter / "content/b.md").write_text("---\ntitle: B\ndate: 10 marz\ndate: 2025-01-01\n---\n")
    (letter / "content/a.md").write_text("---\ntitle: A\ndate: hier matin\n---\n")
    failed = marbre("build", *AT)
    assert (failed.code, failed.out) == (1, "")
    places = re.findall(r"^(content/\S+:\d+:\d+): erreur\[[a-z-]+\]", failed.err, re.MULTILINE)
    assert places[0].startswith("content/a.md:3:7")
    assert any(place.startswith("content/b.md:") for place in places)
    assert "    date: hier matin\n          ^\n" in failed.err
    assert re.search(r"^\d erreurs.*\. Rien n’a été écrit\.$", failed.err, re.M)
    assert not (letter / "site").exists()


def test_json_is_one_document_when_it_works_and_when_it_fails(letter, marbre):
    done = json.loads(marbre("build", *AT, "--json").out)
    assert done["ok"] is True
    assert done["articles"] == 1
    assert "index.html" in done["written"]
    assert {held["status"] for held in done["held"]} == {"draft", "scheduled", "expired"}
    (letter / "content/a.md").write_text("---\ntitle: A\ndate: hier matin\n---\n")
    failed = marbre("build", *AT, "--json")
    assert failed.code == 1
    document = json.loads(failed.out)
    assert document["ok"] is False
    assert document["diagnostics"][0]["path"] == "content/a.md"
    assert document["diagnostics"][0]["line"] == 3
    assert json.loads(marbre("build", "--json", "--nonsense").out)["ok"] is False
    assert json.loads(marbre("build", "--json", "-s", "/nowhere").out)["ok"] is False


def test_a_warning_fails_only_when_strict(letter, marbre):
    (letter / "content/w.md").write_text("---\ntitle: IA : le point\ndate: 2026-01-01\n---\n\nA\n")
    warned = marbre("build", *AT)
    assert warned.code == 0
    assert "avertissement[" in warned.err
    assert marbre("build", *AT, "--strict").code == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EACCES, "no-permission"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "file-system"),
    ],
)
def test_the_machine_refuses(letter, marbre, monkeypatch, number, code):
    def refuse(request, progress):
        raise OSError(number, os.strerror(number), "/lettre/site/index.html")

    monkeypatch.setattr(pipeline, "build", refuse)
    assert "Rien n’a été écrit." in marbre("build").err
    (letter / "site").mkdir()
    failed = marbre("build")
    assert failed.code == 1
    assert failed.err.startswith(f"erreur[{code}] ")
    assert "/lettre/site/index.html" in failed.err
    assert "Le site déjà en place est intact." in failed.err
    assert "Traceback" not in failed.err


def test_a_full_disk_is_the_outputs_and_not_the_images(letter, marbre, monkeypatch):
    def refuse(source, target):
        raise OSError(errno.ENOSPC, "No space left on device", str(source), None, str(target))

    monkeypatch.setattr(shutil, "copyfile", refuse)
    (letter / "content" / "photo.jpg").write_bytes(b"x")
    failed = marbre("build", *AT)
    assert failed.err.startswith(f"erreur[disk-full] le disque est plein : {letter / 'site'}\n")
    assert "photo.jpg" not in failed.err


def test_a_full_disk_that_names_no_file(letter, marbre, monkeypatch):
    def refuse(request, progress):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pipeline, "build", refuse)
    assert f"le disque est plein : {letter / 'site'}\n" in marbre("build", *AT).err


def test_a_disk_that_fills_up_half_way_leaves_a_site_to_repair(letter, marbre, monkeypatch):
    def refuse(request, engine):
        engine.progress("write", 1, 2)
        raise OSError(errno.ENOSPC, "No space left on device", "/x")

    monkeypatch.setattr(pipeline, "build", refuse)
    assert "n’est écrit qu’en partie" in marbre("build").err


def test_our_own_bugs_keep_their_traceback(letter, marbre, monkeypatch):
    monkeypatch.setattr(pipeline, "build", lambda request, engine: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        marbre("build")


def test_interrupted_in_one_line(letter):
    program = (
        "import generator.pipeline as p, time\n"
        "def build(request, progress):\n    print('go', flush=True); time.sleep(30)\n"
        "p.build = build\n"
        "from generator.cli.main import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, "build"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "go\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (130, "Interrompu.\n")


def test_the_request_that_is_made_of_the_words(letter, marbre, monkeypatch):
    seen = []
    monkeypatch.setattr(
        pipeline, "build", lambda request, engine: seen.append((request, engine)) or 1 / 0
    )
    monkeypatch.setenv("MARBRE_BASE_URL", "https://env.example")
    for words in ([], ["-b", "http://mot.example/x/"], ["--at", "2026-06-01 10:00", "-o", "out"]):
        with pytest.raises(ZeroDivisionError):
            marbre("build", *words)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with pytest.raises(ZeroDivisionError):
        marbre("build", "--strict", "--clean")
    first, named, at, epoch = (request for request, _ in seen)
    assert first.folder == str(letter)
    assert first.base_url == "https://env.example/"
    assert first.now.tzinfo is not None
    assert named.base_url == "http://mot.example/x/"
    assert at.now.isoformat() == "2026-06-01T10:00:00+02:00"
    assert at.output == str(letter / "out")
    assert epoch.now.isoformat() == "1970-01-01T01:00:00+01:00"
    assert (epoch.strict, epoch.clean, epoch.drafts, epoch.future) == (True, True, False, False)


def test_from_a_folder_inside_it_says_which_newsletter_it_found(letter, marbre, monkeypatch):
    monkeypatch.chdir(letter / "content" / "dossier")
    done = marbre("build", *AT)
    assert (done.code, done.err) == (0, f"Lettre trouvée plus haut : {letter}\n")
    assert (letter / "site" / "index.html").is_file()


def test_no_newsletter_here(tmp_path, marbre, monkeypatch):
    monkeypatch.chdir(tmp_path)
    failed = marbre("build")
    assert failed.code == 1
    assert f"erreur[no-newsletter] il n’y a pas de lettre dans {tmp_path}" in failed.err
    assert "conseil : pour en commencer une : marbre init" in failed.err


def test_clean_removes_what_was_built_and_nothing_else(letter, marbre):
    marbre("build", *AT)
    (letter / "site" / "mine.txt").write_text("mine")
    done = marbre("clean")
    assert re.fullmatch(r"\d+ fichiers retirés\n", done.out)
    left = {p.relative_to(letter / "site").as_posix() for p in (letter / "site").rglob("*.*")}
    assert left == {".marbre", ".marbre/manifest.json", "mine.txt"}
    assert not (letter / ".cache").exists()
