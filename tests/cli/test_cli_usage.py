"""Help, misuse, completion, schema: the words around the work."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import click
import pytest

from generator import __version__
from generator.cli.console import Console
from generator.cli.main import marbre as group
from generator.cli.present import columns
from generator.cli.schema import json_schema
from generator.cli.words import Words

COMMANDS = tuple(group.homes)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_a_screen_and_ends_with_an_example(marbre, monkeypatch, lang, name):
    monkeypatch.setenv("LANG", f"{lang}_XX.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    shown = marbre(*filter(None, (name, "--help")))
    lines = shown.out.rstrip("\n").split("\n")
    assert shown.code == 0
    assert len(lines) <= 23  # and the prompt below
    assert max(columns(line) for line in lines) <= 80
    heading = {"fr": "Exemple :", "en": "Example:"}[lang]
    start = next(n for n, line in enumerate(lines) if line.startswith(heading))
    examples = [line for line in (lines[start].removeprefix(heading), *lines[start + 1 :]) if line]
    assert examples
    assert all(line.startswith(" ") and "marbre" in line for line in examples)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_and_option_is_explained(lang, name):
    context = click.Context(group, info_name="marbre", obj=Console(words=Words(lang)))
    command = group.get_command(context, name)
    assert command is not None
    words = Words(lang)
    for param in command.params:
        own = f"commands.{name}.options.{param.name}"
        assert words.has(own) or words.has(f"options.{param.name}"), param.name


def test_what_comes_later_is_not_mentioned(marbre):
    out = marbre("--help").out
    assert not {"check", "import"} & set(out.split())


def test_version(marbre):
    assert marbre("--version") == (0, f"marbre {__version__}\n", "")


def test_the_version_is_told_without_loading_the_program():
    program = (
        "import sys\nfrom generator.cli.main import run\nrun(['--version'])\n"
        "print(*sorted({'jinja2', 'markdown_it', 'yaml', 'msgspec', 'rich'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout
    assert out == f"marbre {__version__}\n\n"


@pytest.mark.parametrize(
    ("words", "said", "help_of"),
    [
        (["biuld"], "commande inconnue : biuld. Vouliez-vous dire build ?", "marbre"),
        (["xyz"], "commande inconnue : xyz.", "marbre"),
        (["build", "--strcit"], "--strcit. Vouliez-vous dire --strict ?", "marbre build"),
        (["build", "--at"], "l’option --at attend une valeur.", "marbre build"),
        (["build", "x"], "mot de trop : x", "marbre build"),
        (["new"], "il manque TITRE.", "marbre new"),
        (["explain"], "il manque FICHIER.", "marbre explain"),
        (["list", "tag"], "QUOI : à choisir parmi drafts, scheduled,", "marbre list"),
        (["init", "--lang", "de"], "--lang : à choisir parmi fr, en.", "marbre init"),
        (["build", "--at", "jamais"], "« jamais » n’est pas une date", "marbre build"),
        (["build", "-b", "exemple.fr"], "doit commencer par http:// ou https://", "marbre build"),
        (
            ["build", "--jobs", "0"],
            "--jobs : écrivez un nombre entier, 1 au moins, ou l’adresse",
            "marbre build",
        ),
        (
            ["build", "--jobs", "x"],
            "--jobs : écrivez un nombre entier, 1 au moins, ou l’adresse",
            "marbre build",
        ),
        (["init", "newsletter.yaml"], "c’est un fichier, pas un dossier : ", "marbre init"),
        (["build", "-s", "newsletter.yaml"], "c’est un fichier, pas un dossier : ", "marbre build"),
        (["build", "-c", "content"], "c’est un dossier, pas un fichier : ", "marbre build"),
        (["build", "-c", "rien.yaml"], "ce fichier n’existe pas : rien.yaml", "marbre build"),
    ],
)
def test_misuse_is_explained_and_exits_with_2(letter, marbre, words, said, help_of):
    code, out, err = marbre(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.endswith(f"\nAide : {help_of} --help\n")


def test_a_bad_epoch_is_a_misuse(letter, marbre, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "hier")
    assert "SOURCE_DATE_EPOCH : « hier »" in marbre("build").err


def test_no_words_at_all_show_the_help(marbre):
    code, out, err = marbre()
    assert (code, out) == (2, "")
    assert "Commandes :" in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell):
    done = subprocess.run(
        [sys.executable, "-m", "generator", "completion", shell], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "_MARBRE_COMPLETE" in done.stdout


def test_completion_completes():
    env = os.environ | {
        "_MARBRE_COMPLETE": "fish_complete",
        "COMP_WORDS": "marbre ex",
        "COMP_CWORD": "ex",
        "LANG": "fr_FR.UTF-8",
    }
    command = [sys.executable, "-m", "generator"]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    assert "explain" in done.stdout
    assert "Dit si un fichier est en ligne" in done.stdout


def test_the_schema_of_the_configuration(marbre):
    schema = json.loads(marbre("schema").out)
    config = schema["$defs"]["Config"]
    assert config["additionalProperties"] is False
    assert config["properties"]["title"]["description"] == "The newsletter's name."
    assert {"author", "authors", "titre"} <= set(config["properties"])
    assert config["properties"]["per_page"]["maximum"] == 1000
    authors = config["properties"]["authors"]
    assert {"anyOf", "description", "default"} <= set(authors)
    assert schema["$defs"]["TagsConfig"]["additionalProperties"] is False


def test_the_schema_of_publish_tells_hosts_from_targets():
    schema = json_schema("config")
    publish = schema["$defs"]["PublishConfig"]  # type: ignore[index]
    assert set(publish["properties"]) == {"host"}
    several, one = publish["properties"]["host"]["anyOf"]
    assert several["items"]["enum"] == ["apache", "cloudflare", "netlify", "nginx"]
    assert one == {"type": ["string", "number", "boolean"]}
    target = publish["additionalProperties"]
    assert (target["type"], target["required"]) == ("object", ["to"])


def test_the_schema_of_the_front_matter_takes_what_we_take():
    schema = json_schema("front-matter")
    matter = schema["$defs"]["FrontMatter"]  # type: ignore[index]
    properties = matter["properties"]
    assert matter["additionalProperties"] is False
    kinds = [option["type"] for option in properties["tags"]["anyOf"]]
    assert "array" in kinds
    assert ["string", "number", "boolean"] in kinds
    assert "date-time" not in json.dumps(properties["date"])
    assert {"titre", "pubDate", "étiquettes", "status"} <= set(properties)
