"""All 652 examples of the CommonMark specification, with every extension of ours enabled.

What our HTML adds by contract is undone first (slots, wrappers, `loading`, anchors, headings one
level down). What then differs is listed with its reason; an example that no longer differs must
leave the list.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import pytest
from markdown_it.common.utils import escapeHtml

from generator.content.markdown import parser, read_body
from generator.content.rules.reading import Reading

SPEC = Path(__file__).parent.parent / "cases" / "commonmark" / "spec-0.31.2.json"
EXAMPLES = json.loads(SPEC.read_text("utf-8"))

FIGURE = "an image alone in its paragraph, with a title, is a figure with a caption"
AUTOLINK = "bare addresses are links, as on GitHub"
RAW = "a relative address in raw HTML is a reference too, and comes back normalised"

DIFFERENT = {
    **dict.fromkeys((572, 573, 576, 577, 584, 585, 586, 588, 589, 591), FIGURE),
    **dict.fromkeys((608, 611, 612), AUTOLINK),
    **dict.fromkeys((31, 630, 642, 643), RAW),
}


def test_there_are_652_examples() -> None:
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: str(e["example"]))
def test_example(example: dict[str, str]) -> None:
    same = ours(example["markdown"]) == theirs(example["html"])
    assert same != (example["example"] in DIFFERENT)


def ours(markdown: str) -> str:
    reading = Reading(
        path="a.md",
        lines=markdown.split("\n"),
        body_line=1,
        lang="en",
        typography="",
        words={},
        labels=frozenset(),
        title="",
        prefix="a",
    )
    made = read_body(markdown, reading).body
    html = re.sub("\0(\\d+)\0", lambda slot: attribute(reading, int(slot[1])), made.before)
    html = html.replace(' loading="lazy" decoding="async"', "")
    html = html.replace('<div class="code"><pre tabindex="0">', "<pre>")
    html = html.replace("</code></pre></div>", "</code></pre>")
    html = re.sub(r'(<h[1-6]) id="[^"]*">', r"\1>", html)
    html = re.sub(r"</?span\b[^>]*>", "", html)  # colours of code
    return html.replace("<blockquote></blockquote>", "<blockquote>\n</blockquote>")


def attribute(reading: Reading, number: int) -> str:
    ref = reading.refs[number]
    url = ref.target + (f"#{ref.fragment}" if ref.fragment else "")
    if ref.raw:
        return f' {ref.kind}="{escape(url)}"'
    return f' {ref.kind}="{escapeHtml(parser(True).normalizeLink(url))}"'


def theirs(html: str) -> str:
    """The specification's HTML without XHTML's slashes, and with its headings one level down."""
    html = re.sub(r"<(br|hr|img)\b([^>]*?) />", r"<\1\2>", html)
    if "<h1>" not in html:
        return html
    return re.sub(r"<(/?)h([1-6])>", lambda tag: f"<{tag[1]}h{min(6, int(tag[2]) + 1)}>", html)
