"""A proof is the page that the build will make, or there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsletters import Newsletter

from generator.proof import Proofs

BODY = "Un texte avec [un lien](2025-01-02-b.md#deux), [un autre](/tags/ia/) et ![x](/x.png).\n"
MATTER = {"tags": "[IA, Europe]", "series": "Puces", "summary": "Le *chapô*."}


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path)
    made.config("title: Essai\nbase_url: https://exemple.fr/lettre/\nlanguage: fr\n")
    made.file("content/x.png", "pas vraiment")
    made.article("2025-01-01-a", BODY, **MATTER)
    made.article("2025-01-02-b", "## Deux\n\nTexte.\n", tags="[IA]", series="Puces")
    made.file("content/pages/a-propos.md", "---\ntitle: À propos\n---\n\nNous.\n")
    return made


@pytest.fixture
def proofs(newsletter: Newsletter) -> Proofs:
    made = Proofs()
    newsletter.build(learn=made.learn)
    return made


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (BODY + "\nUn paragraphe de plus.\n", {}),
        (BODY, {"title": "Un autre titre"}),
        (BODY, {"summary": "Un autre chapô."}),
        (BODY, {"key_points": "['💡 Un point.']"}),
        ("Sans lien. [À propos](pages/a-propos.md)\n", {"sources": "['https://a.example/']"}),
        ("```python\nprint(1)\n```\n", {"correction": "Une erreur.", "updated": "2025-02-02"}),
    ],
    ids=["body", "title", "summary", "points", "links", "code"],
)
def test_a_proof_is_what_the_build_makes(
    newsletter: Newsletter, proofs: Proofs, body: str, more: dict[str, str]
) -> None:
    newsletter.article("2025-01-01-a", body, **{**MATTER, **more})
    proof = proofs.page("content/2025-01-01-a.md")
    assert proof is not None
    path, data = proof
    before = (newsletter.folder / "site" / path).read_bytes()
    assert newsletter.build(learn=proofs.learn).written
    assert (newsletter.folder / "site" / path).read_bytes() == data != before


def test_a_page_has_proofs_too(newsletter: Newsletter, proofs: Proofs) -> None:
    newsletter.file("content/pages/a-propos.md", "---\ntitle: À propos\n---\n\nNous deux.\n")
    proof = proofs.page("content/pages/a-propos.md")
    assert proof is not None
    assert b"Nous deux." in proof[1]


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (BODY, {"tags": "[IA]"}),
        (BODY, {"slug": "ailleurs"}),
        (BODY, {"date": "2025-01-03"}),
        (BODY, {"draft": "true"}),
        (BODY, {"series": "Modèles"}),
        (BODY, {"date": "jamais"}),
        (BODY + "\n## Un titre de plus\n", {}),
        (BODY + "[rien](rien.md)\n", {}),
        (BODY + "[une adresse](/archives/)\n", {}),
        ("{{< shortcode", {"title": "[pas fini"}),
    ],
    ids=[
        *(
            "tags",
            "slug",
            "date",
            "draft",
            "series",
            "mistake",
            "anchor",
            "dead",
            "promise",
            "yaml",
        ),
    ],
)
def test_there_is_no_proof_of_what_others_know(
    newsletter: Newsletter, proofs: Proofs, body: str, more: dict[str, str]
) -> None:
    newsletter.article("2025-01-01-a", body, **{**MATTER, **more})
    assert proofs.page("content/2025-01-01-a.md") is None


def test_there_is_no_proof_of_what_no_build_has_seen(newsletter: Newsletter) -> None:
    proofs = Proofs()
    assert proofs.page("content/2025-01-01-a.md") is None
    newsletter.build(learn=proofs.learn)
    newsletter.article("2025-01-05-neuf")
    assert proofs.page("content/2025-01-05-neuf.md") is None
    (newsletter.folder / "content/2025-01-02-b.md").unlink()
    assert proofs.page("content/2025-01-02-b.md") is None
    assert proofs.page("content/x.png") is None


def test_templates_that_changed_are_compiled_anew(newsletter: Newsletter, proofs: Proofs) -> None:
    newsletter.file("templates/partials/byline.html", "<p>Par nous</p>\n")
    newsletter.build(learn=proofs.learn)
    newsletter.article("2025-01-01-a", BODY + "\nPlus.\n", **MATTER)
    proof = proofs.page("content/2025-01-01-a.md")
    assert proof is not None
    assert b"<p>Par nous</p>" in proof[1]
