"""`marbre build` as its user meets it: words on two streams and an exit code."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from generator import pipeline

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
    assert marbre("build", *AT, "--clean", "-v").out.startswith("+ ")


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


def test_a_disk_that_fills_up_half_way_leaves_a_site_to_repair(letter, marbre, monkeypatch):
    def refuse(request, progress):
        progress("write", 1, 2)
        raise OSError(errno.ENOSPC, "No space left on device", "/x")

    monkeypatch.setattr(pipeline, "build", refuse)
    assert "n’est écrit qu’en partie" in marbre("build").err


def test_our_own_bugs_keep_their_traceback(letter, marbre, monkeypatch):
    monkeypatch.setattr(pipeline, "build", lambda request, progress: 1 / 0)
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
    monkeypatch.setattr(pipeline, "build", lambda request, progress: seen.append(request) or 1 / 0)
    monkeypatch.setenv("MARBRE_BASE_URL", "https://env.example")
    for words in ([], ["-b", "http://mot.example/x/"], ["--at", "2026-06-01 10:00", "-o", "out"]):
        with pytest.raises(ZeroDivisionError):
            marbre("build", *words)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    with pytest.raises(ZeroDivisionError):
        marbre("build", "--strict", "--clean")
    first, named, at, epoch = seen
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
