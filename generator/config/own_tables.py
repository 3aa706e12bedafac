"""Read `locales/<code>.yaml` of a newsletter: other words for Marbre's, or a language it lacks."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from string import Formatter
from typing import Any

from msgspec import UNSET, Struct
from yaml import MappingNode, Node, ScalarNode

from generator.config.checks import is_language
from generator.config.cldr import cldr
from generator.config.decoding import decoded
from generator.config.locale import FALLBACK, read_locale
from generator.config.nearest import nearest
from generator.config.own_files import digests_of, own_files
from generator.config.shape import shape
from generator.config.shaper import Shaper, Spot
from generator.config.sheet import clean, in_file_order, sheet_of
from generator.config.yaml_nodes import compose, is_nothing, pairs
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.urls import slug
from generator.model.words import OwnTable, OwnTables

_SLUGS = "slug_"


class Own(Struct, frozen=True):
    """The words of a newsletter, and what is wrong with them."""

    tables: OwnTables
    digests: dict[str, str]
    """Of the bytes of each file, by its path in the newsletter."""
    problems: tuple[Diagnostic, ...]


def read_own_tables(folder: Path) -> Own:
    """Read every table of a newsletter's `locales/`. Raises OSError."""
    files = own_files(folder)
    tables: OwnTables = {}
    problems: list[Diagnostic] = []
    for path, data in files.items():
        lang = PurePosixPath(path).stem
        if not is_language(lang):
            problems.append(error("locale-file-name", Place(path), name=lang))
            continue
        text = decoded(data, path)
        if isinstance(text, Diagnostic):
            problems.append(text)
            continue
        tables[lang.lower()], wrong = own_table_of(text, path, lang)
        problems += wrong
    return Own(tables, digests_of(files), tuple(problems))


def own_table_of(text: str, path: str, lang: str) -> tuple[OwnTable, tuple[Diagnostic, ...]]:
    """The table that a text holds, without what is wrong in it."""
    sheet = sheet_of(text, path)
    composed = compose(sheet)
    root = composed.root
    if root is None or is_nothing(root):
        return OwnTable(), composed.problems
    if not isinstance(root, MappingNode):
        return OwnTable(), (*composed.problems, sheet.error("yaml-no-keys", root.start_mark))
    shaped = shape(root, OwnTable, sheet=sheet, readers={"words": _Words(lang).read})
    problems = in_file_order((*composed.problems, *shaped.problems))
    return shaped.value or OwnTable(), problems


class _Words(Struct, frozen=True):
    """Reads the mapping `words` of a language, held against the English table."""

    lang: str

    def read(self, shaper: Shaper, node: Node, spot: Spot) -> Any:
        if is_nothing(node):
            return UNSET
        if not isinstance(node, MappingNode):
            return shaper.wrong("not-a-mapping", node, key=spot.key, value=shaper.found(node))
        english = read_locale(FALLBACK).words
        found: dict[str, Any] = {}
        for key, value in pairs(node):
            name = key.value if isinstance(key, ScalarNode) else ""
            inner = spot.inside(name, name)
            if name not in english:
                _unknown(shaper, key, inner.key, tuple(english))
            elif name in found:
                shaper.wrong("locale-twice", key, key=inner.key)
            else:
                found[name] = self._text(shaper, value, inner, english[name])
        return {name: text for name, text in found.items() if text is not UNSET}

    def _text(self, shaper: Shaper, node: Node, spot: Spot, english: str | dict[str, str]) -> Any:
        if isinstance(english, str):
            return _checked(shaper, node, spot, english)
        if not isinstance(node, MappingNode):
            return shaper.wrong(
                "locale-not-plural", node, key=spot.key, wanted=", ".join(self._categories())
            )
        forms: dict[str, Any] = {}
        for key, value in pairs(node):
            name = key.value if isinstance(key, ScalarNode) else ""
            if name in self._categories():
                inner = spot.inside(name, name)
                forms[name] = _checked(shaper, value, inner, english["other"])
            else:
                _unknown(shaper, key, spot.inside(name, name).key, self._categories())
        missing = [name for name in self._categories() if name not in forms]
        if missing:
            listed = ", ".join(missing)
            return shaper.wrong("locale-plural-missing", node, key=spot.key, missing=listed)
        return UNSET if UNSET in forms.values() else forms

    def _categories(self) -> tuple[str, ...]:
        """The plural categories of the CLDR, in its order."""
        known = cldr(self.lang).plural_form.tags | {"other"}
        order = ("zero", "one", "two", "few", "many", "other")
        return tuple(name for name in order if name in known)


def _checked(shaper: Shaper, node: Node, spot: Spot, english: str) -> Any:
    """A text that can be said with the values that it will be given."""
    text = shaper.text(node, spot)
    if text is UNSET:
        return text
    known = _names(english)
    try:
        names = _names(text)
    except ValueError:
        return shaper.wrong("locale-braces", node, key=spot.key, value=text)
    for name in sorted(names - known):
        listed = ", ".join(f"{{{each}}}" for each in sorted(known)) or "–"
        shaper.wrong("locale-placeholder", node, key=spot.key, name=name, known=listed)
    if names - known:
        return UNSET
    address = slug(text) if spot.name.rpartition(".")[2].startswith(_SLUGS) else text
    if address != text:
        return shaper.wrong("locale-slug", node, key=spot.key, value=text, made=address)
    return text


def _names(text: str) -> set[str]:
    """The values that a text wants. Raises ValueError for braces that say anything else."""
    found = set()
    for _, name, form, conversion in Formatter().parse(text):
        if form or conversion:
            raise ValueError(text)
        if name is not None:
            found.add(name)
    return found


def _unknown(shaper: Shaper, node: Node, key: str, known: tuple[str, ...]) -> None:
    near = nearest(key.rpartition(".")[2], known, always=True)
    shaper.wrong("unknown-key", node, key=clean(key), nearest=near)
