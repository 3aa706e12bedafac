"""The corpus: French articles of about 3 KB, the same on every machine and for every generator.

Article number 37 is the same in a corpus of 100 and in one of 10,000. Three appear a day, from
2015 on. Each has a table, a list, a link to an earlier article, three key points, three to five
of 200 tags (few are frequent, most are rare); one in three holds code, one in four an image.
"""

from __future__ import annotations

import json
import random
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate

from benchmarks import words

SEED = "marbre"
FIRST = datetime(2015, 1, 1, 7)
BETWEEN = timedelta(hours=8)
IMAGES = tuple(f"figure-{number}.png" for number in range(1, 7))
SKEW = tuple(accumulate(1 / (rank + 3) for rank in range(len(words.TAGS))))


@dataclass(frozen=True)
class Article:
    """An article, before it is laid out for one generator."""

    number: int
    slug: str
    date: datetime
    title: str
    summary: str
    tags: tuple[str, ...]
    key_points: tuple[str, ...]
    """Markdown inline, an emoji first."""
    body: str

    @property
    def address(self) -> str:
        """Where every generator publishes it."""
        return f"/{self.date:%Y/%m}/{self.slug}/"


def articles(count: int) -> Iterator[Article]:
    """The first `count` articles, oldest first."""
    return (article(number) for number in range(count))


def article(number: int) -> Article:
    """One article: nothing but its number decides what is in it."""
    dice = random.Random(f"{SEED} {number}")
    title, slug = heading(number)
    return Article(
        number=number,
        slug=slug,
        date=FIRST + number * BETWEEN,
        title=title,
        summary=_sentence(dice) + " " + dice.choice(words.REMARKS),
        tags=_tags(dice),
        key_points=tuple(_key_point(dice, emoji) for emoji in dice.sample(words.EMOJI, 3)),
        body=_body(dice, number, slug),
    )


def with_new_body(article: Article, edit: int) -> Article:
    """What a writer does most: a paragraph more."""
    return replace(article, body=f"{article.body}\nCorrection {edit} : le chiffre était faux.\n")


def with_new_title(article: Article, edit: int) -> Article:
    """Another title; the address stays."""
    return replace(article, title=f"{article.title} (mise à jour {edit})")


@lru_cache(maxsize=1)
def images() -> dict[str, bytes]:
    """The pictures that articles share: PNG, 720 by 360."""
    return {name: _png(720, 360, shade) for shade, name in enumerate(IMAGES)}


def heading(number: int) -> tuple[str, str]:
    """Title and slug, which a later article needs to link to an earlier one."""
    dice = random.Random(f"{SEED} title {number}")
    subject, verb, thing = (
        dice.choice(choices) for choices in (words.SUBJECTS, words.VERBS, words.OBJECTS)
    )
    title = f"{subject} {verb} {thing}"
    return title, f"{_ascii(title)[:50].rstrip('-')}-{number}"


def yaml(values: dict[str, object]) -> str:
    """Front matter: JSON values are YAML too."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "---\n" + "\n".join(lines) + "\n---\n"


def _body(dice: random.Random, number: int, slug: str) -> str:
    first, second, third = dice.sample(words.HEADINGS, 3)
    parts = [
        _paragraph(dice, 3, link=_earlier(dice, number)),
        f"## {first}",
        _paragraph(dice, 3),
        _table(dice),
        f"## {second}",
        _paragraph(dice, 2),
        "\n".join(f"- {_sentence(dice)}" for _ in range(3)),
        _code(dice, slug) if number % 3 == 0 else _paragraph(dice, 2),
        f"## {third}",
        _image(dice) if number % 4 == 0 else f"> {_sentence(dice)} {dice.choice(words.REMARKS)}",
        _paragraph(dice, 3),
    ]
    return "\n\n".join(parts) + "\n"


def _paragraph(dice: random.Random, sentences: int, link: str = "") -> str:
    text = [_sentence(dice, "**") if place == 0 else _sentence(dice) for place in range(sentences)]
    text[1] = f"{link} {text[1]}" if link else f"{text[1]} *{dice.choice(words.REMARKS)}*"
    text.append(dice.choice(words.REMARKS))
    return " ".join(text)


def _sentence(dice: random.Random, stress: str = "") -> str:
    subject, verb, thing, circumstance = (
        dice.choice(choices)
        for choices in (words.SUBJECTS, words.VERBS, words.OBJECTS, words.CIRCUMSTANCES)
    )
    amount = f", soit {dice.randint(2, 980)} {dice.choice(('millions', 'postes', 'pages'))}"
    end = amount if dice.random() < 0.5 else ""
    return f"{subject} {verb} {stress}{thing}{stress} {circumstance}{end}."


def _key_point(dice: random.Random, emoji: str) -> str:
    who, does, what = (
        dice.choice(choices) for choices in (words.SUBJECTS, words.VERBS, words.OBJECTS)
    )
    return f"{emoji} {who} {does} **{what}**."


def _earlier(dice: random.Random, number: int) -> str:
    if not number:
        return "Voici le [premier article](https://points-cles.example/) de la lettre."
    other = dice.randrange(number)
    title, slug = heading(other)
    day = FIRST + other * BETWEEN
    return f"Nous l'écrivions dans [{title}](/{day:%Y/%m}/{slug}/)."


def _table(dice: random.Random) -> str:
    rows = (
        f"| {dice.choice(words.THEMES)} | {dice.randint(10, 990)} | {dice.random():.2f} |"
        for _ in range(4)
    )
    return "| Domaine | Essais | Score |\n|:--------|-------:|------:|\n" + "\n".join(rows)


def _code(dice: random.Random, slug: str) -> str:
    language = dice.choice(sorted(words.CODE))
    code = words.CODE[language].format(
        n=dice.randint(2, 900), f=round(dice.random(), 3), k=dice.randint(1, 9), slug=slug
    )
    return f"```{language}\n{code}```"


def _image(dice: random.Random) -> str:
    return f"![Courbe des essais, par mois](/images/{dice.choice(IMAGES)})"


def _tags(dice: random.Random) -> tuple[str, ...]:
    wanted = dice.randint(3, 5)
    chosen: dict[str, None] = {}
    while len(chosen) < wanted:
        chosen.update(dict.fromkeys(dice.choices(words.TAGS, cum_weights=SKEW)))
    return tuple(chosen)


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _png(width: int, height: int, shade: int) -> bytes:
    dice = random.Random(f"{SEED} picture {shade}")
    noise = bytes(dice.randrange(32) + 32 * shade for _ in range(width))
    rows = b"".join(b"\0" + noise[y % width :] + noise[: y % width] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
