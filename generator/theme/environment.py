"""The Jinja environment: strict about names, escaping by default, a mistake said with its line."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import cached_property, partial
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError
from jinja2.exceptions import (
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.utils import missing
from msgspec import Struct

from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.job import Job
from generator.model.views import Shell
from generator.theme.code import Code, shown
from generator.theme.layers import Layers
from generator.theme.missing import MissingName, describe
from generator.theme.once import make_once
from generator.theme.words import UnknownWord, say

_OURS = ("shell", "t", "once")
"""Names that templates have beside those of a page."""


class TemplateMistake(Exception):  # noqa: N818 - the mistake is the template author's
    """A template could not print a page; says where, as a diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.code)


class JinjaTheme(Struct, frozen=True, dict=True):
    """The templates, ready to print pages (the Theme of `contracts`)."""

    environment: ShellEnvironment
    shells: dict[str, Shell]
    layers: Layers

    @cached_property
    def presses(self) -> dict[str, ShellEnvironment]:
        """For each shell the environment in which its pages are printed."""
        return {name: self.environment.inside(shell) for name, shell in self.shells.items()}

    def page(self, job: Job, page: Struct, **more: object) -> bytes:
        """Print a job's template. Raises TemplateMistake for whatever the template does wrong."""
        names = {"page": page, "here": job.here, **more}
        try:
            template = self.presses[job.shell].get_template(job.template)
            return template.render(names).encode("utf-8")
        except RecursionError as problem:
            raise TemplateMistake(_mistake(problem, job, self, names)) from None
        except Exception as problem:
            if _line(problem, self.layers) is None and not isinstance(problem, TemplateError):
                raise  # not in a template: our own bug keeps its traceback
            raise TemplateMistake(_mistake(problem, job, self, names)) from None


class ShellEnvironment(Environment):
    """An environment that knows the shell around its pages, so `shell` and `t` are everywhere the
    same: in macros too, which therefore need no context and are loaded once.
    """

    code_generator_class = Code
    shown = staticmethod(shown)
    shell: Shell | None = None

    def inside(self, shell: Shell) -> ShellEnvironment:
        """An environment with the same templates for the pages of a shell."""
        made = self.overlay()
        assert isinstance(made, ShellEnvironment)
        made.shell = shell
        made.globals = {
            **self.globals,
            "shell": shell,
            "t": partial(say, shell.words, shell.lang),
            "once": make_once(),
        }
        return made

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Names of every template; as one dict, because each `include` goes through all of them."""
        return {**self.globals, **d} if d else self.globals


def make_environment(
    layers: Layers, filters: Mapping[str, Callable[..., object]] | None = None
) -> ShellEnvironment:
    """An environment that sees the layers and nothing else."""
    environment = ShellEnvironment(
        loader=FunctionLoader(lambda name: _load(layers, name)),
        undefined=_Undefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # looking for constant expressions costs more than they do
        cache_size=-1,
    )
    environment.filters.update(filters or {})
    return environment


class _Undefined(StrictUndefined):
    """A name that does not exist: whatever is done with it raises MissingName."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        ours = hint is None and exc is UndefinedError  # else Jinja has something better to say
        how: Any = partial(MissingName, owner=obj, name=name) if ours else exc
        super().__init__(hint, obj, name, how)


def _load(layers: Layers, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    file = layers.files.get(name)
    return (file.data.decode("utf-8"), file.shown, lambda: True) if file else None


def _mistake(
    problem: Exception, job: Job, theme: JinjaTheme, names: Mapping[str, object]
) -> Diagnostic:
    layers = theme.layers
    line = _line(problem, layers)
    place = Place(*line) if line else Place(job.template)
    text = _text(place, layers)
    match problem:
        case TemplateNotFound():
            place = place if line else Place(job.origin)  # the article chose it, not a template
            known = _near(str(problem.name), sorted(layers.templates), folder=True)
            said = {"template": problem.name, "page": job.path, "known": known}
            return error("missing-template", place, line_text=text, **said)
        case MissingName():
            code, told = describe(problem, text)
            has = _near(problem.name, problem.known or (*names, *_OURS))
            return error(code, place, line_text=text, page=job.path, has=has, **told)
        case UnknownWord():
            key = str(problem.args[0])
            has = _near(key, theme.shells[job.shell].words)
            return error("template-word", place, line_text=text, what=key, page=job.path, has=has)
        case _:
            what = getattr(problem, "message", None) or str(problem) or type(problem).__name__
            return error("template-error", place, line_text=text, what=what, page=job.path)


def _near(name: str, known: Iterable[str], *, folder: bool = False) -> str:
    """The nearest known name; when none is near all of them (of the same `folder`)."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    beside = [n for n in names if not folder or n.rpartition("/")[0] == name.rpartition("/")[0]]
    return near[0] if near else ", ".join(beside or names)


def _line(problem: Exception, layers: Layers) -> tuple[str, int] | None:
    """The innermost line of a template that the problem passed through."""
    shown = {file.shown for file in layers.templates.values()}
    if isinstance(problem, TemplateSyntaxError) and problem.filename in shown:
        return problem.filename, problem.lineno
    found = None
    trace = problem.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name in shown:
            found = (name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _text(place: Place, layers: Layers) -> str:
    for file in layers.templates.values():
        if file.shown == place.path:
            lines = file.data.decode("utf-8", "replace").splitlines()
            return lines[place.line - 1] if 0 < place.line <= len(lines) else ""
    return ""
