"""The documentation that is made from the code is what the code says today."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_template_api_is_documented_as_it_is() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "template_docs.py"))["page"]()
    assert (ROOT / "docs" / "templates.md").read_text("utf-8") == made, (
        "run: python tools/template_docs.py"
    )
