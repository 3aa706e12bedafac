"""Files → articles: what has not changed since it was parsed is not even read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.content.load import Found, disguised, find, read
from generator.content.pictures import extent
from generator.engine import digest
from generator.engine.engine import Engine
from generator.engine.shelf import Shelf
from generator.engine.signature import NEVER, settled
from generator.model.article import Article, Body, Parsed, Settings
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.source import Asset, Source

_decoder = msgspec.json.Decoder(Parsed)
_bodies = msgspec.json.Decoder(Body)
_extents = msgspec.json.Decoder(tuple[int, int])


class Content(Struct, frozen=True):
    """Everything under `content/`, parsed; the bodies stay on the shelf."""

    articles: tuple[Article, ...]
    failed: frozenset[str]
    """Source paths of files that could not be read or parsed."""
    assets: tuple[Asset, ...]
    files: dict[str, Found]
    """Markdown files by source path."""
    digests: dict[str, str]
    """Of the bytes of every file, by source path; empty for one that could not be read."""
    problems: tuple[Diagnostic, ...]


Pending = tuple[Found, str]
"""A file, and the digest of its bytes when it was last parsed."""


class Taken(Struct, frozen=True):
    """One file as it was taken in."""

    digest: str
    """Digest of its bytes; empty when it could not be read."""
    record: bytes = b""
    """Encoded Parsed without its body; empty when it is the one that was known."""
    body: bytes = b""
    body_digest: str = ""


def read_content(
    folder: Path, settings: Settings, shelf: Shelf, engine: Engine, now: int
) -> Content:
    """Find, read and parse; `now` is the time in nanoseconds, by which fresh files are not trusted.

    Raises OSError only for what concerns no single file.
    """
    found, problems = find(folder)
    markdown = [file for file in found if file.is_markdown]
    others = [file for file in found if not file.is_markdown]
    parsed, digests = _parsed(markdown, settings, shelf, engine, now)
    assets, unreadable = _assets(others, shelf, now)
    articles = tuple(p.article for p in parsed if p.article)
    shelf.forget_all_but({file.path for file in found}, {a.digest for a in articles})
    return Content(
        articles,
        frozenset(p.path for p in parsed if not p.article),
        assets,
        {file.path: file for file in markdown},
        digests | {asset.path: asset.digest for asset in assets},
        (*problems, *(problem for p in parsed for problem in p.problems), *unreadable),
    )


def _parsed(
    files: list[Found], settings: Settings, shelf: Shelf, engine: Engine, now: int
) -> tuple[list[Parsed], dict[str, str]]:
    """What each file says, and the digests of their bytes."""
    context = digest.of_value((settings, digest.of_our_code()))
    known = shelf.pages(context)
    pending = [
        (file, known[file.path].source if file.path in known else "")
        for file in files
        if file.path not in known or known[file.path].signature != file.seen
    ]
    taken = list((_sent if engine.sends else _shared)(pending, settings, engine))
    fresh = {
        file.path: made.record or known[file.path].record
        for (file, _), made in zip(pending, taken, strict=True)
    }
    shelf.keep(
        context,
        (
            (file.path, settled(file.seen, now) if made.digest else NEVER, made.digest, record)
            for (file, _), made in zip(pending, taken, strict=True)
            for record in [fresh[file.path]]
        ),
        {made.body_digest: made.body for made in taken if made.body},
    )
    digests = {file.path: made.digest for (file, _), made in zip(pending, taken, strict=True)}
    return (
        [_decoder.decode(fresh.get(file.path) or known[file.path].record) for file in files],
        {file.path: known[file.path].source for file in files if file.path in known} | digests,
    )


def _shared(pending: list[Pending], settings: Settings, engine: Engine) -> Iterable[Taken]:
    """Read and parse where the disk and the memory are ours."""
    return engine.map("parse", take, settings, pending)


def _sent(pending: list[Pending], settings: Settings, engine: Engine) -> Iterable[Taken]:
    """Read here, parse elsewhere."""
    found = [_unless_known(file, known) for file, known in pending]
    sources = [source for source in found if isinstance(source, Source)]
    parsed = engine.map("parse", take_source, settings, sources)
    return [next(parsed) if isinstance(each, Source) else each for each in found]


def take(settings: Settings, item: Pending) -> Taken:
    """Read and parse one file, unless its bytes have the digest that is known already."""
    found = _unless_known(*item)
    return take_source(settings, found) if isinstance(found, Source) else found


def _unless_known(file: Found, known: str) -> Source | Taken:
    """Read a file; what cannot be read, or is still the same, need not be parsed."""
    source = read(file)
    if isinstance(source, Diagnostic):
        return Taken("", digest.encode(Parsed(file.path, None, None, (source,))))
    return Taken(known) if source.digest == known else source


def take_source(settings: Settings, source: Source) -> Taken:
    """Parse one text."""
    from generator.content.parse import parse  # dear to import, and mostly there is nothing new

    parsed = parse(source, settings)
    record = digest.encode(Parsed(parsed.path, parsed.article, None, parsed.problems))
    if parsed.article is None:
        return Taken(source.digest, record)
    return Taken(source.digest, record, digest.encode(parsed.body), parsed.article.digest)


def bodies_of(
    wanted: Iterable[tuple[str, str]], content: Content, settings: Settings, shelf: Shelf
) -> dict[str, Body]:
    """Bodies by source path, for (source path, body digest); one that was lost is parsed again."""
    digests = dict(wanted)
    found = shelf.bodies(set(digests.values()))
    for path, sum_ in digests.items():
        if sum_ not in found:
            found[sum_] = take(settings, (content.files[path], "")).body
    return {path: _bodies.decode(found[sum_]) for path, sum_ in digests.items()}


def _assets(
    files: Iterable[Found], shelf: Shelf, now: int
) -> tuple[tuple[Asset, ...], list[Diagnostic]]:
    context = digest.of_texts(("files", digest.of_our_code()))
    known = shelf.pages(context)
    assets, problems, fresh = [], [], []
    for file in files:
        seen, sum_, record = known.get(file.path, (NEVER, "", b""))
        if seen != file.seen:
            try:
                problem = disguised(file)
                sum_ = digest.of_file(Path(file.origin))
                record = digest.encode(extent(Path(file.origin)))
            except OSError as trouble:
                reason = trouble.strerror or trouble
                problem = error("unreadable", Place(file.path), reason=reason)
            if problem:
                problems.append(problem)
                continue
            fresh.append((file.path, settled(file.seen, now), sum_, record))
        assets.append(Asset(file.path, file.origin, sum_, file.seen[0], _extents.decode(record)))
    shelf.keep(context, fresh, {})
    return tuple(assets), problems
