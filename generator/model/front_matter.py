"""The front matter: what an author may say above an article. Its descriptions are the manual."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from generator.model.article import Enclosure, SourceLink


class FrontMatter(Struct, frozen=True, kw_only=True):
    """The YAML block between `---` lines at the top of an article."""

    title: Annotated[str, Meta(description="The article's title, as plain text.")] = ""
    date: Annotated[
        datetime | None,
        Meta(
            description="When it appears; a date alone is midnight in the newsletter's time zone."
        ),
    ] = None
    updated: Annotated[
        datetime | None, Meta(description="When the text last changed in a way readers care about.")
    ] = None
    expires: Annotated[
        datetime | None, Meta(description="From when on the article is no longer online.")
    ] = None
    draft: Annotated[bool, Meta(description="A draft appears only in previews.")] = False
    slug: Annotated[
        str, Meta(description="The article's part of its address; else taken from the file's name.")
    ] = ""
    permalink: Annotated[
        str, Meta(description="The whole address, instead of the newsletter's pattern.")
    ] = ""
    aliases: Annotated[
        tuple[str, ...], Meta(description="Former addresses, which will lead here.")
    ] = ()
    tags: Annotated[tuple[str, ...], Meta(description="A list, or texts separated by commas.")] = ()
    authors: Annotated[tuple[str, ...], Meta(description="One name or a list of names.")] = ()
    summary: Annotated[
        str, Meta(description="The chapô: one or two sentences, Markdown inline.")
    ] = ""
    key_points: Annotated[
        tuple[str, ...],
        Meta(description="What to remember; each may begin with an emoji. Markdown inline."),
    ] = ()
    image: Annotated[
        str, Meta(description="The lead image: a path beside the article, in content/, or a URL.")
    ] = ""
    image_alt: Annotated[
        str, Meta(description="What the image shows, for who does not see it.")
    ] = ""
    lang: Annotated[str, Meta(description="BCP 47 code, when it is not the newsletter's.")] = ""
    translation_key: Annotated[
        str, Meta(description="The same text in every translation of one article.")
    ] = ""
    series: Annotated[str, Meta(description="Name of the series to which it belongs.")] = ""
    featured: Annotated[
        bool, Meta(description="Leads the front page as long as it is among the newest.")
    ] = False
    sources: Annotated[
        tuple[SourceLink, ...],
        Meta(description="Where the facts come from: title and url, or URLs."),
    ] = ()
    correction: Annotated[
        str, Meta(description="What was wrong and is corrected. Markdown inline.")
    ] = ""
    enclosure: Annotated[
        Enclosure | None,
        Meta(description="A file that feeds offer: url, length in bytes, MIME type."),
    ] = None
    guid: Annotated[
        str, Meta(description="Identity in feeds; leave it to Marbre unless you move house.")
    ] = ""
    template: Annotated[str, Meta(description="Another template than article.html.")] = ""
    typography: Annotated[
        bool, Meta(description="Whether quotes, dashes and spaces follow the language's rules.")
    ] = True
    noindex: Annotated[bool, Meta(description="Asks search engines to leave the page out.")] = False
    extra: Annotated[dict[str, Any], Meta(description="Yours, seen by templates.")] = {}
