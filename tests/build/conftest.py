"""What all tests of builds share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jinja2 import Environment


@pytest.fixture(scope="session", autouse=True)
def quick_templates() -> Iterator[None]:
    """Jinja compiles the same text once. Half of a small build is its compiler, which is a pure
    function of the text, and not what is tested here.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in ("parse", "compile"):
            patch.setattr(Environment, name, _remembered(getattr(Environment, name)))
        yield


def _remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[object, Any] = {}

    def remembered(environment: Environment, *texts: Any, **more: Any) -> Any:
        key = (texts, tuple(more.items()))
        if key not in known:
            known[key] = function(environment, *texts, **more)
        return known[key]

    return remembered
