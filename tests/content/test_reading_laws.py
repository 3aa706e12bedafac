"""What holds for any text whatever: laws, for which Hypothesis looks for the exception."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.token import Token
from reader import read, slots_shown

from generator.content.markdown import count_words, make_parser, parser, read_line
from generator.content.rules.plain import SIGNS
from generator.content.rules.plain_lines import read_directly
from generator.content.rules.plain_blocks import BLOCK_SIGNS
from generator.content.rules.reading import Reading

PIECES = [
    *"ab é1 w!#$%&*+-:<=>@[]\\^_`{}~|.()\"'«»;?\n\t\0",
    *("\n\n", "  \n", "www.a.fr", "https://a.b/c", "a@b.fr", "&amp;", "&#0;", "**", "~~", "```\n"),
    *("# ", "- ", "1. ", "> ", "> [!NOTE]\n", "::: a\n", ":::\n", "::: points-cles\n", "[x](y.md)"),
    *("![i](j.png)", '![i](j.png "t")', "[^1]", "[^1]: n\n", "^[n]", "{.a #b}", "{% a %}", "[TOC]"),
    *("<b>", "</b>", "<a href=x>", '<img src="y">', "<!-- ", "-->", "| a |\n|---|\n", ": d\n"),
    *(
        "Points clés :\n",
        "**À retenir**\n",
        "🌟 ",
        "1️⃣ ",
        "- [ ] ",
        "[a]: b\n",
        "---\n",
        "\u00a0",
        "\u202f",
    ),
    *("<a href='\0000\000'>", "javascript:", "\ud800", "[t](<", "_", "    "),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60)


@given(TEXTS, st.booleans())
def test_parsing_never_raises(text: str, html: bool) -> None:
    read(text, html=html)
    read("---\n" + text)


@given(TEXTS)
def test_every_slot_is_ours(text: str) -> None:
    parsed = read(text)
    if parsed.article and parsed.body:
        whole = [parsed.body.before, parsed.body.after, parsed.article.summary_html]
        whole += [point.html for point in parsed.article.key_points]
        found = re.findall("\0([0-9]+)\0", "".join(whole))
        assert sorted(map(int, found)) == list(range(len(parsed.article.refs)))
        assert "".join(whole).count("\0") == 2 * len(found)


@pytest.mark.parametrize("key", ["title", "summary", "correction", "image_alt", "key_points"])
def test_front_matter_forges_no_slot(key: str) -> None:
    forged = '"a \\0000\\0 <b\\0000\\0>"'
    head = f"{key}: {forged if key != 'key_points' else f'[{forged}]'}"
    title = "" if key == "title" else "title: T\n"
    article = read(f"---\n{title}{head}\n---\n[x](y.md)").article
    if article:
        texts = [article.title, article.summary_html, article.correction, article.image_alt]
        texts += [point.html for point in article.key_points]
        assert "\0" not in "".join(texts)


@given(TEXTS)
def test_typography_leaves_the_text_and_the_code(text: str) -> None:
    with_it, without = read(text), read(text, typography=False)
    if not with_it.body or not without.body:
        return
    for part in ("before", "after"):
        ours, theirs = getattr(with_it.body, part), getattr(without.body, part)
        assert bare(visible(ours)) == bare(visible(theirs))
        assert code(ours) == code(theirs)


def visible(html: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", html))


def bare(text: str) -> str:
    text = re.sub("[-–—]+", "-", text.replace("…", "..."))
    return "".join(c for c in text if not c.isspace() and c not in "\"'«»“”‘’")


def code(html: str) -> list[str]:
    return re.findall(r"<code.*?</code>", html, re.DOTALL)


@given(TEXTS)
def test_the_short_cuts_give_what_markdown_it_gives(text: str) -> None:
    assert rendered(parser(True), text) == rendered(make_parser(True), text)


LISTS = [
    *(
        "- a",
        "\n- ",
        "\n  ",
        "\n    ",
        "\n\n  ",
        "\n\n    ",
        "\n\n",
        "\n1. ",
        "\n2) ",
        "\n+ b",
        "* c",
    ),
    *("\n  - d", "\n    - e", "\n      - f", "\n        - g", "\n> ", "\n>> - ", "\n: d", "\n~ d"),
    *("\n---\n", "\n===\n", "\n- - -", "\n| a |\n|-|\n| b |", "\n::: a\n", "\n:::\n", "\t", "mot"),
    *("\n[a]: b", "\n<div>", "\n```\n", "\n## t", "- [ ] x", "\n-\n", "\n[^1]: n", "\n{.a}\n"),
]


@given(st.lists(st.sampled_from(LISTS), max_size=20).map("".join))
def test_the_short_cuts_read_lists_as_markdown_it_does(text: str) -> None:
    short, long = parser(True), make_parser(True)
    env = {"reading": reading_of(text)}, {"reading": reading_of(text)}
    assert short.parse(text + "\n", env[0]) == long.parse(text + "\n", env[1])


SPANS = [
    *("**a b**", "*c.*", "`d*`", "[e](f.md)", "[g](https://h.fr/i?j=k#l)", "[m](//N.fr)", "**o\np**"),
    *("**", "*", "`", "[", "](", ")", "![q](r.png)", "[^1]", "_s_", "~~", "\\", "&amp;", "<b>", "{.t}"),
    *("u", "é", "1", " ", "  ", "\n", ".", ",", " »", "!", " :", "(", "www.v.fr", "http://w.fr", "x@y.fr"),
]
LINES = st.lists(st.sampled_from(SPANS), max_size=12).map("".join)


@given(LINES | TEXTS | st.text(max_size=60))
def test_lines_read_directly_have_the_tokens_that_markdown_it_gives(text: str) -> None:
    text = mdTrim(text.replace("\0", ""))
    md = make_parser(True)
    direct = read_directly(text, md)
    if direct is not None:
        assert telling(direct) == telling(md.inline.parse(text, md, {}, []))


@pytest.mark.parametrize(
    "text", ["Un *mot*, **deux**", "`a`", "**b** [c d](/e/f.md#g) *h.*"]
)
def test_usual_lines_are_read_directly(text: str) -> None:
    assert read_directly(text, parser(True)) is not None


def telling(tokens: list[Token]) -> list[Token]:
    """Tokens but for the empty texts that markdown-it leaves beside bold."""
    return [token for token in tokens if token.type != "text" or token.content]


@given(LINES | TEXTS | st.text(max_size=60), st.sampled_from(["", "fr", "en"]))
def test_a_line_of_the_front_matter_is_read_as_any_line(text: str, typography: str) -> None:
    line = " ".join(text.encode(errors="replace").decode().split("\n"))
    ours, theirs = reading_of(line, typography), reading_of(line, typography)
    md, env = make_parser(True), {"reading": theirs}
    html = str(md.renderer.render(md.parseInline(line, env)[:1], md.options, env)).strip()
    assert read_line(line, ours).html == html
    assert ours == theirs


@given(st.text(st.sampled_from("ab .;:!?«»…–—|/&-\n\u00a0\u202f\u2028\x1f"), max_size=30))
def test_signs_alone_are_no_words(text: str) -> None:
    assert count_words(text) == sum(bool(word.strip(";:!?«»…–—|/&-")) for word in text.split())


def test_every_rule_is_known_to_the_short_cuts() -> None:
    assert set(make_parser(True).inline.ruler.get_active_rules()) <= {*SIGNS, "text"}
    assert set(make_parser(True).block.ruler.get_active_rules()) <= set(BLOCK_SIGNS)


def rendered(md: MarkdownIt, text: str) -> str:
    html: str = md.render(text + "\n", {"reading": reading_of(text)})
    return html


def reading_of(text: str, typography: str = "") -> Reading:
    return Reading(
        path="a.md",
        lines=text.split("\n"),
        body_line=1,
        lang="fr",
        typography=typography,
        words={},
        labels=frozenset(),
        title="",
        prefix="a",
    )


HOSTILE = [
    "[" * 5_000,
    "![" * 2_000 + "](a)" * 2_000,
    "*a **a " * 4_000,
    "<a " * 10_000,
    '<div a="' * 5_000,
    "<div>" + "<!--" * 10_000,
    "<div>" + " " * 50_000 + "x",
    "`" * 1_000 + " a " + "`a" * 5_000,
    "> " * 500 + "a",
    "- " * 500 + "a",
    "Points clés :\n" * 5_000,
    "🌟 a\n" * 5_000,
    '"' * 5_000,
    "' " * 5_000,
    ": " * 5_000,
    "«" * 5_000,
    "a@" * 5_000,
    "www." * 5_000,
    "http://" * 3_000,
    "{" * 5_000,
    "[^1]" * 3_000 + "\n\n[^1]: a",
    "^[" * 1_000,
    "::: a\n" * 300,
    "::: a\n" * 50 + "```x\n" * 5_000,
    "::: a\n```\nx\n```\n" * 300,
    "](javascript:" * 3_000,
    "Un *mot* et `code` " * 20_000,  # one paragraph of 0.4 MB, read in about a second
    "1 000 " * 5_000,
    "M. " * 5_000,
    "XXe " * 5_000,
    " – " * 5_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: t[:12])
def test_hostile_text_is_read_in_reasonable_time(text: str) -> None:
    read(text)


def test_shown_slots_name_their_target() -> None:
    parsed = read("[x](y.md#z)")
    assert parsed.body
    assert slots_shown(parsed.body.before, parsed) == "<p><a {href=y.md#z}>x</a></p>\n"
