"""`marbre new`: what it writes reads back as it was meant, and nothing is ever overwritten."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from newsletters import command

from generator.cli.draft import Draft, markdown, scalar
from generator.cli.paste import draft_of
from generator.config.locale import all_labels

WIRE = """\
Le conseil a voté hier soir la rénovation du vieux marché couvert, après deux ans de débats, \
pour un montant de 12 millions d'euros.
Les travaux commenceront en mars. Les commerçants seront installés sur la place voisine, dans \
des halles de bois démontables, pendant dix-huit mois.
Points clés :
🏛️ Le marché couvert sera rénové pour 12 millions d'euros : le vote a été serré.
1️⃣ Les travaux commencent en mars.
👩🏽‍🔬 Une étude suivra : elle dira « combien ».
"""


def front(path: Path) -> dict[str, object]:
    _, head, _ = path.read_text("utf-8").split("---\n", 2)
    matter: dict[str, object] = yaml.safe_load(head)
    return matter


@pytest.fixture
def epoch(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741561200")  # 2025-03-10 00:00 in Paris


def test_a_dated_draft_with_key_points_to_fill_in(letter, marbre, epoch):
    assert marbre("new", "L'été : « chaud » & sec") == (
        0,
        "content/2025-03-10-l-ete-chaud-et-sec.md\n",
        "",
    )
    matter = front(letter / "content/2025-03-10-l-ete-chaud-et-sec.md")
    assert matter["title"] == "L'été : « chaud » & sec"
    assert str(matter["date"]) == "2025-03-10"
    assert matter["draft"] is True
    assert len(matter["key_points"]) == 3  # type: ignore[arg-type]
    assert marbre("build", "-D", "-F", "--strict", "-q").err == ""


def test_never_overwrites(letter, marbre, epoch):
    names = [marbre("new", "Même titre").out.strip() for _ in range(3)]
    assert names == [f"content/2025-03-10-meme-titre{n}.md" for n in ("", "-2", "-3")]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("🚀🚀", "article"),
        ("日本語", "ri-ben-yu"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\nb", "a-b"),
        ("x" * 500, "x" * 80),
    ],
)
def test_every_title_gets_a_sensible_name_inside_content(letter, marbre, epoch, title, name):
    assert marbre("new", title).out == f"content/2025-03-10-{name}.md\n"
    matter = front(letter / f"content/2025-03-10-{name}.md")
    assert matter["title"] == " ".join(title.split())


@pytest.mark.parametrize("title", ["", "   ", "\n"])
def test_no_title_is_a_misuse(letter, marbre, title):
    refused = marbre("new", title)
    assert refused.code == 2
    assert "donnez un titre" in refused.err


def test_pasted_text_becomes_an_article(letter, marbre, epoch):
    (letter / "depeche.txt").write_text(WIRE, "utf-8")
    path = letter / marbre("new", "Le marché", "--from", "depeche.txt").out.strip()
    assert front(path)["key_points"] == [
        "🏛️ Le marché couvert sera rénové pour 12 millions d'euros : le vote a été serré.",
        "1️⃣ Les travaux commencent en mars.",
        "👩🏽‍🔬 Une étude suivra : elle dira « combien ».",
    ]
    body = path.read_text("utf-8").split("---\n", 2)[2]
    assert body == "\n" + "\n\n".join(WIRE.splitlines()[:2]) + "\n"
    assert marbre("build", "-D", "-F", "--strict", "-q").err == ""


def test_from_standard_input_in_the_newsletters_language(letter, marbre, epoch, monkeypatch):
    pasted = "\ufeffLe marché\r\n\r\nUn texte.\r\n\r\n**À retenir**\r\n\r\n- 🌱 un\r\n- deux\r\n"
    stdin = io.TextIOWrapper(io.BytesIO(pasted.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    path = letter / marbre("new", "Le marché", "--from", "-").out.strip()
    assert front(path)["key_points"] == ["🌱 un", "deux"]
    assert path.read_text("utf-8").endswith("---\n\nUn texte.\n")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "ne contient aucun texte"),
        (b"\xff\xfea\0", "n’est pas du texte en UTF-8"),
        (b"\x89PNG\0\0", "n’est pas du texte en UTF-8"),
        (b"---\ntitle: x\n---\n", "a déjà un en-tête"),
    ],
)
def test_text_that_cannot_be_taken(letter, marbre, data, said):
    (letter / "x.txt").write_bytes(data)
    before = sorted((letter / "content").iterdir())
    refused = marbre("new", "X", "--from", "x.txt")
    assert refused.code == 2
    assert said in refused.err
    assert sorted((letter / "content").iterdir()) == before


def test_a_missing_file_is_a_misuse(letter, marbre):
    assert "ce fichier n’existe pas : rien.txt" in marbre("new", "X", "--from", "rien.txt").err


def test_opens_the_editor(letter, marbre, epoch, monkeypatch):
    script = letter / "editor"
    script.write_text('#!/bin/sh\necho "Merci." >> "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    path = letter / marbre("new", "Titre", "--open").out.strip()
    assert path.read_text("utf-8").endswith("Merci.\n")


def test_an_editor_that_does_not_start(letter, marbre, monkeypatch):
    monkeypatch.setenv("VISUAL", "/nowhere/editor")
    failed = marbre("new", "Titre", "--open")
    assert failed.code == 1
    assert failed.err.startswith("erreur[outside] ")


@pytest.mark.parametrize(
    "text",
    [
        "simple",
        "IA : le point",
        "IA: le point",
        "no",
        "2024",
        "12:30",
        "0123",
        "# pas un commentaire",
        "un # deux",
        "- tiret",
        'des "guillemets" et \\',
        "'apostrophe'",
        "[crochets]",
        "{accolades}",
        "@nom",
        "*gras* et `code`",
        "% pour cent",
        "🌟 emoji : oui",
        "~",
        "null",
        "---",
        "a\u2028b\x7fc\x85d\ufeff",
        " espaces ",
        "tab\tici",
        "",
    ],
)
def test_yaml_reads_back_what_was_meant(text):
    assert yaml.safe_load(f"a: {scalar(text)}\nb:\n  - {scalar(text)}\n") == {
        "a": text,
        "b": [text],
    }


def test_a_plain_title_is_not_quoted():
    assert scalar("L'été à Paris") == "L'été à Paris"
    assert scalar("IA : le point") == '"IA : le point"'


def test_no_key_points():
    text = markdown(Draft("T", (), "Corps"), "2025-03-10")
    assert "key_points: []\n" in text
    assert text.endswith("---\n\nCorps\n")


def test_a_brief_as_it_is_pasted():
    """The sample's own: five paragraphs and three key points without one blank line."""
    file = Path(__file__).parents[2] / "content/2025-03-10-microsoft-prepare-mai.md"
    text = file.read_text("utf-8").split("---\n", 2)[2]
    assert "\n\n" not in text.strip()
    draft = draft_of("MAI", text, all_labels())
    assert len(draft.key_points) == 3
    assert draft.body.count("\n\n") == 4
    assert "Points clés" not in draft.body


@pytest.mark.parametrize(
    ("text", "points", "body"),
    [
        ("A.\n\n## Points clés\n\n- un\n- deux\n\nB.", ("un", "deux"), "A.\n\nB."),
        ("A.\n\nTL;DR\n1. un\n2. deux\n", ("un", "deux"), "A."),
        ("Points clés : voir plus bas.\n\nA.", (), "Points clés : voir plus bas.\n\nA."),
        ("A.\n\nPoints clés :\n\nRien ici.", (), "A.\n\nPoints clés :\n\nRien ici."),
        ("une ligne\ncoupée à\nla main\n", (), "une ligne\ncoupée à\nla main"),
        ("# Mon Titre\n\nA.", (), "A."),
    ],
)
def test_what_counts_as_key_points(text, points, body):
    draft = draft_of("Mon titre", text, all_labels())
    assert (draft.key_points, draft.body) == (points, body)


def test_a_folder_that_may_not_be_written(letter):
    (letter / "content").chmod(0o555)
    failed = subprocess.run(
        command("new", "Titre"), cwd=letter, capture_output=True, text=True, check=False
    )
    (letter / "content").chmod(0o755)
    assert failed.returncode == 1
    assert "[no-permission]" in failed.stderr
    assert "Traceback" not in failed.stderr
