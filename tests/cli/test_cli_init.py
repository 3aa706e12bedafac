"""`marbre init lettre && cd lettre && marbre build`, as a newcomer types it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
import yaml

from generator.cli.main import run


def marbre(folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "MARBRE"))}
    return subprocess.run(
        [sys.executable, "-m", "generator", *words],
        cwd=folder,
        env=env | environ,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(("lang", "next_words"), [("fr", "Ensuite\u00a0:"), ("en", "Next:")])
def test_init_then_build_gives_a_whole_site_without_a_word_of_complaint(tmp_path, lang, next_words):
    made = marbre(tmp_path, "init", "lettre", "--lang", lang)
    assert made.returncode == 0, made.stderr
    assert f"{next_words}\n  cd lettre\n  marbre build\n" in made.stdout
    folder = tmp_path / "lettre"
    built = marbre(folder, "build", "--strict")
    assert (built.returncode, built.stderr) == (0, "")
    assert re.fullmatch(r"site/\u00a0?: \d+ \S+ .*\n", built.stdout)
    site = folder / "site"
    for name in ("index.html", "feed.xml", "sitemap.xml", "404.html", "tags/index.html"):
        assert (site / name).is_file(), name
    articles = sorted(site.glob("20*/*/*/index.html"))
    assert len(articles) == 2
    for article in articles:
        assert 'class="keypoints' in article.read_text("utf-8")
    about = "a-propos" if lang == "fr" else "about"
    assert (site / about / "index.html").is_file()


def test_the_configuration_has_an_identity_of_its_own_and_a_schema_beside_it(tmp_path):
    identities = set()
    for name in ("a", "b"):
        assert run(["init", str(tmp_path / name)]) == 0
        text = (tmp_path / name / "newsletter.yaml").read_text("utf-8")
        identities.add(uuid.UUID(yaml.safe_load(text)["id"]))
        schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert schema
        assert json.loads((tmp_path / name / schema[1]).read_text("utf-8"))["$defs"]["Config"]
        assert "{year}/{month}" in text
    assert len(identities) == 2


def test_it_comes_with_a_workflow_and_ignores_what_is_made(tmp_path):
    run(["init", str(tmp_path)])
    assert (tmp_path / ".github/workflows/publish.yml").is_file()
    ignored = (tmp_path / ".gitignore").read_text("utf-8").split()
    assert {"site/", ".cache/"} <= set(ignored)


def test_it_names_every_file_in_the_way_and_writes_nothing(tmp_path, capsys):
    (tmp_path / ".gitignore").write_text("mine\n")
    (tmp_path / "newsletter.yaml").write_text("title: mine\n")
    assert run(["init", str(tmp_path), "--lang", "en"]) == 1
    errors = capsys.readouterr().err
    assert errors.count("error[init-exists]") == 2
    assert "newsletter.yaml exists already; nothing was written" in errors
    assert "2 errors" in errors
    assert sorted(p.name for p in tmp_path.iterdir()) == [".gitignore", "newsletter.yaml"]
    assert (tmp_path / ".gitignore").read_text() == "mine\n"


def test_a_folder_with_a_space_is_quoted_in_the_next_commands(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "ma lettre"]) == 0
    assert "  cd 'ma lettre'\n" in capsys.readouterr().out


def test_its_articles_are_dated_by_the_day_of_the_build(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741561200")  # 2025-03-10 00:00 in Paris
    run(["init", str(tmp_path)])
    names = sorted(p.name for p in (tmp_path / "content").glob("*.md"))
    assert [name[:10] for name in names] == ["2025-03-09", "2025-03-10"]
