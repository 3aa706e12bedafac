"""The newsletter as a whole, frozen: what every page is planned from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from msgspec import Struct

from generator.model.article import Article, Enclosure, Ref
from generator.model.report import Held
from generator.model.source import Asset
from generator.model.urls import Base
from generator.model.views import Card, Shell
from generator.model.words import OwnTables


class Tag(Struct, frozen=True):
    """A tag with the articles that carry it."""

    key: str
    """What its ways of writing have in common (`urls.tag_key`)."""
    name: str
    """As first written or as configured."""
    address: str
    description: str
    paths: tuple[str, ...]
    """Source paths of its visible articles, newest first."""


class Author(Struct, frozen=True):
    """Someone who writes, with their articles."""

    name: str
    address: str
    bio: str
    """Plain text."""
    home: str
    image: str
    """URL of the portrait, or empty."""
    paths: tuple[str, ...]
    """Source paths of their visible articles, newest first."""


class Standing(Struct, frozen=True, kw_only=True, array_like=True):
    """What only the whole site can tell about a visible article or page."""

    address: str
    tags: tuple[str, ...]
    """Tag keys, in the author's order, without repetition."""
    authors: tuple[str, ...]
    """Names of `Site.authors`; empty when the newsletter names nobody."""
    status: str
    """`published`; in a preview also `draft`, `scheduled` or `expired`."""
    slots: tuple[str, ...]
    """For each of `Article.refs` its URL, root-relative where it is ours; empty where it leads to
    something that is not online."""
    face: str
    """Digest of all that a card shows of it."""
    around: str
    """All that its own page depends on, but for what the article knows of itself alone and for its
    neighbours, in one text."""
    image: str = ""
    """URL of the lead image, or empty."""
    enclosure: Enclosure | None = None
    """With a URL that is root-relative where it is ours, and the length of our own file."""
    pictures: tuple[tuple[str, int, int], ...] = ()
    """Our own pictures that it shows: root-relative URL, width and height in pixels."""
    newer: str = ""
    """Source path of the next article in time, or empty."""
    older: str = ""
    related: tuple[str, ...] = ()
    """Source paths of articles that share rare tags with it, closest first."""
    series: tuple[str, ...] = ()
    """Source paths of its series, oldest first, itself included; empty when it stands alone."""


class Entry(Standing, frozen=True, kw_only=True, array_like=True):
    """A visible article or page, in its place."""

    article: Article

    @property
    def whole(self) -> str:
        """All that its own page depends on, but for the body and its neighbours, in one text."""
        return f"{self.article.meta}\0{self.around}"


class Redirect(Struct, frozen=True):
    """An old address that leads to an entry."""

    address: str
    to: str
    """Source path of the entry."""


class Copy(Struct, frozen=True):
    """A content file and where it goes."""

    asset: Asset
    address: str


class StaticFile(Struct, frozen=True):
    """A file of the theme with a content hash in its name."""

    address: str
    data: bytes
    origin: str
    """Its name in the theme: `static/css`, `static/fonts/x.woff2`."""


class Promise(Struct, frozen=True):
    """An address of this site that somebody links to, to be held against the finished plan."""

    address: str
    ref: Ref


class Habits(Struct, frozen=True):
    """What the configuration decides about pages and feeds."""

    per_page: int
    callout_inline: bool
    """Key points stand where the author wrote them."""
    card_points: bool
    """Lists show key points too."""
    feed_items: int
    feed_full: bool
    feed_size: int
    """Bytes of articles in a feed after which none is added."""
    feed_formats: tuple[str, ...]
    """Of the newsletter's own feeds."""
    tag_feeds: tuple[str, ...]
    """Formats of each tag's feed."""
    author_feeds: tuple[str, ...]
    """Formats of each author's feed."""
    hubs: tuple[str, ...]


class Site(Struct, frozen=True, dict=True):
    """Everything that is online, resolved; `plan` makes the jobs from it and from nothing else."""

    base: Base
    lang: str
    shell: Shell
    description: str
    identity: str
    """`id` of the configuration: the namespace of feed identities."""
    now: datetime
    habits: Habits
    entries: Mapping[str, Entry]
    """Articles by source path, newest first."""
    pages: Mapping[str, Entry]
    """Pages by source path."""
    tags: dict[str, Tag]
    """By key, in alphabetical order."""
    authors: dict[str, Author]
    """By name, in the configuration's order, then as met."""
    redirects: tuple[Redirect, ...]
    copies: tuple[Copy, ...]
    static: tuple[StaticFile, ...]
    held: tuple[Held, ...]
    """What the visibility gate kept back."""
    promises: tuple[Promise, ...]
    frame: str
    """Digest of what every page may depend on without saying so: base, language, habits."""
    own_tables: OwnTables = {}
    """The newsletter's own words, by language; every page depends on them (`frame`)."""
    hosts: tuple[str, ...] = ()
    """Kinds of web hosts that want files of their own; no page depends on them."""

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Cards that were drawn, by source path: an article stands in many lists, and each shows
        the same (`outputs/cards.py`).
        """
        return {}
