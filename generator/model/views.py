"""The template API: what each page's template gets, and the only thing that it may depend on.

Texts are plain `str` and are escaped by the template; values typed `Html` hold finished HTML and
are printed as they are. Every URL is ready to print: root-relative and honouring the base path, or
absolute where its name says so. Dates come formatted in the page's language, beside their machine
form. Each page template sees three names: `shell` (the newsletter), `page` (a struct of this
module) and `t` (interface strings: `t("read_more")`, `t("minutes", n=3)`); a fourth, `here`, is the
page's own URL, to mark the navigation with.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

Html = Annotated[str, Meta(extra={"html": True})]
"""Finished HTML, printed without escaping."""


class Link(Struct, frozen=True):
    """A place to go."""

    title: str
    url: str
    current: bool = False
    """Whether it is the page on which it stands (`aria-current`)."""


class Feed(Struct, frozen=True):
    """A feed that can be followed."""

    title: str
    url: str
    """Absolute, because people copy it."""
    type: str = "application/rss+xml"
    name: str = "RSS"
    """The format's name."""
    count: int = 0
    """How many articles it is about; 0 when not counted."""


class Moment(Struct, frozen=True):
    """A date or a time, in the page's language."""

    iso: str
    """For `<time datetime>`: `2025-03-10` or `2025-03-10T08:30:00+01:00`."""
    long: str
    """`10 mars 2025`; with the time when the author gave one."""
    short: str
    """`10 mars`, for lists under a year."""
    full: str
    """`lundi 10 mars 2025`, capitalised, for mastheads."""
    year: int


class Picture(Struct, frozen=True):
    """An image."""

    url: str
    absolute_url: str
    alt: str = ""


class Person(Struct, frozen=True):
    """An author."""

    name: str
    url: str
    """Their page on this site."""
    bio: str = ""
    home: str = ""
    """Their own site, as configured."""
    image: Picture | None = None


class Point(Struct, frozen=True):
    """A key point, ready to print."""

    mark: str
    """Emoji or empty; hide it from screen readers."""
    html: Html
    text: str


class KeyPoints(Struct, frozen=True):
    """The callout."""

    title: str
    """`Points clés`, in the article's language, or the author's own title."""
    points: tuple[Point, ...]


class TagLink(Struct, frozen=True):
    """A tag with its page."""

    name: str
    url: str
    count: int = 0
    """Number of articles online; 0 where the number is not shown (it would rebuild the page)."""
    description: str = ""


class Card(Struct, frozen=True):
    """An article as it appears in lists."""

    title: str
    url: str
    date: Moment
    reading_minutes: int
    summary: str
    """The chapô, or the first key point, or the excerpt."""
    kicker: TagLink | None
    """Its first tag."""
    authors: tuple[Person, ...]
    image: Picture | None = None
    key_points: KeyPoints | None = None
    """Only where the list shows them (front page's lead, briefing)."""
    lang: str = ""
    """Set when the article's language is not the page's."""


class Pager(Struct, frozen=True):
    """Where a list that spans several pages stands."""

    number: int
    """This page, from 1."""
    total: int
    newer: str = ""
    """URL of the previous page of the list, or empty."""
    older: str = ""
    """URL of the next page of the list, or empty."""
    pages: tuple[Link, ...] = ()
    """Pages near this one, the first and the last; a title `…` with no URL is a gap."""


class Head(Struct, frozen=True):
    """What goes into `<head>`."""

    title: str
    """Full text of `<title>`."""
    description: str
    """Plain text for `<meta name=description>`; empty when there is nothing to say."""
    canonical: str
    """Absolute address of the page; empty for 404."""
    kind: str
    """`article` or `website` (Open Graph type)."""
    feeds: tuple[Feed, ...]
    """Feeds to announce, the page's own first."""
    image: Picture | None = None
    noindex: bool = False
    newer: str = ""
    older: str = ""
    published: str = ""
    """RFC 3339, articles only."""
    modified: str = ""


class Shell(Struct, frozen=True):
    """What stands around every page. Nothing in here changes when an article is edited."""

    title: str
    """The newsletter's name."""
    motto: str
    description: str
    lang: str
    """BCP 47, for `<html lang>`."""
    dir: str
    """`ltr` or `rtl`."""
    home: str
    """URL of the front page."""
    navigation: tuple[Link, ...]
    feeds: tuple[Feed, ...]
    subscribe: str
    """URL of the subscribe page."""
    briefing: str
    tags: str
    archives: str
    footer: tuple[Link, ...]
    """Pages that the navigation does not name."""
    copyright: str
    """`© 2024–2025 Points clés`."""
    licence: str
    style: str
    """URL of the style sheet."""
    script: str
    """URL of the optional script."""
    preload: tuple[str, ...]
    """URLs of font files to preload."""
    icon: str
    """URL of the SVG favicon."""
    words: dict[str, str | dict[str, str]]
    """Interface strings; use them through `t`."""
    extra: dict[str, Any]
    """`extra` of newsletter.yaml."""
    generator: str = "Marbre"


class ArticlePage(Struct, frozen=True):
    """An article, for `article.html`."""

    head: Head
    title: str
    url: str
    absolute_url: str
    date: Moment
    updated: Moment | None
    reading_minutes: int
    words: int
    summary: Html
    """The chapô as inline HTML, or empty."""
    kicker: TagLink | None
    tags: tuple[TagLink, ...]
    authors: tuple[Person, ...]
    image: Picture | None
    key_points: KeyPoints | None
    key_points_inline: bool
    """Whether the callout stands between `body.before` and `body.after` instead of at the top."""
    toc: tuple[Link, ...]
    """The body's second-level headings, when the article is long and places no contents itself."""
    sources: tuple[Link, ...]
    correction: Html
    series: Series | None
    newer: Link | None
    older: Link | None
    related: tuple[Card, ...]
    lang: str
    dir: str
    status: str
    """`published`, or `draft`, `scheduled`, `expired` in a preview."""
    has_code: bool
    extra: dict[str, Any]


class Series(Struct, frozen=True):
    """A sequence of articles, oldest first."""

    name: str
    parts: tuple[Link, ...]


class PlainPage(Struct, frozen=True):
    """A page without a date (À propos), for `page.html`."""

    head: Head
    title: str
    url: str
    summary: Html
    updated: Moment | None
    key_points: KeyPoints | None
    key_points_inline: bool
    sources: tuple[Link, ...]
    correction: Html
    lang: str
    dir: str
    status: str
    """`published`, or `draft`, `scheduled`, `expired` in a preview."""
    has_code: bool
    extra: dict[str, Any]


class BodyView(Struct, frozen=True):
    """An article's text, given to `article.html` and `page.html` beside the page, as `body`."""

    before: Html
    """Up to where the key points stood; all of it when they are shown at the top."""
    after: Html
    """The rest."""


class BriefItem(Struct, frozen=True):
    """One line of the essentials: the first key point of an article."""

    mark: str
    html: Html
    """Without links, because the whole line is one."""
    url: str


class FrontPage(Struct, frozen=True):
    """The front page, for `front.html`. `lead` is None when there are no articles yet."""

    head: Head
    edition: Moment | None
    """Date of the newest article."""
    number: int
    """How many articles have been published."""
    lead: Card | None
    cards: tuple[Card, ...]
    brief: tuple[BriefItem, ...]
    """The essentials: first key points of the newest articles but the lead."""
    tags: tuple[TagLink, ...]
    """The most used tags with counts."""
    pager: Pager


class ListingPage(Struct, frozen=True):
    """Later pages of the front list (`listing.html`)."""

    head: Head
    title: str
    cards: tuple[Card, ...]
    pager: Pager


class TagPage(Struct, frozen=True):
    """One tag (`tag.html`)."""

    head: Head
    title: str
    description: str
    count: int
    feed: Feed | None
    """Its own feed; None when the newsletter makes no feeds of tags."""
    cards: tuple[Card, ...]
    pager: Pager
    related: tuple[TagLink, ...]
    """Tags that often go with this one."""


class AuthorPage(Struct, frozen=True):
    """One author (`author.html`)."""

    head: Head
    person: Person
    count: int
    feed: Feed | None
    """Their own feed; None when the newsletter makes no feeds of authors."""
    cards: tuple[Card, ...]
    pager: Pager


class TagsPage(Struct, frozen=True):
    """All tags by initial letter (`tags.html`)."""

    head: Head
    groups: tuple[TagGroup, ...]
    count: int


class TagGroup(Struct, frozen=True):
    """The tags that begin with one letter."""

    letter: str
    tags: tuple[TagLink, ...]


class ArchivesPage(Struct, frozen=True):
    """Every article by year and month (`archives.html`)."""

    head: Head
    years: tuple[ArchiveYear, ...]
    count: int


class ArchiveYear(Struct, frozen=True):
    """A year of the archives, newest month first."""

    year: int
    months: tuple[ArchiveMonth, ...]


class ArchiveMonth(Struct, frozen=True):
    """A month of the archives, newest article first."""

    name: str
    """`mars 2025`, capitalised."""
    id: str
    """`2025-03`, for anchors."""
    items: tuple[ArchiveItem, ...]


class ArchiveItem(Struct, frozen=True):
    """An article in the archives."""

    title: str
    url: str
    date: Moment
    kicker: TagLink | None


class BriefingPage(Struct, frozen=True):
    """Key points only, newest first, grouped by day (`briefing.html`)."""

    head: Head
    days: tuple[BriefingDay, ...]
    pager: Pager


class BriefingDay(Struct, frozen=True):
    """A day of the briefing."""

    date: Moment
    items: tuple[Card, ...]
    """Articles that have key points; `key_points` is always set."""


class SubscribePage(Struct, frozen=True):
    """Every feed, in plain words (`subscribe.html`)."""

    head: Head
    title: str
    feeds: tuple[Feed, ...]
    """The newsletter's own."""
    tag_feeds: tuple[Feed, ...]
    author_feeds: tuple[Feed, ...]
    opml: str
    """URL of the OPML file, or empty."""


class FeedStyle(Struct, frozen=True):
    """The style sheet by which a browser shows a feed (`feed.css`)."""

    address: str
    """The subscribe page, absolute, to be read and typed."""


class NotFoundPage(Struct, frozen=True):
    """The 404 page (`404.html`)."""

    head: Head
    title: str
    latest: tuple[Link, ...]
    """The newest articles, for a reader who is lost."""


class RedirectPage(Struct, frozen=True):
    """An old address that leads to a new one (`redirect.html`)."""

    head: Head
    title: str
    url: str
    absolute_url: str
