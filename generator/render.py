"""Jobs → bytes: each file made by its kind, or remembered by the digest of all it is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator.contracts import Toolbox
from generator.engine import digest
from generator.engine.engine import Engine
from generator.engine.store import Store
from generator.model.article import Body
from generator.model.diagnostic import Diagnostic
from generator.model.job import Job, Rendered
from generator.outputs.files import Copied
from generator.theme.closure import closures
from generator.theme.environment import JinjaTheme, TemplateMistake


class Outcome(Struct, frozen=True):
    """A file, or why there is none."""

    file: Rendered | None
    problem: Diagnostic | None = None


def render_all(
    jobs: Sequence[Job],
    toolbox: Toolbox,
    theme: JinjaTheme,
    bodies: Mapping[str, Body],
    engine: Engine,
    store: Store[Outcome],
) -> tuple[tuple[Rendered, ...], tuple[Diagnostic, ...]]:
    """Make every file; of one mistake that many pages make, the first page's is told."""
    function = partial(_render, toolbox=toolbox, theme=theme, bodies=bodies)
    outcomes = tuple(
        engine.map("render", function, jobs, store=store, keys=tuple(_keys(jobs, theme)))
    )
    problems = {
        (o.problem.code, o.problem.place): o.problem for o in reversed(outcomes) if o.problem
    }
    return tuple(o.file for o in outcomes if o.file), tuple(reversed(problems.values()))


def _render(
    job: Job, *, toolbox: Toolbox, theme: JinjaTheme, bodies: Mapping[str, Body]
) -> Outcome:
    named = {path: bodies[path] for path, _ in job.bodies}
    try:
        made = toolbox.outputs[job.kind].render(job, theme, named)
    except TemplateMistake as mistake:
        return Outcome(None, mistake.diagnostic)
    if isinstance(made, Path):
        assert isinstance(job.view, Copied)
        return Outcome(Rendered(job.path, job.view.digest, copy_of=str(made)))
    return Outcome(Rendered(job.path, digest.of_bytes(made), made))


def _keys(jobs: Sequence[Job], theme: JinjaTheme) -> Iterator[str]:
    """For each job the digest of its own content, its template with all that it reaches, its shell
    and our code.
    """
    templates = closures(theme.layers, theme.environment)
    shells = {name: digest.of_value(shell) for name, shell in theme.shells.items()}
    for job in jobs:
        surroundings = {
            "template": templates.get(job.template, ""),
            "shell": shells.get(job.shell, ""),
        }
        yield digest.of_job(job, surroundings)
