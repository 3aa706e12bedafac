"""What the runner must know about a generator."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.corpus import Article

SITES = Path(__file__).parent.parent / "sites"
MARK = 'name="edit" content="'
"""Every article template holds this meta element, whose content "one template edited" changes."""


class Absent(Exception):  # noqa: N818 - nothing of ours went wrong
    """The generator cannot be had here; its text says why."""


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A generator, and how the corpus is laid out for it."""

    name: str
    """As it is asked for: `PEERS="hugo"`."""
    title: str
    install: Callable[[Path], None]
    """Puts it into a folder; raises Absent."""
    version: Callable[[Path], str]
    command: Callable[[Path, Path], list[str]]
    """From its folder and the site's: what builds the site, run in the site's folder."""
    article: Callable[[Article], tuple[str, str]]
    """Path in the site's folder, and text."""
    images: str
    """Folder of the shared pictures."""
    template: str
    """The template of article pages."""
    output: str = "public"
    caches: tuple[str, ...] = ()
    """What a cold build must not find, beside the output."""

    def lay_out(self, site: Path, articles: Iterable[Article]) -> None:
        """Make the site's folder: settings, templates, pictures, articles."""
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(SITES / self.name, site)
        (site / self.images).mkdir(parents=True)
        for name, data in corpus.images().items():
            (site / self.images / name).write_bytes(data)
        for article in articles:
            self.put(site, article)

    def put(self, site: Path, article: Article) -> None:
        """Write one article, new or edited."""
        path, text = self.article(article)
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def edit_template(self, site: Path, edit: int) -> None:
        """Change the template of article pages, so that each of them changes."""
        file = site / self.template
        before, mark, after = file.read_text(encoding="utf-8").partition(MARK)
        assert mark, f"{self.template} has no {MARK}"
        file.write_text(f'{before}{mark}{edit}"{after.partition(chr(34))[2]}', encoding="utf-8")

    def forget(self, site: Path) -> None:
        """Remove output and caches: the next build is a cold one."""
        for name in (self.output, *self.caches):
            shutil.rmtree(site / name, ignore_errors=True)


def install_python(folder: Path, name: str) -> None:
    """Make a virtual environment with the pinned requirements that lie in the site's folder."""
    wanted, stamp = SITES / name / "requirements.txt", folder / "requirements.txt"
    if same(stamp, wanted):
        return
    shutil.rmtree(folder, ignore_errors=True)
    run(sys.executable, "-m", "venv", folder)
    run(folder / "bin/python", "-m", "pip", "install", "--quiet", "--requirement", wanted)
    shutil.copy(wanted, stamp)


def same(one: Path, other: Path) -> bool:
    """Whether both are there and hold the same."""
    return one.exists() and one.read_bytes() == other.read_bytes()


def run(*command: str | Path) -> str:
    """What a command prints; Absent when it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Absent(str(error)) from error
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise Absent(f"{words[0]} failed: {lines[-1] if lines else done.returncode}")
    return done.stdout
