"""The Jinja environment: strict about names, escaping by default, a mistake said with its line."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, pass_context
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.runtime import Context
from msgspec import Struct

from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.job import Job
from generator.model.views import Shell
from generator.theme.layers import Layers
from generator.theme.words import say


class TemplateMistake(Exception):  # noqa: N818 - the mistake is the template author's
    """A template could not print a page; says where, as a diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.code)


class JinjaTheme(Struct, frozen=True):
    """The templates, ready to print pages (the Theme of `contracts`)."""

    environment: Environment
    shells: dict[str, Shell]
    layers: Layers

    def page(self, job: Job, page: Struct, **more: object) -> bytes:
        """Print a job's template. Raises TemplateMistake for whatever the template does wrong."""
        names = {"shell": self.shells[job.shell], "page": page, "here": job.here, **more}
        try:
            return self.environment.get_template(job.template).render(names).encode("utf-8")
        except RecursionError as problem:
            raise TemplateMistake(_mistake(problem, job, self.layers)) from None
        except Exception as problem:
            if _line(problem, self.layers) is None and not isinstance(problem, TemplateError):
                raise  # not in a template: our own bug keeps its traceback
            raise TemplateMistake(_mistake(problem, job, self.layers)) from None


def make_environment(
    layers: Layers, filters: Mapping[str, Callable[..., object]] | None = None
) -> Environment:
    """An environment that sees the layers and nothing else."""
    environment = Environment(
        loader=FunctionLoader(lambda name: _load(layers, name)),
        undefined=_Undefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals["t"] = _t
    environment.filters.update(filters or {})
    return environment


class _Undefined(StrictUndefined):
    """A name that does not exist: says what does."""

    def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> NoReturn:
        owner = self._undefined_obj
        names = getattr(owner, "__struct_fields__", None) or (
            tuple(owner) if isinstance(owner, dict) else ()
        )
        near = difflib.get_close_matches(str(self._undefined_name), map(str, names), n=1)
        known = UndefinedError(self._undefined_message)
        known.add_note(near[0] if near else ", ".join(map(str, names)))
        raise known

    __iter__ = __str__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = (
        _fail_with_undefined_error
    )


@pass_context
def _t(context: Context, key: str, /, **values: object) -> str:
    shell: Shell = context["shell"]
    return say(shell.words, shell.lang, key, **values)


def _load(layers: Layers, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    file = layers.files.get(name)
    return (file.data.decode("utf-8"), file.shown, lambda: True) if file else None


def _mistake(problem: Exception, job: Job, layers: Layers) -> Diagnostic:
    if isinstance(problem, TemplateNotFound):
        near = difflib.get_close_matches(str(problem.name), layers.templates, n=1)
        return error(
            "missing-template",
            Place(job.origin),
            template=problem.name,
            page=job.path,
            known=near[0]
            if near
            else ", ".join(n for n in sorted(layers.templates) if "/" not in n),
        )
    line = _line(problem, layers)
    place = Place(*line) if line else Place(job.template)
    what = getattr(problem, "message", None) or str(problem) or type(problem).__name__
    has = " ".join(getattr(problem, "__notes__", ()))
    code = "template-name" if has else "template-error"
    return error(code, place, what=what, page=job.path, has=has, line_text=_text(place, layers))


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
