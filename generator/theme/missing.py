"""A name that a template asks for in vain, told in its author's words."""

from __future__ import annotations

import re
from typing import Any

from jinja2.exceptions import UndefinedError
from jinja2.utils import missing
from msgspec import Struct


class MissingName(UndefinedError):  # noqa: N818 - named after what happened
    """A name does not exist, here or in the value that should have it."""

    def __init__(self, message: str | None, owner: Any, name: object) -> None:
        super().__init__(message)
        self.owner = owner
        """What should have it; `missing` for a name that stands alone."""
        self.name = str(name)

    @property
    def known(self) -> tuple[str, ...]:
        """What its owner has instead."""
        if isinstance(self.owner, Struct):
            return self.owner.__struct_fields__
        return tuple(map(str, self.owner)) if isinstance(self.owner, dict) else ()


def describe(problem: MissingName, line: str) -> tuple[str, dict[str, str]]:
    """The code of the diagnostic, and what its sentence quotes; `line` is the template's."""
    if problem.owner is missing:
        return "template-undefined", {"what": problem.name}
    code = "template-name" if problem.known else "template-nothing"
    owner = _written(problem.name, line)
    return code, {"owner": owner, "kind": type(problem.owner).__name__, "what": problem.name}


def _written(name: str, line: str) -> str:
    """How the line names the owner: `page` in `{{ page.titel }}`."""
    name = re.escape(name)
    attribute, item = rf"\.\s*{name}\b", rf"\[\s*['\"]?{name}['\"]?\s*\]"
    found = re.search(rf"([A-Za-z_][\w.]*)\s*(?:{attribute}|{item})", line)
    return found[1] if found else "…"
