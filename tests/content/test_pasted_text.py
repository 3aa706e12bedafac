"""Which texts without a blank line are one paragraph a line, and which were only wrapped."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from reader import points, read, shown

BRIEF = (
    "Des médias rapportent que les relations entre les deux entreprises ont connu des turbulences "
    "depuis que leur responsable a changé. Selon des sources, la réunion a mal fini.",
    "Afin de réduire sa dépendance, le groupe a constitué une équipe dédiée au développement d'un "
    "modèle maison, testé dans ses produits. Une interface suivra plus tard cette année.",
    "Parallèlement, l'équipe teste des modèles concurrents, afin de diversifier les risques ; elle "
    "expérimente aussi les modèles ouverts, pour garder le choix dans ce domaine « mouvant ».",
)
PROSE = " ".join(BRIEF)


def paragraphs(text: str) -> int:
    return shown(read(text)).count("<p>")


def test_the_seed_brief_gives_five_paragraphs_and_three_points() -> None:
    case = Path(__file__).parent.parent / "cases" / "markdown" / "brief-pasted.md"
    parsed = read(case.read_text("utf-8"))
    assert shown(parsed).count("<p>") == 5
    assert [mark for mark, _ in points(parsed)] == ["🌟", "🔍", "🚀"]


PASTED = {
    "three long lines": "\n".join(BRIEF),
    "two long lines": "\n".join(BRIEF[:2]),
    "with a short line in between": "\n".join((BRIEF[0], "Un tournant.", *BRIEF[1:])),
    "with a title without a full stop": "\n".join(("Paris, le 10 mars", *BRIEF)),
    "with spaces at the ends": " \n".join(BRIEF),
}


@pytest.mark.parametrize("text", PASTED.values(), ids=PASTED)
def test_one_paragraph_a_line(text: str) -> None:
    assert paragraphs(text) == text.count("\n") + 1


def test_key_points_do_not_count_as_text() -> None:
    text = "\n".join(BRIEF)
    assert paragraphs(f"{text}\nPoints clés :\n🌟 Un\n🔍 Deux") == 3
    assert paragraphs(f"{text}\n\nPoints clés :\n\n- Un\n- Deux") == 3


def test_between_headings() -> None:
    assert paragraphs(f"## Un\n{BRIEF[0]}\n{BRIEF[1]}\n## Deux\n{BRIEF[2]}") == 3


@pytest.mark.parametrize("width", [60, 66, 72, 78, 80, 88, 100, 110, 120, 132])
def test_text_wrapped_by_an_editor_is_untouched(width: int) -> None:
    assert paragraphs(textwrap.fill(PROSE, width)) == 1


@pytest.mark.parametrize("width", [72, 80, 100, 120])
def test_even_when_its_first_line_ends_like_a_sentence(width: int) -> None:
    first = ("mot " * width)[: width - 7].rsplit(" ", 1)[0] + " finit."
    assert paragraphs(f"{first}\n{textwrap.fill(BRIEF[0], width).splitlines()[0]}.") == 1


UNTOUCHED = {
    "one line": (BRIEF[0], 1),
    "one blank line": (f"{BRIEF[0]}\n{BRIEF[1]}\n\n{BRIEF[2]}", 2),
    "a poem": ("Les sanglots longs\nDes violons.\nDe l'automne.\nBlessent mon cœur.", 1),
    "short sentences": ("Une ligne.\nUne autre.\nEt la dernière.", 1),
    "long lines cut in a sentence": (f"{BRIEF[0][:90]}\n{BRIEF[0][90:]}\n{BRIEF[1]}", 1),
    "hard breaks": ("  \n".join(BRIEF), 1),
    "backslash breaks": ("\\\n".join(BRIEF), 1),
    "in a quotation": ("\n".join(f"> {line}" for line in BRIEF), 1),
    "a list": ("\n".join(f"- {line}" for line in BRIEF), 0),
}


@pytest.mark.parametrize(("text", "count"), UNTOUCHED.values(), ids=UNTOUCHED)
def test_untouched(text: str, count: int) -> None:
    assert paragraphs(text) == count
