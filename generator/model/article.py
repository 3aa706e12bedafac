"""An article: what its front matter says, what its Markdown became, what it refers to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from generator.model.diagnostic import Diagnostic, Place
from generator.model.words import OwnTables

WORDS_A_MINUTE = 220
"""Silent reading of French and English prose (Brysbaert 2019 gives 238 for English non-fiction)."""
CHARACTERS_A_MINUTE = {"ja": 500, "zh": 400, "yue": 400}
"""The same for languages without spaces between words. Chinese: 260 words (Brysbaert 2019) of some
one and a half characters. Japanese: the middle of the 400 to 600 that are usually given; aloud it
is 357, and 255 in Chinese (Trauzettel-Klosinski and Dietz 2012).
"""


class KeyPoint(Struct, frozen=True):
    """One key point: written once by the author, used everywhere."""

    mark: str
    """The emoji that leads it (any cluster: flag, keycap, joiners), or empty."""
    html: str
    """The sentence as inline HTML, without the mark; may hold reference slots like a body."""
    text: str
    """The sentence as plain text."""


class Heading(Struct, frozen=True):
    """A heading of the body, as the table of contents needs it."""

    level: int
    """2 to 6."""
    id: str
    """Anchor, ASCII, unique in the article."""
    text: str


class Ref(Struct, frozen=True, omit_defaults=True):
    """A link or image address that can only be known when the whole site is.

    In HTML it stands as a slot, `\\x00N\\x00`, N being its position in `Article.refs`. The slot
    takes the place of a whole attribute (with the space before it), so that a link to an article
    that is not online can lose its `href` and stay valid HTML. In a `srcset`, which holds several
    addresses, it takes the place of one.
    """

    kind: Literal["href", "src", "poster", "data", "srcset"]
    """The attribute that the slot becomes."""
    target: str
    """As the author wrote it, percent-decoded, without fragment: `../autre.md`, `/a-propos/`."""
    fragment: str = ""
    """What followed `#`, without it."""
    place: Place = Place("")
    line_text: str = ""
    raw: bool = False
    """Written inside raw HTML: an unknown address is then a warning, not an error."""


class SourceLink(Struct, frozen=True):
    """Where the facts come from."""

    title: str
    url: str


class Enclosure(Struct, frozen=True):
    """A file that feeds offer for download (RSS 2.0, `enclosure`)."""

    url: str
    length: int = 0
    """Bytes; 0 is unknown."""
    type: str = ""
    """MIME type; empty is guessed from the address."""


class Body(Struct, frozen=True):
    """The heavy part of an article, kept apart so that planning does not load it."""

    before: str
    """HTML up to the place where the key points stood; all of it without key points, nothing when
    they stand in the front matter alone."""
    after: str = ""
    """HTML from that place on."""


class Article(Struct, frozen=True, omit_defaults=True):
    """An article or a page, without its body: everything that other pages may want to know."""

    path: str
    """Path of its source relative to the newsletter's folder."""
    digest: str
    """Digest of its body, by which jobs name it."""
    title: str
    """Plain text, typographically finished; never HTML."""
    slug: str
    """ASCII, from the front matter or the file's name."""
    lang: str
    """BCP 47."""
    is_page: bool = False
    is_bundle: bool = False
    date: datetime | None = None
    """With time zone; None for pages only."""
    has_time: bool = False
    """Whether the author gave a time of day."""
    updated: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """As written."""
    authors: tuple[str, ...] = ()
    """Names as written; empty means the newsletter's first author."""
    summary: str = ""
    """Plain text, typographically finished."""
    summary_html: str = ""
    """The summary as inline HTML."""
    key_points: tuple[KeyPoint, ...] = ()
    key_points_title: str = ""
    """The author's own title for the callout, or empty for the language's."""
    image: Ref | None = None
    image_alt: str = ""
    series: str = ""
    featured: bool = False
    sources: tuple[SourceLink, ...] = ()
    correction: str = ""
    """Inline HTML."""
    enclosure: Enclosure | None = None
    guid: str = ""
    """Feed identity given by the author; empty means derived from the path."""
    translation_key: str = ""
    template: str = ""
    noindex: bool = False
    extra: dict[str, Any] = {}
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    """Every id in the body, headings included."""
    has_toc: bool = False
    """Whether the author placed a table of contents in the text."""
    has_code: bool = False
    refs: tuple[Ref, ...] = ()
    words: int = 0
    """Number of words of the body and the key points; of characters in Japanese and Chinese."""
    excerpt: str = ""
    """The first paragraph as plain text, shortened at a word: a last resort for descriptions."""
    places: dict[str, Place] = {}
    """Where each front-matter key that was given stands, by its canonical name."""

    face: str = ""
    """Digest of what lists show of it: a card changes when this does, and only then."""
    meta: str = ""
    """Digest of everything that its own page shows of it, but for the body."""

    @property
    def reading_minutes(self) -> int:
        """Minutes of reading, at least one."""
        language = self.lang.partition("-")[0].lower()
        return max(1, round(self.words / CHARACTERS_A_MINUTE.get(language, WORDS_A_MINUTE)))

    @property
    def lede(self) -> str:
        """What a list says of it: the chapô, else the first key point, else how it begins."""
        if self.summary:
            return self.summary
        return self.key_points[0].text if self.key_points else self.excerpt

    def place(self, key: str) -> Place:
        """Where a front-matter key stands; the top of the file when it was not given."""
        return self.places.get(key, Place(self.path, 1))

    @property
    def stem(self) -> str:
        """Source path without its ending: what feed identity is derived from (FEEDS, Identity)."""
        stem = self.path.removesuffix(".md").removesuffix(".markdown")
        return stem.removesuffix("/index") if self.is_bundle else stem


OWN = {
    "digest": "",
    "meta": "",
    "headings": (),
    "has_toc": False,
    "has_code": False,
    "refs": (),
    "words": 0,
    "excerpt": "",
    "places": {},
}
"""What nothing but its own page and its feeds can know of an article, and what stands for it when
two states of an article are compared. What lists make of its words (minutes of reading) and of its
excerpt is in its `face`."""


class Parsed(Struct, frozen=True):
    """What parsing one file gave: an article with its body, or the reasons why there is none."""

    path: str
    article: Article | None
    body: Body | None
    problems: tuple[Diagnostic, ...] = ()


class Settings(Struct, frozen=True):
    """The part of the configuration that parsing an article may depend on, and nothing more."""

    lang: str = "fr"
    timezone: str = "Europe/Paris"
    labels: tuple[str, ...] = ()
    """Texts that announce key points, in every language that we have, plus the configured ones."""
    html: bool = True
    typography: bool = True
    thin: bool = False
    """Whether the spaces inside guillemets are narrow ones."""
    words: dict[str, str] = {}
    """Interface strings that end up inside bodies: alert titles, `footnotes`, `back`, `table` …"""
    own_tables: OwnTables = {}
    """The newsletter's own words, for articles in other languages."""
