"""Write docs/templates.md from the docstrings of the views: `python tools/template_docs.py`."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
VIEWS = ROOT / "generator" / "model" / "views.py"
TEMPLATES = ROOT / "templates"
PAGE = ROOT / "docs" / "templates.md"

INTRODUCTION = """\
# Templates

<!-- Made by tools/template_docs.py from generator/model/views.py; change it there. -->

A template of the same name in your newsletter's `templates/` takes the place of the theme's. Each
block of `base.html` (`head_extra`, `masthead`, `navigation`, `main`, `footer` …) can also be
replaced alone: a template that you replaced is still there as `theme/<name>`, so your `base.html`
may say `{% extends "theme/base.html" %}` and change one block. Templates are Jinja2, and a name
that does not exist is an error that says what does.

A part is included (`{% include "partials/byline.html" %}`), and then sees what the page sees, or
its macros are imported (`{% from "partials/card.html" import cards %}`), and then they see what
they are given, `shell` and `t`. The latter are loaded once for all pages. A macro that prints the
same on many pages can be printed once: `{{ once(card, item, 3) }}` is `{{ card(item, 3) }}`, and
remembers it for the next page that gives it the same. Imported `with context`, macros see the page
too; then they are loaded for each page, and `once` remembers nothing. `shell`, `t` and `once` mean
the same in every template; do not give these names to anything else.

Style sheets in `templates/static/css/` are bound, in the order of their names, into one sheet after
the theme's; every other file of `templates/static/` is published under `/assets/` with its content
in its name.

"""


def main() -> None:
    PAGE.write_text(page(), "utf-8")


def page() -> str:
    tree = ast.parse(VIEWS.read_text("utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    introduction = (ast.get_docstring(tree) or "").partition("\n\n")[2]
    return "\n".join(
        (INTRODUCTION + introduction + "\n", "## Pages\n", *_pages(), "", "## Views\n")
    ) + "\n".join(_view(node) for node in classes)


def _pages() -> list[str]:
    """Which template gets which view, from the comment at each template's top."""
    rows = ["| template | what it says of itself |", "|---|---|"]
    for file in sorted(TEMPLATES.glob("*.html")):
        comment = file.read_text("utf-8").partition("{#")[2].partition("#}")[0]
        told = " ".join(comment.split()).replace("|", "\\|")
        rows.append(f"| `{file.name}` | {told} |")
    return rows


def _view(node: ast.ClassDef) -> str:
    lines = [
        f"### {node.name}\n",
        f"{ast.get_docstring(node)}\n",
        "| field | type | |",
        "|---|---|---|",
    ]
    for field, told in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            is_doc = isinstance(told, ast.Expr) and isinstance(told.value, ast.Constant)
            text = " ".join(str(told.value.value).split()) if is_doc else ""  # type: ignore[union-attr]
            kind = ast.unparse(field.annotation).replace("|", "\\|")
            lines.append(f"| `{field.target.id}` | `{kind}` | {text.replace('|', chr(92) + '|')} |")
    return "\n".join((*lines, ""))


if __name__ == "__main__":
    main()
