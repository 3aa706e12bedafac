"""`marbre list` and `marbre explain`: what is online, what is not, and why."""

from __future__ import annotations

import json

import pytest

from generator.cli.table import aligned

AT = ("--at", "2026-06-01")


def test_everything_in_aligned_columns(letter, marbre):
    out = marbre("list", *AT).out
    assert out == (
        "Brouillons (1)\n"
        "  2026-02-03  content/2026-02-03-brouillon.md  /2026/02/brouillon/  Brouillon\n"
        "Programmés (2)\n"
        "  2026-07-14        content/dossier/index.md  /2026/07/dossier/  Dossier\n"
        "  2026-12-01 08:30  content/demain.md         /2026/12/demain/   Demain\n"
        "En ligne (2)\n"
        "  2026-01-02  content/2026-01-02-en-ligne.md  /2026/01/en-ligne/  En ligne\n"
        "              content/pages/a-propos.md       /a-propos/          À propos\n"
        "Expirés (1)\n"
        "  2025-01-01  content/hier.md  /2025/01/hier/  Hier\n"
        "Étiquettes (1)\n"
        "  IA  1  /tags/ia/\n"
    )


def test_one_kind_alone_has_no_heading(letter, marbre):
    assert marbre("list", "drafts", *AT).out.startswith("2026-02-03  content/")
    assert marbre("list", "tags", *AT).out == "IA  1  /tags/ia/\n"
    assert marbre("list", "scheduled", "--at", "2027-01-01").out == "Programmés (0)\n"


def test_as_json(letter, marbre):
    found = json.loads(marbre("list", "scheduled", "--json", *AT).out)
    assert found["ok"] is True
    assert found["scheduled"][1] == {
        "path": "content/demain.md",
        "title": "Demain",
        "status": "scheduled",
        "date": "2026-12-01T08:30:00+01:00",
        "expires": None,
        "address": "/2026/12/demain/",
        "url": "https://exemple.fr/lettre/2026/12/demain/",
        "tags": ["IA"],
    }
    everything = json.loads(marbre("list", "--json", *AT).out)
    assert {"drafts", "scheduled", "published", "expired", "tags"} <= set(everything)
    assert everything["tags"][0]["count"] == 1


def test_an_article_that_cannot_be_read_is_said_and_the_rest_is_listed(letter, marbre):
    (letter / "content/x.md").write_text("---\ntitle: [\n---\n")
    listed = marbre("list", *AT)
    assert listed.code == 1
    assert "En ligne (2)" in listed.out
    assert "content/x.md:" in listed.err
    assert json.loads(marbre("list", "--json", *AT).out)["ok"] is False


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "content/2026-01-02-en-ligne.md",
            "content/2026-01-02-en-ligne.md  En ligne\n"
            "  Oui, en ligne depuis le 2 janvier 2026.\n"
            "  adresse : https://exemple.fr/lettre/2026/01/en-ligne/\n"
            "  étiquettes : IA\n"
            "  anciennes adresses : /vieux/\n",
        ),
        (
            "content/2026-02-03-brouillon.md",
            "content/2026-02-03-brouillon.md  Brouillon\n"
            "  Non, c’est un brouillon : retirez `draft: true` pour le publier.\n"
            "  Sans cela, il paraîtrait le 3 février 2026.\n"
            "  future adresse : https://exemple.fr/lettre/2026/02/brouillon/\n",
        ),
        (
            "content/demain.md",
            "content/demain.md  Demain\n"
            "  Pas encore : paraîtra le 1er décembre 2026 à 8 h 30, "
            "à la première construction qui suivra.\n"
            "  future adresse : https://exemple.fr/lettre/2026/12/demain/\n"
            "  étiquettes : IA\n",
        ),
        (
            "content/hier.md",
            "content/hier.md  Hier\n"
            "  Plus maintenant : retiré le 1er mars 2026.\n"
            "  ancienne adresse : https://exemple.fr/lettre/2025/01/hier/\n",
        ),
        (
            "content/pages/a-propos.md",
            "content/pages/a-propos.md  À propos\n"
            "  Oui, en ligne.\n"
            "  adresse : https://exemple.fr/lettre/a-propos/\n",
        ),
        (
            "content/CNAME",
            "content/CNAME\n  Oui, copié tel quel.\n  adresse : https://exemple.fr/lettre/CNAME\n",
        ),
        (
            "content/dossier/plan.png",
            "content/dossier/plan.png\n"
            "  Non, il accompagne content/dossier/index.md, qui n’est pas en ligne.\n",
        ),
        ("content/notes~", "content/notes~\n  Non, Marbre ignore ce fichier.\n"),
        (
            "newsletter.yaml",
            "newsletter.yaml\n  C’est la configuration de la lettre ; elle n’est pas publiée.\n",
        ),
    ],
)
def test_explain(letter, marbre, file, expected):
    explained = marbre("explain", file, *AT)
    assert (explained.code, explained.err) == (0, "")
    assert explained.out == expected


def test_explain_a_bundle_by_its_folder_and_a_file_by_a_path_from_elsewhere(
    letter, marbre, monkeypatch
):
    assert marbre("explain", "content/dossier", *AT).out.startswith("content/dossier/index.md  ")
    monkeypatch.chdir(letter / "content")
    assert marbre("explain", "demain.md", *AT).out.startswith("content/demain.md  Demain")
    monkeypatch.chdir(letter.parent)
    where = ("-s", "lettre", *AT)
    assert marbre("explain", "lettre/content/demain.md", *where).out.startswith("content/demain")
    assert marbre("explain", "content/demain.md", *where).out.startswith("content/demain")


def test_explain_what_is_outside(letter, marbre):
    marbre("build", *AT)
    assert "fait par `marbre build`" in marbre("explain", "site/index.html", *AT).out
    (letter / "README.md").write_text("x")
    assert "il n’est pas dans content/" in marbre("explain", "README.md", *AT).out
    missing = marbre("explain", "content/rien.md", *AT)
    assert missing.code == 2
    assert "ce fichier n’existe pas : content/rien.md" in missing.err


def test_explain_an_article_with_errors_and_one_beside_it(letter, marbre):
    (letter / "content/x.md").write_text("---\ntitle: X\ndate: hier matin\n---\n")
    broken = marbre("explain", "content/x.md", *AT)
    assert broken.code == 0
    assert "Non, ce fichier contient des erreurs." in broken.out
    assert "content/x.md:3:7: erreur[" in broken.err
    other = marbre("explain", "content/2026-01-02-en-ligne.md", *AT)
    assert "Mais le site ne se construit pas en ce moment : 1 erreur" in other.out
    found = json.loads(marbre("explain", "content/x.md", "--json", *AT).out)
    assert (found["fate"], found["online"]) == ("broken", False)
    assert found["diagnostics"][0]["line"] == 3


def test_columns_are_measured_as_a_terminal_shows_them():
    assert aligned([("日本", "a"), ("é́", "b"), ("🌟\x1b", "c")]) == [
        "日本  a",
        "é́     b",
        "🌟␛   c",
    ]
    assert aligned([]) == []
