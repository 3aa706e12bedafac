"""What YAML's parser complains about, in terms of what authors do: tabs, quotes, colons."""

from __future__ import annotations

import yaml

from generator.config.sheet import Sheet
from generator.model.diagnostic import Diagnostic, Place, error

_CAUSES = (
    ("mapping values are not allowed", "yaml-colon"),
    ("unknown escape character", "yaml-escape"),
    ("hexdecimal", "yaml-escape"),
    ("escape code", "yaml-escape"),
    ("quoted scalar", "yaml-quote"),
    ("flow sequence", "yaml-bracket"),
    ("flow mapping", "yaml-bracket"),
    ("could not find expected ':'", "yaml-no-colon"),
    ("undefined alias", "yaml-alias"),
    ("alphabetic or numeric character", "yaml-alias"),
    ("duplicate anchor", "yaml-alias"),
    ("undefined tag handle", "yaml-tag-unknown"),
    ("single document", "yaml-documents"),
    ("document start", "yaml-documents"),
    ("cannot start any token", "yaml-character"),
    ("block sequence entries", "yaml-dash"),
    ("did not find expected", "yaml-indentation"),
)
"""Words of libyaml's messages, the telling ones first, and the mistake that they mean."""

_FROM_ITS_START = frozenset({"yaml-quote", "yaml-bracket"})
"""Mistakes that are where something was opened, not where the parser gave up."""


def syntax_error(sheet: Sheet, trouble: yaml.YAMLError) -> Diagnostic:
    """Say where the YAML goes wrong, and why it most likely does."""
    if not isinstance(trouble, yaml.MarkedYAMLError):  # pragma: no cover - `clean` prevents it
        return error("yaml-syntax", Place(sheet.path, sheet.first_line))
    said = f"{trouble.problem} {trouble.context}"
    code = next((code for words, code in _CAUSES if words in said), "yaml-syntax")
    mark = trouble.problem_mark or trouble.context_mark
    if code in _FROM_ITS_START and trouble.context_mark:
        mark = trouble.context_mark
    if mark is None:  # pragma: no cover - libyaml always says where
        return error("yaml-syntax", Place(sheet.path, sheet.first_line))
    line = sheet.line(mark)
    if "\t" in line[: len(line) - len(line.lstrip())] or "tab character" in said:
        return sheet.error("yaml-tab", mark)
    return sheet.error(code, mark, character=line[mark.column : mark.column + 1])
