"""The code that Jinja makes of our templates: what is known is not asked again on every page."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from markupsafe import Markup, escape

from generator.model.views import Shell


def shown(value: object) -> str:
    """As `markupsafe.escape`, which takes its time to find that there is nothing to escape."""
    if type(value) is str:
        if not ("&" in value or "<" in value or ">" in value or "'" in value or '"' in value):
            return value
    elif type(value) is Markup:
        return value
    elif type(value) is int:
        return str(value)
    return escape(value)


class Code(CodeGenerator):
    """Jinja's own code, but for two things (both hooks that `jinja2.nativetypes` uses as well).

    `{{ t("home") }}` and `{{ shell.home }}` are the same on every page, so their texts stand in the
    code; and what is not, is printed by `environment.shown`.
    """

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        known = _known(node, frame, getattr(self.environment, "shell", None))
        if known is None or _unescaped(frame):
            return super()._output_child_to_const(node, frame, finalize)
        return escape(known)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _unescaped(frame):
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


def _known(node: nodes.Expr, frame: Frame, shell: Shell | None) -> str | None:
    """A word without a number or a text of the shell.

    What does not exist is told, with its line, by the first page that needs it.
    """
    text: object = None
    match node:
        case nodes.Call(
            node=nodes.Name(name="t"),
            args=[nodes.Const(value=str(key))],
            kwargs=[],
            dyn_args=None,
            dyn_kwargs=None,
        ) if shell and not _assigned("t", frame):
            text = shell.words.get(key)
        case nodes.Getattr(node=nodes.Name(name="shell"), attr=name) if not _assigned(
            "shell", frame
        ):
            text = getattr(shell, name, None)
    return text if isinstance(text, str) else None


def _assigned(name: str, frame: Frame) -> bool:
    """Whether the template gives a name a meaning of its own here."""
    load = frame.symbols.find_load(frame.symbols.ref(name))
    return load != (VAR_LOAD_RESOLVE, name) or name in frame.symbols.dump_stores()


def _unescaped(frame: Frame) -> bool:
    """Whether values may be printed as they are: under `{% autoescape … %}`."""
    return frame.eval_ctx.volatile or not frame.eval_ctx.autoescape
