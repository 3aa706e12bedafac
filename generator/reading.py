"""Files → articles: what has not changed since it was parsed is not even read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.content.load import Finding, Found, disguised, read
from generator.content.pictures import extent
from generator.engine import digest
from generator.engine.engine import HERE, Engine
from generator.engine.shelf import Shelf
from generator.engine.signature import NEVER, Signature, settled
from generator.model.article import Article, Parsed, Settings
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.source import Asset, Source

_decoder = msgspec.json.Decoder(Parsed)
_extents = msgspec.json.Decoder(tuple[int, int])
FEW = 20
"""Changed files up to which it is worth asking whether only bodies were edited."""


class Content(Struct, frozen=True):
    """Everything under `content/`, parsed; the bodies stay on the shelf."""

    articles: tuple[Article, ...]
    failed: frozenset[str]
    """Source paths of files that could not be read or parsed."""
    assets: tuple[Asset, ...]
    files: dict[str, Found]
    """Markdown files by source path."""
    problems: tuple[Diagnostic, ...]
    digest: str
    """Of the paths and the bytes of everything that was found (`Sources`)."""


class Sources(Struct, frozen=True):
    """Digests of the bytes of everything under `content/`, by path."""

    markdown: dict[str, str]
    assets: dict[str, str]

    @property
    def digest(self) -> str:
        """Of all of them together."""
        return digest.of_files({**self.markdown, **self.assets})


class Edited(Struct, frozen=True):
    """What was found when nothing but a few Markdown files had changed."""

    articles: tuple[tuple[Article, Article], ...]
    """The changed ones, as they were and as they are."""
    files: dict[str, Found]
    """Markdown files by source path."""
    before: Sources
    """The content as the shelf knew it."""
    after: Sources
    """The content as it is now."""


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
    finding: Finding, settings: Settings, shelf: Shelf, engine: Engine, now: int
) -> Content:
    """Read and parse; `now` is the time in nanoseconds, by which fresh files are not trusted."""
    found, problems = finding
    markdown, others = _parted(found)
    parsed, sources = _parsed(markdown, settings, shelf, engine, now)
    assets, unreadable = _assets(others, shelf, now)
    articles = tuple(p.article for p in parsed if p.article)
    shelf.forget_all_but({file.path for file in found}, {a.digest for a in articles})
    return Content(
        articles,
        frozenset(p.path for p in parsed if not p.article),
        assets,
        {file.path: file for file in markdown},
        (*problems, *(problem for p in parsed for problem in p.problems), *unreadable),
        Sources(sources, {asset.path: asset.digest for asset in assets}).digest,
    )


def read_edited(finding: Finding, settings: Settings, shelf: Shelf, now: int) -> Edited | None:
    """Read the few articles that changed; None when other files did, when there is a file more or
    less, or when something is wrong.
    """
    found, problems = finding
    markdown, others = _parted(found)
    context = _context(settings)
    known, copied = shelf.seen(context), _sources(shelf.seen(_context_of_assets()))
    pending = [(file, *known.get(file.path, (NEVER, ""))) for file in markdown]
    pending = [(file, seen, sum_) for file, seen, sum_ in pending if file.seen != seen]
    if problems or len(pending) > FEW or len(known) != len(markdown):
        return None
    assets, unreadable = _assets(others, shelf, now)
    if unreadable or {asset.path: asset.digest for asset in assets} != copied:
        return None
    before = shelf.records(context, [file.path for file, _, _ in pending])
    if len(before) < len(pending):
        return None
    changed = [(file, sum_) for file, _, sum_ in pending]
    fresh = _taken_in(changed, before, settings, shelf, HERE, now)
    were = [_decoder.decode(before[path]) for path in fresh]
    are = [_decoder.decode(record) for _, record in fresh.values()]
    if any(parsed.problems for parsed in (*were, *are)):
        return None
    pairs = [(a.article, b.article) for a, b in zip(were, are, strict=True) if a != b]
    articles = tuple((old, new) for old, new in pairs if old and new)
    if len(articles) < len(pairs):
        return None
    shelf.forget_bodies({old.digest for old, new in articles if old.digest != new.digest})
    sources = _sources(known)
    now_ = {path: sum_ for path, (sum_, _) in fresh.items()}
    return Edited(
        articles=articles,
        files={file.path: file for file in markdown},
        before=Sources(sources, copied),
        after=Sources({**sources, **now_}, copied),
    )


def article_on(shelf: Shelf, settings: Settings) -> Callable[[str], Article]:
    """What gives an article by its source path, as the shelf has it. Raises KeyError when called
    for one that is lost.
    """
    context = _context(settings)

    def article_of(path: str) -> Article:
        article = _decoder.decode(shelf.records(context, [path])[path]).article
        if article is None:
            raise KeyError(path)
        return article

    return article_of


def _parted(found: Iterable[Found]) -> tuple[list[Found], list[Found]]:
    """Articles and pages, and what is copied."""
    markdown: list[Found] = []
    others: list[Found] = []
    for file in found:
        (markdown if file.is_markdown else others).append(file)
    return markdown, others


def _sources(seen: Mapping[str, tuple[Signature, str]]) -> dict[str, str]:
    return {path: sum_ for path, (_, sum_) in seen.items()}


def _context(settings: Settings) -> str:
    return digest.of_value((settings, digest.of_our_code()))


def _context_of_assets() -> str:
    return digest.of_texts(("files", digest.of_our_code()))


def _parsed(
    files: list[Found], settings: Settings, shelf: Shelf, engine: Engine, now: int
) -> tuple[list[Parsed], dict[str, str]]:
    """Everything parsed, and the digests of the files' bytes by source path."""
    known = shelf.pages(_context(settings))
    pending = [
        (file, known[file.path].source if file.path in known else "")
        for file in files
        if file.path not in known or known[file.path].signature != file.seen
    ]
    records = {path: kept.record for path, kept in known.items()}
    sources = {path: kept.source for path, kept in known.items()}
    for path, (sum_, record) in _taken_in(pending, records, settings, shelf, engine, now).items():
        sources[path], records[path] = sum_, record
    return (
        [_decoder.decode(records[file.path]) for file in files],
        {file.path: sources[file.path] for file in files},
    )


def _taken_in(
    pending: list[Pending],
    records: Mapping[str, bytes],
    settings: Settings,
    shelf: Shelf,
    engine: Engine,
    now: int,
) -> dict[str, tuple[str, bytes]]:
    """Take files in and keep them: digest of the bytes and record by source path; `records` has
    those that were known.
    """
    taken = list((_sent if engine.sends else _shared)(pending, settings, engine))
    fresh = {
        file.path: (made.digest, made.record or records[file.path])
        for (file, _), made in zip(pending, taken, strict=True)
    }
    shelf.keep(
        _context(settings),
        (
            (file.path, settled(file.seen, now) if sum_ else NEVER, sum_, record)
            for (file, _), (sum_, record) in zip(pending, fresh.values(), strict=True)
        ),
        {made.body_digest: made.body for made in taken if made.body},
    )
    return fresh


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


def _assets(
    files: Iterable[Found], shelf: Shelf, now: int
) -> tuple[tuple[Asset, ...], list[Diagnostic]]:
    context = _context_of_assets()
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
