"""An article to be written, as Markdown with front matter whose YAML says what is meant."""

from __future__ import annotations

import json
import re

from msgspec import Struct

_NOT_PRINTABLE = re.compile("[\t\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Draft(Struct, frozen=True):
    """What a new article starts from."""

    title: str
    key_points: tuple[str, ...]
    """Markdown inline, each perhaps led by an emoji."""
    body: str


def markdown(draft: Draft, date: str) -> str:
    """The article's file, dated and not online yet."""
    points = "".join(f"\n  - {scalar(point)}" for point in draft.key_points) or " []"
    return (
        "---\n"
        f"title: {scalar(draft.title)}\n"
        f"date: {date}\n"
        "draft: true\n"
        "tags: []\n"
        'summary: ""\n'
        f"key_points:{points}\n"
        "---\n\n"
        f"{draft.body.strip()}\n"
    )


def scalar(text: str) -> str:
    """A text as YAML: bare when YAML reads it back as it is, else in double quotes."""
    import yaml

    try:
        bare = yaml.load(f"- {text}\n", yaml.CSafeLoader) == [text]
    except yaml.YAMLError:
        bare = False
    if bare and not _NOT_PRINTABLE.search(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_PRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
