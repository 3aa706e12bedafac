"""`marbre rename`: the article moves, its identity and its readers stay."""

from __future__ import annotations

import json
import re
from pathlib import Path

import feedparser
import pytest
from newsletters import NOW, Newsletter

from generator.content.edit import Unwritable, with_keys

BASE = "https://exemple.fr/lettre/"
HEAD = f"title: Essai\nbase_url: {BASE}\nid: 6f1c2a34-0000-4000-8000-000000000001\n"


@pytest.fixture
def newsletter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsletter:
    made = Newsletter(tmp_path / "lettre")
    made.config(HEAD)
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    return made


def ids(newsletter: Newsletter) -> list[str]:
    newsletter.build()
    return [entry.id for entry in feedparser.parse(newsletter.tree()["feed.xml"]).entries]


def test_identity_stays_and_the_old_address_leads_on(newsletter, marbre):
    newsletter.article("2025-03-10-a")
    before = ids(newsletter)
    done = marbre("rename", "content/2025-03-10-a.md", "content/2025-03-10-neuf.md")
    assert done.code == 0, done.err
    assert "content/2025-03-10-neuf.md" in done.out
    assert before[0] in done.out
    assert ids(newsletter) == before
    assert f"{BASE}2025/03/neuf/" in newsletter.page("2025/03/a/")
    assert not (newsletter.folder / "content/2025-03-10-a.md").exists()


def test_the_edit_is_the_smallest_and_keeps_line_ends(newsletter, marbre):
    text = (
        '\ufeff---\r\n# à moi\r\ntitle: "L’été : fin"   # du bruit\r\n'
        "tags:   [IA,   Europe]\r\n---\r\nDu texte.\r\n\r\nFin.  \r\n"
    ).encode()
    newsletter.file("content/2025-03-10-a.md", text)
    (guid,) = ids(newsletter)
    assert marbre("rename", "content/2025-03-10-a.md", "b").code == 0
    made = (newsletter.folder / "content/b.md").read_bytes()
    added = b"aliases: [/2025/03/a/]\r\ndate: 2025-03-10\r\nguid: " + guid.encode() + b"\r\n"
    assert made.replace(added, b"") == text
    assert ids(newsletter) == [guid]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("aliases: [/vieux/]  # ici\n", "aliases: [/vieux/, /2025/03/a/]  # ici\n"),
        ("aliases: []\n", "aliases: [/2025/03/a/]\n"),
        ("aliases:\n  - /vieux/ # ici\n", "aliases:\n  - /vieux/ # ici\n  - /2025/03/a/\n"),
        ("aliases:\n- '/vieux/'\n", "aliases:\n- '/vieux/'\n- /2025/03/a/\n"),
        ("aliases: /vieux/ # ici\n", "aliases: [/vieux/, /2025/03/a/] # ici\n"),
        ("aliases:\n", "aliases: [/2025/03/a/]\n"),
        ("redirect_from:\n  - /vieux/\n", "redirect_from:\n  - /vieux/\n  - /2025/03/a/\n"),
        ("Anciennes adresses: [/v/]\n", "Anciennes adresses: [/v/, /2025/03/a/]\n"),
    ],
)
def test_aliases_are_put_where_the_author_keeps_them(newsletter, marbre, before, after):
    text = f"---\ntitle: É\n{before}tags: x\n---\nTexte.\n"
    newsletter.file("content/2025-03-10-a.md", text)
    (guid,) = ids(newsletter)
    assert marbre("rename", "content/2025-03-10-a.md", "2025-03-10-b.md").code == 0
    made = (newsletter.folder / "content/2025-03-10-b.md").read_text("utf-8")
    assert made == f"---\ntitle: É\n{after}tags: x\nguid: {guid}\n---\nTexte.\n"


def test_json_and_indented_front_matter(newsletter, marbre):
    newsletter.file("content/2025-03-10-a.md", '---\n{"title": "A"}\n---\nA\n')
    newsletter.file("content/2025-03-09-b.md", "---\n  title: B\n  summary: |\n    Un.\n---\nB\n")
    before = ids(newsletter)
    for name in ("2025-03-10-a", "2025-03-09-b"):
        assert marbre("rename", f"content/{name}.md", f"content/{name}-neuf.md").code == 0
    assert ids(newsletter) == before


def test_what_cannot_be_edited_safely_is_refused_with_the_lines_to_add(newsletter, marbre):
    newsletter.file("content/2025-03-10-a.md", "---\ntitle: A\naliases: ~\n---\nA\n")
    before = newsletter.tree(".")
    refused = marbre("rename", "content/2025-03-10-a.md", "content/b.md")
    assert refused.code == 1
    assert "rename-unwritable" in refused.err
    assert "guid: urn:uuid:" in refused.err
    assert (newsletter.folder / "content/2025-03-10-a.md").read_bytes() == before[
        "content/2025-03-10-a.md"
    ]
    with pytest.raises(Unwritable):
        with_keys("Sans en-tête.\n", {"guid": "x"})


def test_a_bundle_moves_with_its_files(newsletter, marbre):
    newsletter.article("2025-03-10-a/index", "![p](p.png) [b](../2025-03-11-b.md)\n")
    newsletter.file("content/2025-03-10-a/p.png", b"png")
    newsletter.article("2025-03-11-b", "![p](2025-03-10-a/p.png) [a](2025-03-10-a)\n")
    before = ids(newsletter)
    done = marbre("rename", "content/2025-03-10-a/index.md", "content/mars/2025-03-10-n", "--links")
    assert done.code == 0, done.err
    assert ids(newsletter) == before
    moved = (newsletter.folder / "content/mars/2025-03-10-n/index.md").read_text("utf-8")
    assert "![p](p.png) [b](../../2025-03-11-b.md)" in moved
    other = (newsletter.folder / "content/2025-03-11-b.md").read_text("utf-8")
    assert "![p](mars/2025-03-10-n/p.png) [a](mars/2025-03-10-n)" in other
    assert not (newsletter.folder / "content/2025-03-10-a").exists()


LINKS = (
    'Voir [a](2025-03-10-a.md "t"), [a](/2025-03-10-a), <a href="2025-03-10-a.md">a</a>.\n\n'
    "[r]: <2025-03-10-a.md#ici>\n\nUne [note][r], [ailleurs](https://x.example/2025-03-10-a.md).\n"
)


def test_links_are_named_and_rewritten_only_when_asked(newsletter, marbre):
    newsletter.article("2025-03-10-a", "## Ici\n")
    newsletter.article("2025-03-11-b", LINKS)
    path = newsletter.folder / "content/2025-03-11-b.md"
    before = path.read_bytes()
    done = marbre("rename", "content/2025-03-10-a.md", "content/2025-03-10-été (1).md")
    assert path.read_bytes() == before
    assert "4 liens" in done.out
    assert "content/2025-03-11-b.md:4  2025-03-10-a.md → 2025-03-10-été (1).md" in done.out
    offered = re.search(r"marbre (rename .* --links)", done.out)
    assert offered
    words = ["rename", "content/2025-03-10-a.md", "content/2025-03-10-été (1).md", "--links"]
    mended = marbre(*words)
    assert mended.code == 0
    assert "4 liens réécrits" in mended.out
    new = "2025-03-10-été%20%281%29"
    wanted = LINKS.replace("https://x.example/2025-03-10-a.md", "@")
    wanted = wanted.replace("2025-03-10-a", new).replace("@", "https://x.example/2025-03-10-a.md")
    assert path.read_text("utf-8").endswith(wanted)
    assert [p for p in newsletter.problems() if p.severity == "error"] == []


def test_as_json(newsletter, marbre):
    newsletter.article("2025-03-10-a")
    newsletter.article("2025-03-11-b", "[a](2025-03-10-a.md)\n")
    done = json.loads(marbre("rename", "2025-03-10-a.md", "2025-03-10-c", "--json").out)
    assert (done["ok"], done["new"]) == (True, "content/2025-03-10-c.md")
    assert done["url"] == f"{BASE}2025/03/c/"
    assert [(x["path"], x["old"], x["new"]) for x in done["left"]] == [
        ("content/2025-03-11-b.md", "2025-03-10-a.md", "2025-03-10-c.md")
    ]


def test_a_draft_has_no_identity_to_keep_and_a_page_neither(newsletter, marbre):
    newsletter.article("2025-03-10-a", draft="true")
    newsletter.article("pages/a-propos")
    assert marbre("rename", "content/2025-03-10-a.md", "2025-03-10-b").code == 0
    assert "guid" not in (newsletter.folder / "content/2025-03-10-b.md").read_text("utf-8")
    assert marbre("rename", "content/pages/a-propos.md", "qui").code == 0
    page = (newsletter.folder / "content/pages/qui.md").read_text("utf-8")
    assert "aliases: [/a-propos/]" in page
    assert "guid" not in page


def test_there_and_back_again(newsletter, marbre):
    newsletter.article("2025-03-10-a")
    before = ids(newsletter)
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        done = marbre("rename", f"content/2025-03-10-{one}.md", f"2025-03-10-{other}")
        assert done.code == 0, done.err
        assert ids(newsletter) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("content/non.md", "content/b.md", "content/non.md"),
        ("content/2025-03-10-a.md", "content/2025-03-11-b.md", "rename-exists"),
        ("content/2025-03-10-a.md", "../b.md", "rename-outside"),
        ("newsletter.yaml", "content/b.md", "rename-outside"),
        ("content/dossier", "content/dossier/sous", "rename-inside"),
        ("content/faux.md", "content/b.md", "rename-unread"),
        ("content/photos", "content/images", "content/photos"),
    ],
)
def test_what_cannot_be_moved_is_refused_and_nothing_changes(newsletter, marbre, old, new, said):
    for name in ("2025-03-10-a", "2025-03-11-b", "dossier/index"):
        newsletter.article(name, date="2025-03-10")
    newsletter.file("content/faux.md", "---\ntitle: [\n---\n")
    newsletter.file("content/photos/x.png", b"x")
    before = {p: d for p, d in newsletter.tree(".").items() if ".cache" not in p}
    refused = marbre("rename", old, new)
    assert refused.code in (1, 2)
    assert said in refused.err
    assert {p: d for p, d in newsletter.tree(".").items() if ".cache" not in p} == before
