"""The one place where the preview calls the pipeline: a change in, an outcome out."""

from __future__ import annotations

import errno
import threading
import time
import traceback
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from generator import pipeline
from generator.config.read import NAMES, read_config
from generator.config.schema import Config
from generator.content.load import MARKDOWN
from generator.engine.engine import Engine
from generator.model.diagnostic import Diagnostic, Place, Stop, error
from generator.model.request import Request
from generator.proof import Proofs
from generator.survey import Survey, look_over

Clock = Callable[[ZoneInfo], datetime]


class Outcome(Struct, frozen=True):
    """What a build gave."""

    problems: tuple[Diagnostic, ...]
    """Warnings; when it failed, everything that is wrong."""
    failed: bool = False
    """Nothing was written: the last good pages stand."""
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    articles: int = 0
    seconds: float = 0
    due: float | None = None
    """When an article appears or expires next, in seconds since 1970."""


class Workshop:
    """A newsletter that is built again and again, with drafts and future articles."""

    def __init__(
        self, folder: Path, config_file: Path | None, output: Path, origin: str, clock: Clock
    ) -> None:
        self.folder = folder
        self.config_file = config_file
        self.output = output
        self.origin = origin
        """Where the preview is served, without slash at the end: `http://127.0.0.1:8000`."""
        self.jobs = 1
        """Processes of a build; more than one only before any thread was started."""
        self.config = self._read_config()
        self.problems: tuple[Diagnostic, ...] = ()
        """What the last build had to complain about."""
        self._clock = clock
        self._one_at_a_time = threading.Lock()
        self._survey: Survey | None = None
        self._proofs = Proofs()
        self._shown: dict[str, tuple[str, bytes]] = {}
        """Proofs that are shown in the place of their pages, by the path of the article."""

    @property
    def base_path(self) -> str:
        """Where the site stands on its host: `/lettre/`."""
        return urlsplit(self.config.base_url).path or "/"

    def build(self, changed: Collection[str]) -> Outcome:
        """Build after a change of some files, by their paths in the newsletter; never raises for
        what the author or the file system did.
        """
        started = time.perf_counter()
        with self._one_at_a_time:
            outcome = self._built(changed)
            self.problems = outcome.problems
            if outcome.failed:
                self._survey = None  # what there is now is not what was built last
        return replace(outcome, seconds=time.perf_counter() - started)

    def survey(self) -> Survey:
        """What there is in the newsletter after the last build. Raises OSError, Stop."""
        if (known := self._survey) is not None:
            return known  # also while the next build is under way
        with self._one_at_a_time:
            if self._survey is None:
                self._survey = look_over(self.request())
            return self._survey

    def proof(self, changed: Collection[str]) -> str:
        """Show the page of the one article that changed, before all else, if that can be done; its
        path in the output, or nothing. Also while a build is under way: it is shown from memory,
        and only builds write into the output.
        """
        path = next(iter(changed), "")
        if len(changed) != 1 or not path.lower().endswith(MARKDOWN):
            return ""
        proof = self._proofs.page(path)
        if proof is None or not self._is_news(*proof):
            return ""
        self._shown = {**self._shown, path: proof}
        return proof[0]

    def keep_proofs(self, paths: Iterable[str]) -> None:
        """After a build that went well, show what was built, but for articles that were edited
        since: those are printed anew from what the build learned, or stay if there is a mistake.
        """
        kept = {path: self._shown[path] for path in paths if path in self._shown}
        self._shown = {path: self._proofs.page(path) or old for path, old in kept.items()}

    def page(self, path: str) -> bytes:
        """A page as it is shown now, by its path in the output. Raises OSError."""
        proofs = dict(self._shown.values())
        return proofs[path] if path in proofs else (self.output / path).read_bytes()

    def _is_news(self, path: str, proof: bytes) -> bool:
        try:
            return self.page(path) != proof
        except OSError:  # not built yet
            return False

    def _learn(self, survey: Survey) -> None:
        self._survey = survey
        self._proofs.learn(survey)

    def request(self) -> Request:
        """What is asked of the pipeline now."""
        return Request(
            folder=str(self.folder),
            config_file=str(self.config_file or ""),
            output=str(self.output),
            base_url=self.origin + self.base_path,
            now=self._clock(ZoneInfo(self.config.timezone)),
            drafts=True,
            future=True,
        )

    def _built(self, changed: Collection[str]) -> Outcome:
        for last in (False, True):
            try:
                if self._is_config(changed):
                    self.config = self._read_config()
                report = pipeline.build(self.request(), Engine(self.jobs), self._learn)
            except Stop as stop:
                return Outcome(stop.diagnostics, failed=True)
            except FileNotFoundError as problem:  # a file that went while it was being read
                if last:
                    return Outcome((_of_system(problem),), failed=True)
                continue
            except OSError as problem:
                return Outcome((_of_system(problem),), failed=True)
            except Exception as problem:  # a bug of ours must not end the writer's session
                traceback.print_exc()
                bug = error("preview-bug", reason=f"{type(problem).__name__}: {problem}")
                return Outcome((bug,), failed=True)
            return Outcome(
                report.diagnostics,
                articles=report.articles,
                written=report.written,
                removed=report.removed,
                due=report.due,
            )
        raise AssertionError("unreachable")

    def _is_config(self, changed: Collection[str]) -> bool:
        own = self.config_file
        return any(path in NAMES or (own and self.folder / path == own) for path in changed)

    def _read_config(self) -> Config:
        return read_config(self.folder, self.config_file)[0]


def _of_system(problem: OSError) -> Diagnostic:
    path = str(problem.filename2 or problem.filename or "?")
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return error("disk-full", Place(path), path=path)
    reason = problem.strerror or str(problem)
    return error("file-system", Place(path), path=path, reason=reason)
