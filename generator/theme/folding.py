"""What is the same on every page is put into a template when it is compiled, not page by page."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from generator.model.views import Shell


def folded(template: nodes.Template, shell: Shell) -> nodes.Template:
    """The template with `t("word")` and `shell.home` replaced by their texts.

    Only words without a number and texts of the shell; what does not exist stays as it is written
    and is told, with its line, by the first page that needs it.
    """
    taken = frozenset(_assigned(template))
    _Folding(shell, taken).visit(template)
    return template


def _assigned(template: nodes.Template) -> Iterator[str]:
    """Names to which the template gives a meaning of its own."""
    yield from (name.name for name in template.find_all(nodes.Name) if name.ctx != "load")
    yield from (macro.name for macro in template.find_all(nodes.Macro))
    yield from (imported.target for imported in template.find_all(nodes.Import))
    for import_ in template.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in import_.names)


class _Folding(NodeTransformer):
    def __init__(self, shell: Shell, taken: frozenset[str]) -> None:
        words = {key: text for key, text in shell.words.items() if isinstance(text, str)}
        texts = {name: getattr(shell, name) for name in shell.__struct_fields__}
        self.words = {} if "t" in taken else words
        self.texts = {} if "shell" in taken else {n: v for n, v in texts.items() if type(v) is str}

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's way to name it
        match node:
            case nodes.Call(
                node=nodes.Name(name="t"),
                args=[nodes.Const(value=str(key))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ) if key in self.words:
                return nodes.Const(self.words[key], lineno=node.lineno)
        return self.generic_visit(node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        match node:
            case nodes.Getattr(node=nodes.Name(name="shell"), attr=name) if name in self.texts:
                return nodes.Const(self.texts[name], lineno=node.lineno)
        return self.generic_visit(node)
