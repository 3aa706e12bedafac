"""The configuration: newsletter.yaml as one typed value. Its descriptions are the manual."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct


class AuthorConfig(Struct, frozen=True, kw_only=True):
    """Someone who writes."""

    name: Annotated[str, Meta(description="As it is printed, and as articles name them.")] = ""
    email: Annotated[str, Meta(description="Only used where it is asked for; never printed.")] = ""
    url: Annotated[str, Meta(description="Their own site.")] = ""
    bio: Annotated[str, Meta(description="A few lines of plain text.")] = ""
    image: Annotated[str, Meta(description="A portrait: a path in content/ or a URL.")] = ""


class NavigationConfig(Struct, frozen=True, kw_only=True):
    """An entry of the navigation."""

    label: Annotated[str, Meta(description="What is read.")] = ""
    address: Annotated[str, Meta(description="A path of the site, a content file, or a URL.")] = ""


class KeyPointsConfig(Struct, frozen=True, kw_only=True):
    """How key points are found and shown."""

    position: Annotated[
        Literal["top", "inline"],
        Meta(description="At the top of the article, or where the author wrote them."),
    ] = "top"
    labels: Annotated[
        tuple[str, ...], Meta(description="More texts that announce key points.")
    ] = ()
    cards: Annotated[
        bool, Meta(description="Whether lists of articles show their key points too.")
    ] = False


class TagsConfig(Struct, frozen=True, kw_only=True):
    """How tags are merged and described."""

    synonyms: Annotated[
        dict[str, tuple[str, ...]],
        Meta(description="For each tag, the other texts that mean it."),
    ] = {}
    descriptions: Annotated[dict[str, str], Meta(description="A sentence for a tag's page.")] = {}
    allowed: Annotated[
        tuple[str, ...], Meta(description="When given, any other tag is an error.")
    ] = ()


class FeedsConfig(Struct, frozen=True, kw_only=True):
    """What subscribers get."""

    items: Annotated[int, Meta(description="How many articles a feed holds.", ge=1, le=1000)] = 30
    content: Annotated[
        Literal["full", "summary"], Meta(description="Whole articles, or summaries.")
    ] = "full"
    formats: Annotated[
        tuple[Literal["rss", "atom", "json"], ...],
        Meta(description="Formats of the newsletter's own feeds."),
    ] = ("rss", "atom", "json")
    tags: Annotated[
        tuple[Literal["rss", "atom", "json"], ...],
        Meta(description="Formats of each tag's feed; an empty list makes none."),
    ] = ("rss",)
    authors: Annotated[
        tuple[Literal["rss", "atom", "json"], ...],
        Meta(description="Formats of each author's feed; an empty list makes none."),
    ] = ("rss",)
    size: Annotated[
        int,
        Meta(description="Kilobytes after which a feed holds fewer articles.", ge=50, le=100_000),
    ] = 1000
    hubs: Annotated[tuple[str, ...], Meta(description="WebSub hubs to announce.")] = ()


class MarkdownConfig(Struct, frozen=True, kw_only=True):
    """How Markdown is read."""

    html: Annotated[bool, Meta(description="Whether HTML in Markdown passes through.")] = True
    typography: Annotated[
        bool, Meta(description="Quotes, dashes and spaces by the rules of the language.")
    ] = True
    guillemets: Annotated[
        Literal["wide", "thin"], Meta(description="The spaces inside French « guillemets ».")
    ] = "wide"
    math: Annotated[bool, Meta(description="Formulas between dollar signs.")] = False


class ImagesConfig(Struct, frozen=True, kw_only=True):
    """How images are prepared."""

    widths: Annotated[
        tuple[int, ...], Meta(description="Widths in pixels that are offered to browsers.")
    ] = (480, 960, 1600)
    formats: Annotated[
        tuple[Literal["avif", "webp"], ...], Meta(description="Formats beside the original.")
    ] = ("avif", "webp")


class ThemeConfig(Struct, frozen=True, kw_only=True):
    """The personal touch: a colour and two font families."""

    accent: Annotated[str, Meta(description="Accent colour, as #rrggbb.")] = ""
    accent_dark: Annotated[
        str, Meta(description="The accent on dark paper; else derived to be readable.")
    ] = ""
    serif: Annotated[str, Meta(description="CSS font families for text.")] = ""
    sans: Annotated[str, Meta(description="CSS font families for labels.")] = ""


Host = Literal["netlify", "cloudflare", "nginx", "apache"]
"""A kind of web host that wants files of its own beside the site."""


class PublishConfig(Struct, frozen=True, kw_only=True):
    """Where the site is published. Every key but `host` is the name of a target."""

    host: Annotated[
        tuple[Host, ...],
        Meta(description="Hosts that rules are written for: headers, redirects, types of files."),
    ] = ()
    targets: Annotated[dict[str, Any], Meta(description="Targets by name, each with a `to`.")] = {}


class Config(Struct, frozen=True, kw_only=True):
    """newsletter.yaml. Every key has a default that works."""

    title: Annotated[str, Meta(description="The newsletter's name.")] = "Newsletter"
    motto: Annotated[str, Meta(description="A line under the name.")] = ""
    description: Annotated[
        str, Meta(description="What it is about, for search engines and feed readers.")
    ] = ""
    base_url: Annotated[str, Meta(description="Where the site will be online; a path is fine.")] = (
        ""
    )
    id: Annotated[
        str,
        Meta(description="A UUID written by `marbre init`: feed identity that survives a move."),
    ] = ""
    language: Annotated[str, Meta(description="BCP 47 code of the newsletter's language.")] = "fr"
    timezone: Annotated[
        str, Meta(description="IANA name: in which a date without zone is meant.")
    ] = "Europe/Paris"
    authors: Annotated[
        tuple[AuthorConfig, ...],
        Meta(description="Who writes; the first signs what nobody signed. `author` names one."),
    ] = ()
    licence: Annotated[str, Meta(description="Licence of the texts, for the footer.")] = ""
    permalink: Annotated[
        str,
        Meta(description="Pattern of addresses: {year} {month} {day} {slug} {lang} {section}."),
    ] = "/{year}/{month}/{slug}/"
    per_page: Annotated[int, Meta(description="Articles on a page of a list.", ge=1, le=1000)] = 20
    navigation: Annotated[
        tuple[NavigationConfig, ...],
        Meta(description="Entries of the navigation; else the main pages."),
    ] = ()
    key_points: Annotated[KeyPointsConfig, Meta(description="Key points.")] = KeyPointsConfig()
    tags: Annotated[TagsConfig, Meta(description="Tags.")] = TagsConfig()
    feeds: Annotated[FeedsConfig, Meta(description="Feeds.")] = FeedsConfig()
    markdown: Annotated[MarkdownConfig, Meta(description="Markdown.")] = MarkdownConfig()
    images: Annotated[ImagesConfig, Meta(description="Images.")] = ImagesConfig()
    theme: Annotated[ThemeConfig, Meta(description="The personal touch.")] = ThemeConfig()
    editor: Annotated[
        str,
        Meta(
            description="Opened by the preview's links: vscode, vscodium, cursor, zed, idea, "
            "sublime, textmate, emacs, or a URL with {path}, {line}, {column}; none for no links."
        ),
    ] = "vscode"
    publish: Annotated[
        PublishConfig, Meta(description="Where the site is published, by target name.")
    ] = PublishConfig()
    extra: Annotated[dict[str, Any], Meta(description="Yours, seen by templates.")] = {}
