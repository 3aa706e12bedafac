"""`marbre init --ci`: a workflow that its forge understands, beside a newsletter or with it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml

from generator.cli.workflows import PLACES, WORKFLOWS, workflow

LANGUAGES = sorted(folder.name for folder in WORKFLOWS.iterdir())
SCHEMAS = {"github": "github-workflows", "forgejo": "github-workflows", "gitlab": "gitlab-ci"}
"""Of SchemaStore, as check-jsonschema ships them. Forgejo has none of its own; it reads GitHub's
form."""


def text_of(forge: str, lang: str = "fr", zone: str = "Asia/Kolkata") -> str:
    (text,) = workflow(forge, lang, zone).values()
    return text


def judged(forge: str, file) -> subprocess.CompletedProcess[str]:
    words = ["--builtin-schema", f"vendor.{SCHEMAS[forge]}", str(file)]
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *words],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("forge", PLACES)
def test_it_keeps_to_the_published_schema(tmp_path, forge, lang):
    file = tmp_path / "workflow.yml"
    file.write_text(text_of(forge, lang), "utf-8")
    outcome = judged(forge, file)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("forge", "key"),
    [("github", "timezone"), ("forgejo", "runs-on"), ("gitlab", "expire_in")],
)
def test_the_schemas_would_say_what_is_wrong(tmp_path, forge, key):
    file = tmp_path / "workflow.yml"
    file.write_text(text_of(forge).replace(f"{key}:", f"{key}s:"), "utf-8")
    outcome = judged(forge, file)
    assert outcome.returncode == 1
    assert key in outcome.stdout


@pytest.mark.parametrize("forge", PLACES)
def test_all_languages_do_the_same(forge):
    def bare(lang: str) -> object:
        return without_names(yaml.load(text_of(forge, lang), yaml.BaseLoader))

    assert len({repr(bare(lang)) for lang in LANGUAGES}) == 1
    assert len({text_of(forge, lang) for lang in LANGUAGES}) == len(LANGUAGES)


def without_names(value: object) -> object:
    """The steps' names are for people, in their language; an environment's is not."""
    if isinstance(value, dict):
        return {k: without_names(v) for k, v in value.items() if k != "name" or v[:1].islower()}
    return [without_names(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize("forge", ["github", "forgejo"])
def test_it_looks_every_hour_in_the_newsletter_s_zone(forge):
    """Where the zone is half an hour beside the others, 7 minutes past the hour is there, too."""
    on = yaml.load(text_of(forge), yaml.BaseLoader)["on"]
    assert on["schedule"] == [{"cron": "7 * * * *", "timezone": "Asia/Kolkata"}]
    assert on["push"]["branches"]


def test_gitlab_keeps_its_schedules_elsewhere_and_the_file_says_so():
    comments = [line for line in text_of("gitlab").split("\n") if line.startswith("#")]
    assert any(re.search(r"Cron timezone\s*: Asia/Kolkata", line) for line in comments)


@pytest.mark.parametrize("forge", PLACES)
def test_a_newsletter_that_is_there_gets_this_file_only(tmp_path, letter, marbre, forge):
    (letter / "newsletter.yaml").write_text("language: en\ntimezone: America/Montreal\n", "utf-8")
    before = set(letter.rglob("*"))
    outcome = marbre("init", "--ci", forge)
    assert outcome.code == 0
    assert outcome.out == f"{PLACES[forge]} written; its first lines say what is left to be set.\n"
    assert {p for p in set(letter.rglob("*")) - before if p.is_file()} == {letter / PLACES[forge]}
    text = (letter / PLACES[forge]).read_text("utf-8")
    assert "America/Montreal" in text
    assert text.startswith("# Builds the newsletter")


def test_it_does_not_take_the_place_of_another(letter, marbre):
    (letter / ".gitlab-ci.yml").write_text("mine: {}\n")
    outcome = marbre("init", "--ci", "gitlab")
    assert (outcome.code, outcome.out) == (1, "")
    assert "[init-exists] .gitlab-ci.yml" in outcome.err
    assert (letter / ".gitlab-ci.yml").read_text() == "mine: {}\n"


@pytest.mark.parametrize("forge", PLACES)
def test_a_new_newsletter_has_the_workflow_of_its_forge(tmp_path, marbre, forge):
    assert marbre("init", str(tmp_path / "lettre"), "--ci", forge).code == 0
    found = {name for name in PLACES.values() if (tmp_path / "lettre" / name).is_file()}
    assert found == {PLACES[forge]}
