"""Every `tests/cases/markdown/NAME.md` becomes `NAME.html`.

After a deliberate change: `pytest tests/content/test_markdown_cases.py --rewrite-cases`, then read
the diff like prose.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from reader import read, whole

CASES = Path(__file__).parent.parent / "cases" / "markdown"


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.md")))
def test_case(name: str, request: pytest.FixtureRequest) -> None:
    made = whole(read((CASES / f"{name}.md").read_text("utf-8")))
    expected = CASES / f"{name}.html"
    if request.config.getoption("--rewrite-cases"):
        expected.write_text(made, "utf-8")
    assert made == expected.read_text("utf-8")
