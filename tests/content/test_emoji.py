"""Emoji clusters, as UTS #51 composes them."""

from __future__ import annotations

import re

import pytest

from generator.content.rules.emoji import EMOJI, leads, take_mark

CLUSTERS = {
    "pictograph": "🚀",
    "with variation selector": "⚖️",
    "text sign with variation selector": "©️",
    "arrow with variation selector": "➡️",
    "skin tone": "👍🏽",
    "joined with skin tones": "🧑🏿‍🚀",
    "family": "👨‍👩‍👧‍👦",
    "rainbow flag": "🏳️‍🌈",
    "country": "🇫🇷",
    "subdivision": "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "keycap": "1️⃣",
    "keycap without selector": "2⃣",
    "star keycap": "*️⃣",
    "heart on fire": "❤️‍🔥",
    "check mark": "✅",
    "dingbat without selector": "✔",
}


@pytest.mark.parametrize("emoji", CLUSTERS.values(), ids=CLUSTERS)
def test_cluster_is_one_mark(emoji: str) -> None:
    assert re.fullmatch(EMOJI, emoji)
    assert take_mark(f"{emoji} Texte") == (emoji, "Texte")
    assert take_mark(f"{emoji}Texte") == (emoji, "Texte")


@pytest.mark.parametrize("text", ["© Texte", "1 Texte", "→ Texte", "™ Texte", "# Texte", "☺︎ Texte"])
def test_signs_that_are_text(text: str) -> None:
    assert not leads(text)
    assert take_mark(text) == ("", text)


def test_only_the_first_of_several_is_the_mark() -> None:
    assert take_mark("🌟🚀 Texte") == ("🌟", "🚀 Texte")


def test_bold_stays_around_the_text() -> None:
    assert take_mark("**🌟 Titre** : texte") == ("🌟", "**Titre** : texte")
    assert take_mark("**🌟** texte") == ("🌟", "texte")
