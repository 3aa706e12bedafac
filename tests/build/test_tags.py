"""Tags: one page each however they are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsletters import Newsletter, codes


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    return Newsletter(tmp_path)


def test_variants_are_one_tag_named_as_first_written(newsletter: Newsletter) -> None:
    newsletter.article("2025-01-01-a", tags="[Régulation]")
    newsletter.article("2025-02-01-b", tags="[regulation]")
    newsletter.build()
    page = newsletter.page("tags/regulation/")
    assert "<h1" in page
    assert "Régulation" in page
    assert "2025/01/a/" in page
    assert "2025/02/b/" in page


def test_synonyms_are_merged_under_the_configured_name(newsletter: Newsletter) -> None:
    newsletter.config("tags:\n  synonyms:\n    IA: [AI, intelligence artificielle]\n")
    newsletter.article("2025-01-01-a", tags="[AI]")
    newsletter.article("2025-02-01-b", tags="[Intelligence artificielle, ia]")
    newsletter.build()
    assert sorted(p.name for p in (newsletter.folder / "site/tags").iterdir()) == [
        "ia",
        "index.html",
    ]
    assert ">IA<" in newsletter.page("2025/01/a/")


def test_c_stays_apart_from_its_cousins(newsletter: Newsletter) -> None:
    newsletter.article("2025-01-01-a", tags='["C", "C++", "C#"]')
    newsletter.build()
    names = sorted(p.name for p in (newsletter.folder / "site/tags").iterdir() if p.is_dir())
    assert names == ["c", "c-plus-plus", "c-sharp"]


@pytest.mark.parametrize(
    ("tags", "code"), [('["🎉"]', "empty-tag"), ('["C plus plus", "C++"]', "tag-collision")]
)
def test_a_tag_without_an_address_of_its_own_is_an_error(
    newsletter: Newsletter, tags: str, code: str
) -> None:
    newsletter.file("content/2025-01-01-a.md", f"---\ntitle: A\ntags: {tags}\n---\n")
    problems = newsletter.problems()
    assert codes(problems) == [code]
    assert (problems[0].place.path, problems[0].place.line) == ("content/2025-01-01-a.md", 3)


def test_only_allowed_tags(newsletter: Newsletter) -> None:
    newsletter.config("tags: {allowed: [Europe, Puces]}\n")
    newsletter.article("2025-01-01-a", tags="[europe, Puce]")
    problems = newsletter.problems()
    assert codes(problems) == ["tag-not-allowed"]
    assert problems[0].facts["known"] == "Puces"


def test_a_tag_pages(newsletter: Newsletter) -> None:
    newsletter.config("per_page: 2\n")
    for day in range(1, 6):
        newsletter.article(f"2025-01-0{day}-a{day}", tags="[IA]")
    newsletter.build()
    assert "2025/01/a5/" in newsletter.page("tags/ia/")
    assert "2025/01/a1/" in newsletter.page("tags/ia/page/3/")
    assert 'href="/tags/ia/page/2/"' in newsletter.page("tags/ia/")
    assert newsletter.page("page/3/")
