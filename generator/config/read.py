"""Read newsletter.yaml: one typed value, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from hashlib import blake2b
from math import floor
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from generator.config import checks
from generator.config.colour import DARK_PAPER, LIGHT_PAPER, READABLE, contrast
from generator.config.decoding import decoded
from generator.config.nearest import fold, nearest
from generator.config.publish import read_publish
from generator.config.schema import AuthorConfig, Config, PublishConfig
from generator.config.shape import Shaped, shape, struct
from generator.config.shaper import Shaper, Spot
from generator.config.sheet import Sheet, in_file_order, sheet_of
from generator.config.yaml_nodes import compose, is_nothing, pairs
from generator.model.diagnostic import Diagnostic, Place, error, warning

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
    "éditeur": "editor",
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
    chosen = _chosen(folder, file)
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
    text = decoded(data, path)
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
    shaped = _shaped(root, sheet)
    config, wrong = _checked(shaped, sheet)
    secrets = _secrets(root, sheet) if root else ()
    return config, in_file_order((*composed.problems, *shaped.problems, *wrong, *secrets))


def key_places(folder: Path, file: Path | None = None) -> dict[str, Place]:
    """Where the value of each key stands (`navigation.0.address`): for mistakes that only the whole
    site shows. Empty for a file that cannot be read as YAML.
    """
    sheet, root = sheet_and_root(folder, file)
    return _shaped(root, sheet).places if root else {}


def sheet_and_root(folder: Path, file: Path | None = None) -> tuple[Sheet, MappingNode | None]:
    """The configuration as its author wrote it, and as a tree; no tree for a file that is not there
    or cannot be read as YAML.
    """
    chosen = _chosen(folder, file)
    path = config_path(folder, file)
    try:
        text = decoded(chosen.read_bytes(), path) if chosen else ""
    except (OSError, ValueError):
        text = ""
    sheet = sheet_of("" if isinstance(text, Diagnostic) else text, path)
    root = compose(sheet).root
    return sheet, root if isinstance(root, MappingNode) else None


def config_path(folder: Path, file: Path | None = None) -> str:
    """The configuration as messages name it, whether it is there or not."""
    return _path_from(folder, _chosen(folder, file) or folder / NAMES[0])


def _chosen(folder: Path, file: Path | None) -> Path | None:
    return file or next((folder / name for name in NAMES if (folder / name).is_file()), None)


def _shaped(root: MappingNode | None, sheet: Sheet) -> Shaped[Config]:
    return shape(
        _with_authors(root) if root else None,
        Config,
        sheet=sheet,
        aliases=ALIASES,
        readers={AuthorConfig: _author, PublishConfig: read_publish},
        comma_lists=_COMMA_LISTS,
    )


def _path_from(folder: Path, file: Path) -> str:
    try:
        return file.resolve().relative_to(folder.resolve()).as_posix()
    except (ValueError, OSError):
        return file.as_posix()


def _reason(trouble: Exception) -> str:
    return getattr(trouble, "strerror", None) or type(trouble).__name__


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
    """Leave out the values that have the right type and still cannot be; warn of odd ones."""
    config = shaped.value or Config()

    def about(say: Callable[..., Diagnostic], fault: Fault) -> Diagnostic:
        place = shaped.places.get(fault.key, Place(sheet.path))
        line = sheet.lines[place.line - 1] if place.line else ""
        facts = {"key": fault.key, "value": fault.value, **fault.facts}
        return say(fault.code, place, line_text=line, **facts)

    problems = [about(error, fault) for fault in _unsound(config)]
    sound = reduce(_without, _unsound(config), config)
    problems += [about(warning, fault) for fault in _pale(sound)]
    if sound.base_url:
        sound = replace(sound, base_url=sound.base_url.rstrip("/") + "/")
    return sound, tuple(problems)


class Fault(NamedTuple):
    """A value that its type allows, and why it will not do."""

    code: str
    key: str
    value: str
    facts: dict[str, str] = {}  # noqa: RUF012 - read only


def _unsound(config: Config) -> Iterator[Fault]:
    """Values that cannot be."""
    if config.base_url and not checks.is_base_url(config.base_url):
        yield Fault("not-a-url", "base_url", config.base_url)
    if not checks.is_language(config.language):
        yield Fault("not-a-language", "language", config.language)
    if not checks.is_time_zone(config.timezone):
        near = checks.nearest_time_zone(config.timezone)
        yield Fault("not-a-time-zone", "timezone", config.timezone, {"nearest": near})
    unknown = checks.unknown_permalink_name(config.permalink)
    if unknown is not None:
        near = nearest(unknown, checks.PERMALINK_NAMES, always=True)
        facts = {"name": unknown, "nearest": near}
        yield Fault("permalink-name", "permalink", config.permalink, facts)
    elif "{slug}" not in config.permalink:
        yield Fault("permalink-slug", "permalink", config.permalink)
    for key in ("accent", "accent_dark"):
        colour = getattr(config.theme, key)
        if colour and not checks.is_colour(colour):
            yield Fault("not-a-colour", f"theme.{key}", colour)
    if config.editor and not checks.is_editor(config.editor):
        near = nearest(config.editor, tuple(checks.EDITORS), always=True)
        yield Fault("not-an-editor", "editor", config.editor, {"nearest": near})
    for hub in config.feeds.hubs:
        if not checks.is_web_address(hub):
            yield Fault("not-a-url", "feeds.hubs", hub)


def _without(config: Config, fault: Fault) -> Config:
    """The configuration without one wrong value, the default in its place."""
    outer, _, inner = fault.key.partition(".")
    if not inner:
        return replace(config, **{outer: getattr(Config(), outer)})
    section = getattr(config, outer)
    value = getattr(section, inner)
    rest = tuple(v for v in value if v != fault.value) if isinstance(value, tuple) else ""
    return replace(config, **{outer: replace(section, **{inner: rest})})


def _pale(config: Config) -> Iterator[Fault]:
    """Colours that hardly show on the paper where they stand."""
    for key, paper in (("accent", LIGHT_PAPER), ("accent_dark", DARK_PAPER)):
        colour = getattr(config.theme, key)
        if colour and contrast(colour, paper) < READABLE:
            ratio = f"{floor(contrast(colour, paper) * 10) / 10}"  # 4.49 must not read as 4.5
            facts = {"contrast": ratio, "paper": paper, "wanted": f"{READABLE}"}
            yield Fault("low-contrast", f"theme.{key}", colour, facts)


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
