"""Chinese and Japanese put no space between words: not at line ends, and not to count them."""

from __future__ import annotations

import pytest
from reader import body, read

from generator.model.article import Article


def article(text: str, **changed: object) -> Article:
    parsed = read(text, **changed)
    assert parsed.article, parsed.problems
    return parsed.article


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("日本語の文章を\n書きました。", "日本語の文章を書きました。"),
        ("句点。\n次の文", "句点。次の文"),
        ("これは**太字\nです**。", "これは<strong>太字です</strong>。"),
        ("これは**太字**\nです", "これは<strong>太字</strong>です"),
        ("見る[ここ](https://a.example/)\nから", '見る<a href="https://a.example/">ここ</a>から'),
        ("他说：\n“你好”", "他说：“你好”"),
        ("中文Word\n中文", "中文Word\n中文"),
        ("中文\nWord", "中文\nWord"),
        ("한국어\n문장", "한국어\n문장"),
        ("Un mot\nun autre", "Un mot\nun autre"),
        ("行の終わり  \n次", "行の終わり<br>\n次"),
        ("写真\n![絵](https://a.example/a.png)", None),
    ],
)
def test_a_line_end_is_no_space_between_east_asian_characters(
    typed: str, expected: str | None
) -> None:
    shown = body(typed, lang="ja")
    if expected is None:
        assert "写真\n<img" in shown
    else:
        assert shown == f"<p>{expected}</p>\n"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("これは**重要（大事）**です", "これは<strong>重要（大事）</strong>です"),
        ("彼は**「引用」**と", "彼は<strong>「引用」</strong>と"),
        ("他说**“你好”**然后", "他说<strong>“你好”</strong>然后"),
        ("文。**太字。**次", "文。<strong>太字。</strong>次"),
        ("**[リンク](https://a.example/)**です", None),
        ("*強調。*次の", "<em>強調。</em>次の"),
        ("日本 ** 語", "日本 ** 語"),
        ("a**b（c）**d", "a<strong>b（c）</strong>d"),
    ],
)
def test_stars_beside_east_asian_signs_are_bold(typed: str, expected: str | None) -> None:
    shown = body(typed, lang="zh")
    if expected is None:
        assert shown.startswith("<p><strong><a ")
    else:
        assert shown == f"<p>{expected}</p>\n"


def test_plain_texts_have_no_such_space_either() -> None:
    found = article("---\ntitle: T\nsummary: |\n  要約の\n  続き\n---\n本文の\n続き。\n")
    assert (found.summary, found.excerpt) == ("要約の続き", "本文の続き。")


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("ja", "これは、本です。", 6),
        ("ja", "NetNewsWireで読む", 4),
        ("zh", "我们用 Python 3 写代码。", 8),
        ("zh-Hant", "「你好」，世界！", 4),
        ("fr", "Un mot : deux", 3),
        ("ko", "한국어 문장", 2),
    ],
)
def test_characters_are_counted_where_words_cannot_be(lang: str, text: str, count: int) -> None:
    assert article(text, lang=lang).words == count


@pytest.mark.parametrize(
    ("lang", "minutes"), [("ja", 4), ("zh", 5), ("zh-Hant", 5), ("fr", 9), ("de", 9)]
)
def test_reading_time_goes_by_the_pace_of_the_language(lang: str, minutes: int) -> None:
    assert Article("a.md", "", "T", "t", lang, words=2000).reading_minutes == minutes


@pytest.mark.parametrize("label", ["要点", "この記事の要点：", "**本文要点**", "أبرز النقاط:", "W skrócie:"])
def test_key_points_are_announced_in_any_language(label: str) -> None:
    found = article(f"{label}\n\n- Un\n- Deux\n\nTexte.")
    assert [point.text for point in found.key_points] == ["Un", "Deux"]
