"""Read newsletter.yaml: one typed value, and everything that is wrong with it."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from generator.config import checks
from generator.config.nearest import fold, nearest
from generator.config.schema import AuthorConfig, Config
from generator.config.shape import Shaped, shape, struct
from generator.config.shaper import Shaper, Spot
from generator.config.sheet import Sheet, in_file_order, sheet_of
from generator.config.yaml_nodes import compose, is_nothing, pairs
from generator.model.diagnostic import Diagnostic, Place, error

NAMES = ("newsletter.yaml", "newsletter.yml")

ALIASES = {
    "titre": "title",
    "devise": "motto",
    "adresse": "base_url",
    "url": "base_url",
    "langue": "language",
    "lang": "language",
    "locale": "language",
    "fuseau": "timezone",
    "fuseau horaire": "timezone",
    "author": "authors",
    "auteur": "authors",
    "auteurs": "authors",
    "license": "licence",
    "paginate": "per_page",
    "par page": "per_page",
    "nav": "navigation",
    "menu": "navigation",
    "points clés": "key_points",
    "étiquettes": "tags",
    "flux": "feeds",
    "thème": "theme",
    "publication": "publish",
}
"""Other names of the keys; all names compare without case, accents, hyphens and spaces."""

_COMMA_LISTS = frozenset(("tags.allowed", "tags.synonyms", "key_points.labels"))


def read_config(
    folder: Path, file: Path | None = None
) -> tuple[Config, tuple[Diagnostic, ...], str]:
    """The configuration of a newsletter, its problems, and the digest of the file's bytes.

    Without a file every default holds and the digest is empty; a `file` that was asked for must be
    there. Wrong values are left out of the result.
    """
    chosen = file or next((folder / name for name in NAMES if (folder / name).is_file()), None)
    if chosen is None:
        return Config(), (), ""
    path = _path_from(folder, chosen)
    try:
        data = chosen.read_bytes()
    except (OSError, ValueError) as trouble:
        missing = isinstance(trouble, FileNotFoundError)
        code = "config-missing" if missing else "unreadable"
        return Config(), (error(code, Place(path), path=path, reason=_reason(trouble)),), ""
    digest = blake2b(data, digest_size=16).hexdigest()
    text = _decoded(data, path)
    if isinstance(text, Diagnostic):
        return Config(), (text,), digest
    config, problems = config_of(text, path)
    return config, problems, digest


def config_of(text: str, path: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration that a text holds, and what is wrong with it; `path` is for messages."""
    sheet = sheet_of(text, path)
    composed = compose(sheet)
    root = composed.root
    if root is not None and is_nothing(root):
        root = None
    if root is not None and not isinstance(root, MappingNode):
        problem = sheet.error("yaml-no-keys", root.start_mark)
        return Config(), (*composed.problems, problem)
    shaped = shape(
        _with_authors(root) if root else None,
        Config,
        sheet=sheet,
        aliases=ALIASES,
        readers={AuthorConfig: _author},
        comma_lists=_COMMA_LISTS,
    )
    config, wrong = _checked(shaped, sheet)
    secrets = _secrets(root, sheet) if root else ()
    return config, in_file_order((*composed.problems, *shaped.problems, *wrong, *secrets))


def _path_from(folder: Path, file: Path) -> str:
    try:
        return file.resolve().relative_to(folder.resolve()).as_posix()
    except (ValueError, OSError):
        return file.as_posix()


def _reason(trouble: Exception) -> str:
    return getattr(trouble, "strerror", None) or type(trouble).__name__


def _decoded(data: bytes, path: str) -> str | Diagnostic:
    """The text of a UTF-8 file, line ends as `\\n`; else what is wrong with the file."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or data[:4].count(0) == 2:
        return error("encoding", Place(path, 1), encoding="UTF-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = data.count(b"\n", 0, trouble.start) + 1
        return error("encoding", Place(path, line), encoding="Windows-1252")
    if "\0" in text:
        before = text[: text.index("\0")].split("\n")
        return error("nul-byte", Place(path, len(before), len(before[-1]) + 1))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _with_authors(root: MappingNode) -> MappingNode:
    """`author: X` is the first of `authors`."""
    single = _first_named(root, "author", "auteur")
    if single is None:
        return root
    several = _first_named(root, "authors", "auteurs")
    people = [*_people(single[1]), *(_people(several[1]) if several else ())]
    key, value = several or single
    joined = SequenceNode(value.tag, people, value.start_mark, value.end_mark)
    rest = [pair for pair in root.value if pair is not single and pair is not several]
    return MappingNode(root.tag, [(key, joined), *rest], root.start_mark, root.end_mark)


def _first_named(root: MappingNode, *names: str) -> tuple[Node, Node] | None:
    return next(
        (
            pair
            for pair in root.value
            if isinstance(pair[0], ScalarNode) and fold(pair[0].value) in names
        ),
        None,
    )


def _people(node: Node) -> list[Node]:
    if isinstance(node, SequenceNode):
        return list(node.value)
    return [] if is_nothing(node) else [node]


def _author(shaper: Shaper, node: Node, spot: Spot) -> Any:
    """An author: a name, or a mapping that has one."""
    if not isinstance(node, MappingNode):
        name = shaper.text(node, spot)
        return UNSET if name is UNSET else AuthorConfig(name=name)
    author = struct(shaper, node, AuthorConfig, spot, {"nom": "name", "mail": "email"})
    if author is not UNSET and not author.name:
        return shaper.wrong("missing-key", node, key=f"{spot.key}.name")
    return author


def _checked(shaped: Shaped[Config], sheet: Sheet) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Leave out the values that have the right type and still cannot be."""
    config = shaped.value or Config()
    problems = []
    sound: dict[str, Any] = {}
    for code, key, value, facts in _unsound(config):
        place = shaped.places.get(key, Place(sheet.path))
        line = sheet.lines[place.line - 1] if place.line else ""
        problems.append(error(code, place, line_text=line, key=key, value=value, **facts))
        if "." not in key:
            sound[key] = getattr(Config(), key)
    sound.setdefault("base_url", config.base_url.rstrip("/") + "/")
    return replace(config, **sound), tuple(problems)


def _unsound(config: Config) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Code, key, value and facts of each value that cannot be."""
    if not checks.is_base_url(config.base_url):
        yield "not-a-url", "base_url", config.base_url, {}
    if not checks.is_language(config.language):
        yield "not-a-language", "language", config.language, {}
    if not checks.is_time_zone(config.timezone):
        near = checks.nearest_time_zone(config.timezone)
        yield "not-a-time-zone", "timezone", config.timezone, {"nearest": near}
    unknown = checks.unknown_permalink_name(config.permalink)
    if unknown is not None:
        near = nearest(unknown, checks.PERMALINK_NAMES, always=True)
        yield "permalink-name", "permalink", config.permalink, {"name": unknown, "nearest": near}
    elif "{slug}" not in config.permalink:
        yield "permalink-slug", "permalink", config.permalink, {}
    for key in ("accent", "accent_dark"):
        colour = getattr(config.theme, key)
        if colour and not checks.is_colour(colour):
            yield "not-a-colour", f"theme.{key}", colour, {}
    for hub in config.feeds.hubs:
        if not checks.is_web_address(hub):
            yield "not-a-url", "feeds.hubs", hub, {}


def _secrets(root: MappingNode, sheet: Sheet) -> Iterator[Diagnostic]:
    """Secrets under `publish`; the line is not quoted, since messages end up in public logs."""
    for key, value in pairs(root):
        if isinstance(key, ScalarNode) and fold(key.value) in ("publish", "publication"):
            for name, node in _settings(value, key.value):
                if checks.holds_a_secret(name.rpartition(".")[2], node.value):
                    yield error("config-secret", sheet.place(node.start_mark), key=name)


def _settings(node: Node, name: str) -> Iterator[tuple[str, ScalarNode]]:
    """Every single value below a node, with its dotted name."""
    if isinstance(node, MappingNode):
        for key, value in pairs(node):
            if isinstance(key, ScalarNode):
                yield from _settings(value, f"{name}.{key.value}")
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _settings(item, name)
    elif isinstance(node, ScalarNode):
        yield name, node
