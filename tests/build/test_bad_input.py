"""What people really put into a folder: one clear message each, nothing half written."""

from __future__ import annotations

import resource
import subprocess
from pathlib import Path

import pytest
from newsletters import Newsletter, codes, command

GOOD = "---\ntitle: Bon\ndate: 2025-01-01\n---\nTexte\n"


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path / "lettre")
    made.file("content/bon.md", GOOD)
    made.build()
    return made


BAD: dict[str, tuple[str, str | bytes]] = {
    "broken-yaml": ("yaml-", "---\ntitle: [a\n---\n"),
    "unknown-key": ("unknown-key", "---\ntitel: A\ntitle: B\ndate: 2025-01-01\n---\n"),
    "wrong-type": ("front-matter-type", "---\ntitle: A\ndate: 10 marz\n---\n"),
    "two-titles": ("duplicate-key", "---\ntitle: A\ntitle: B\ndate: 2025-01-01\n---\n"),
    "two-titles-in-french": ("duplicate-key", "---\ntitle: A\ntitre: B\ndate: 2025-01-01\n---\n"),
    "utf-16": ("encoding", GOOD.encode("utf-16")),
    "latin-1": ("encoding", "---\ntitle: Été\n---\n".encode("latin-1")),
    "nul": ("nul-byte", "---\ntitle: A\ndate: 2025-01-01\n---\na\x00b\n"),
    "empty": ("empty-file", ""),
    "no-date": ("missing-date", "---\ntitle: A\n---\nTexte\n"),
    "unclosed": ("front-matter-unclosed", "---\ntitle: A\ndate: 2025-01-01\nTexte\n"),
    "missing-template": (
        "missing-template",
        "---\ntitle: A\ndate: 2025-01-01\ntemplate: articel.html\n---\n",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_error_and_the_good_site_stays(newsletter: Newsletter, name: str) -> None:
    code, text = BAD[name]
    before = newsletter.tree()
    newsletter.file("content/mauvais.md", text)
    newsletter.file("content/bon.md", GOOD.replace("Texte", "Nouveau texte"))
    errors = [p for p in newsletter.problems() if p.severity == "error"]
    assert errors, "the mistake went unnoticed"
    assert all(p.code.startswith(code) for p in errors), codes(tuple(errors))
    assert errors[0].place.path == "content/mauvais.md"
    assert newsletter.tree() == before


def test_all_bad_files_are_said_in_one_run(newsletter: Newsletter) -> None:
    wanted = [name for name in BAD if name != "missing-template"]
    for name in wanted:
        newsletter.file(f"content/{name}.md", BAD[name][1])
    said = {p.place.path for p in newsletter.problems() if p.severity == "error"}
    assert said == {f"content/{name}.md" for name in wanted}


@pytest.mark.parametrize(
    "text",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD + "mot " * 2_500_000,
        GOOD.replace("Bon", "mot " * 800),
        GOOD.replace("Bon", "🎉🎉🎉"),
        GOOD.rstrip("\n"),
    ],
    ids=["bom", "crlf", "cr", "10-mb", "title-of-800-words", "title-of-emoji", "no-last-newline"],
)
def test_odd_but_right(newsletter: Newsletter, text: str | bytes) -> None:
    newsletter.file("content/etrange.md", text)
    assert [p.code for p in newsletter.problems() if p.severity == "error"] == []
    assert newsletter.page("2025/01/etrange/")


def test_a_link_that_leads_in_a_circle(newsletter: Newsletter) -> None:
    (newsletter.folder / "content/rond").symlink_to(newsletter.folder / "content")
    (newsletter.folder / "content/soi").symlink_to(newsletter.folder / "content/soi")
    problems = newsletter.problems()
    assert {(p.code, p.place.path) for p in problems} == {
        ("link-loop", "content/rond"),
        ("link-nowhere", "content/soi"),
    }


def test_a_link_out_of_the_newsletter_is_refused(newsletter: Newsletter) -> None:
    (newsletter.folder.parent / "secret.txt").write_text("s")
    (newsletter.folder / "content/s.txt").symlink_to(newsletter.folder.parent / "secret.txt")
    assert codes(newsletter.problems()) == ["link-outside"]


def test_a_link_inside_the_newsletter_is_followed(newsletter: Newsletter) -> None:
    (newsletter.folder / "content/aussi.txt").symlink_to(newsletter.file("content/a.txt", "a"))
    newsletter.build()
    assert newsletter.tree()["aussi.txt"] == b"a"


def test_the_same_name_with_two_kinds_of_accents(newsletter: Newsletter) -> None:
    newsletter.file("content/\u00e9t\u00e9.txt", "composed")
    newsletter.file("content/e\u0301te\u0301.txt", "decomposed")
    assert codes(newsletter.problems()) == ["same-name"]


def run(newsletter: Newsletter, *words: str, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        command("build", *words),
        cwd=newsletter.folder,
        capture_output=True,
        text=True,
        check=False,
        **how,
    )


def test_an_unreadable_file_is_said_and_the_others_are_still_checked(
    newsletter: Newsletter,
) -> None:
    newsletter.file("content/ferme.md", GOOD).chmod(0)
    newsletter.file("content/mauvais.md", "---\ntitel: A\n---\n")
    done = run(newsletter)
    assert done.returncode == 1
    assert "content/ferme.md: erreur[unreadable]" in done.stderr
    assert "content/mauvais.md:2" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_that_may_not_be_written(newsletter: Newsletter) -> None:
    before = newsletter.tree()
    newsletter.file("content/bon.md", GOOD.replace("Texte", "Nouveau"))
    for folder in (newsletter.folder / "site" / ".marbre", newsletter.folder / "site"):
        folder.chmod(0o555)
    done = run(newsletter)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "site" in done.stderr
    assert newsletter.tree() == before


def test_a_full_disk(newsletter: Newsletter) -> None:
    """A limit on file size is what a process can be given; the kernel refuses the write alike."""
    before = newsletter.tree()
    newsletter.file("content/gros.bin", b"x" * 3_000_000)
    newsletter.file("content/bon.md", GOOD.replace("Texte", "Nouveau"))

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    done = run(newsletter, preexec_fn=limited)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 4, done.stderr
    assert newsletter.tree() == before
    newsletter.build()
    assert "Nouveau" in newsletter.page("2025/01/bon/")


def test_an_output_that_is_somebody_elses(newsletter: Newsletter) -> None:
    newsletter.file("photos/moi.jpg", "x")
    photos = str(newsletter.folder / "photos")
    assert codes(newsletter.problems(output=photos)) == ["foreign-output"]
    assert (newsletter.folder / "photos/moi.jpg").read_text() == "x"


@pytest.mark.parametrize(
    ("template", "code", "facts"),
    [
        ("{{ page.titel }}", "template-name", ("titel", "title")),
        ("{{ pgae.title }}", "template-undefined", ("pgae", "page")),
        ("{% if %}", "template-error", ("Expected", "")),
        ("{% include 'partials/rein.html' %}", "missing-template", ("", "")),
        ("{{ t('rien_de_tel') }}", "template-word", ("rien_de_tel", "home")),
        ("{{ 1 // 0 }}", "template-error", ("zero", "")),
    ],
)
def test_a_template_mistake_names_the_line_the_page_and_what_there_is(
    newsletter: Newsletter, template: str, code: str, facts: tuple[str, str]
) -> None:
    before = newsletter.tree()
    newsletter.file("templates/page.html", "{# ours #}\n" + template + "\n")
    newsletter.article("pages/p")
    problems = newsletter.problems()
    assert codes(problems) == [code]
    told = problems[0]
    assert told.facts["page"] == "p/index.html"
    assert str(told.place) == "templates/page.html:2"
    assert told.line_text == template
    if code != "missing-template":
        assert facts[0] in told.facts["what"]
        assert facts[1] in told.facts.get("has", "")
    assert newsletter.tree() == before
