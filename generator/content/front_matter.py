"""The front matter of an article: the YAML between `---` lines at its top."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from msgspec import Struct
from yaml import MappingNode

from generator.config.shape import Shaped, shape
from generator.config.sheet import Sheet, in_file_order, sheet_of
from generator.config.yaml_nodes import Composed, compose, is_nothing
from generator.content.matter_values import READERS, date_reader
from generator.content.other_words import ALIASES, FRENCH, in_our_words
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.front_matter import FrontMatter

_OPEN = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n")


class Matter(Struct, frozen=True):
    """An article's file, taken apart."""

    matter: FrontMatter | None
    """What the front matter says, without what is wrong in it; None when it cannot be read."""
    body: str
    """The Markdown below it."""
    body_line: int
    """The line of the file, from 1, at which the body begins."""
    has_time: bool = False
    """Whether `date` has a time of day."""
    problems: tuple[Diagnostic, ...] = ()
    """In the order of the file."""
    places: dict[str, Place] = {}
    """Where the value of each given key stands, by the key's canonical name."""


def read_front_matter(text: str, path: str, zone: tzinfo, lang: str) -> Matter:
    """Take an article's file apart, and say everything that is wrong with its front matter.

    `text` is decoded, without BOM and with `\\n` line ends; a date without offset is meant in
    `zone`; `lang` is the newsletter's language, in whose words misspelt keys are looked for.
    """
    opened = _OPEN.match(text)
    if not opened:
        return _without(text, path)
    closed = _CLOSE.search(text, opened.end())
    if not closed:
        problem = error("front-matter-unclosed", Place(path, 1), line_text="---")
        return Matter(None, "", 1, problems=(problem,))
    sheet = sheet_of(text[opened.end() : closed.start()].removesuffix("\n"), path, first_line=2)
    composed = compose(sheet)
    times: dict[str, bool] = {}
    shaped = _shaped(composed, sheet, zone, times, lang)
    return Matter(
        matter=None if composed.broken else shaped.value,
        body=text[closed.end() :],
        body_line=text.count("\n", 0, closed.end()) + 1,
        has_time=times.get("date", False),
        problems=in_file_order((*composed.problems, *shaped.problems)),
        places={key: place for key, place in shaped.places.items() if "." not in key},
    )


def _without(text: str, path: str) -> Matter:
    """A file without front matter is all body, unless it has another tool's."""
    if _TOML.match(text):
        problem = error("front-matter-toml", Place(path, 1), line_text="+++")
        return Matter(None, "", 1, problems=(problem,))
    return Matter(FrontMatter(), text, 1)


def _shaped(
    composed: Composed, sheet: Sheet, zone: tzinfo, times: dict[str, bool], lang: str
) -> Shaped[FrontMatter]:
    """The front matter of a tree of nodes; notes in `times` which dates have a time of day."""
    root = composed.root
    if root is not None and not isinstance(root, MappingNode) and not is_nothing(root):
        return Shaped(None, (sheet.error("yaml-no-keys", root.start_mark),), {})
    return shape(
        in_our_words(root) if isinstance(root, MappingNode) else None,
        FrontMatter,
        sheet=sheet,
        aliases=ALIASES,
        unsuggested=() if lang.startswith("fr") else FRENCH,
        readers={**READERS, datetime: date_reader(zone, times)},
        comma_lists=("tags",),
    )
