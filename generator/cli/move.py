"""What a `marbre rename` moves where; what cannot be is refused before anything is touched."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from msgspec import Struct

from generator.cli.command import Misuse
from generator.cli.failure import Refusal
from generator.cli.newsletter import Newsletter
from generator.content.load import MARKDOWN
from generator.model.diagnostic import Place, error
from generator.survey import Survey


class Move(Struct, frozen=True):
    """What goes where: a file, or a folder with all that is in it."""

    old: Path
    new: Path
    paths: dict[str, str]
    """New source path by old one, of the article and of what lies beside it."""
    article: str
    """Source path of the article before."""


def plan_move(old: Path, new: str, newsletter: Newsletter, survey: Survey, *, again: bool) -> Move:
    """Find out what is meant, and refuse what cannot be."""
    here, there = _found(old, newsletter), _wanted(new, old, newsletter)
    if here is None and again:
        return _made_already(old, there, newsletter)
    if here is None:
        raise Misuse("no-file", path=old)
    if here.is_dir():
        there = _bundle(there)
    elif there.suffix.lower() not in MARKDOWN:
        there = there.with_name(there.name + here.suffix)
    article = source_path(here / "index.md" if here.is_dir() else here, newsletter)
    if here.is_dir() and not (here / "index.md").is_file():
        raise Misuse("is-folder", path=old)
    content = newsletter.folder / "content"
    for path in (here, there):
        if not path.is_relative_to(content) or path == content:
            raise Refusal(error("rename-outside", path=newsletter.shown(path)))
    if os.path.lexists(there):
        raise Refusal(error("rename-exists", Place(newsletter.shown(there))))
    if here.is_dir() and there.is_relative_to(here):
        raise Refusal(error("rename-inside", path=newsletter.shown(there)))
    if article not in {a.path for a in survey.articles}:
        own = [p for p in survey.problems if p.place.path == article and p.severity == "error"]
        raise Refusal(*own, error("rename-unread", Place(article)))
    return Move(here, there, _paths(here, there, newsletter), article)


def _made_already(old: Path, there: Path, newsletter: Newsletter) -> Move:
    """A move that was made before, whose links are to be mended now."""
    content = newsletter.folder / "content"
    places = _places(old, newsletter)
    place = next((p for p in places if p.is_relative_to(content)), places[-1])
    there = next((p for p in (there, there.with_name(there.name + ".md")) if p.exists()), there)
    if not there.exists():
        raise Misuse("no-file", path=old)
    paths = {new: former for former, new in _paths(there, place, newsletter).items()}
    article = source_path(place / "index.md" if there.is_dir() else place, newsletter)
    if article not in paths:
        raise Misuse("no-file", path=old)
    return Move(place, there, paths, article)


def _paths(here: Path, there: Path, newsletter: Newsletter) -> dict[str, str]:
    files = [here] if here.is_file() else [f for f in sorted(here.rglob("*")) if f.is_file()]
    return {
        source_path(file, newsletter): source_path(there / file.relative_to(here), newsletter)
        if here.is_dir()
        else source_path(there, newsletter)
        for file in files
    }


def _places(path: Path, newsletter: Newsletter) -> tuple[Path, ...]:
    """What a path may mean: from here, from the newsletter, from its content."""
    starts = (Path(), newsletter.folder, newsletter.folder / "content")
    return tuple(Path(os.path.abspath(start / path)) for start in starts)


def _found(old: Path, newsletter: Newsletter) -> Path | None:
    """The file or folder that moves; the index.md of a bundle means its folder."""
    found = next((p for p in _places(old, newsletter) if p.exists()), None)
    content = newsletter.folder / "content"
    if found and found.name == "index.md" and found.parent != content:
        return found.parent
    return found


def _wanted(new: str, old: Path, newsletter: Newsletter) -> Path:
    """Where it goes: a name alone stays beside; an existing folder takes it in by its own name."""
    content = newsletter.folder / "content"
    places = _places(Path(new), newsletter)
    if {"/", os.sep} & set(new):
        there = next((p for p in places if p.is_relative_to(content)), places[-1])
    else:
        home = next((p for p in _places(old, newsletter) if p.exists()), content / old)
        there = (home.parent if home.name != "index.md" else home.parent.parent) / new
    if new.endswith(("/", os.sep)) or (there.is_dir() and not _is_bundle(there)):
        return there / (old.parent.name if old.name == "index.md" else old.name)
    return there


def _is_bundle(folder: Path) -> bool:
    return (folder / "index.md").is_file()


def _bundle(there: Path) -> Path:
    """The folder of a bundle, by whatever name was given."""
    return there.parent if there.name == "index.md" else there.with_suffix("")


def source_path(path: Path, newsletter: Newsletter) -> str:
    """A file as the newsletter calls it."""
    return unicodedata.normalize("NFC", newsletter.shown(path))
