"""The HTML itself."""

from __future__ import annotations

import re

from . import nu, tools
from .built import Built
from .verdict import verdict

KIND = re.compile(r"(?:block kind %}|data-kind=\")([\w-]+)")


def test_the_nu_checker_has_nothing_to_say(built: Built) -> None:
    verdict(nu.check(built.folder))


def test_every_page_says_its_kind(built: Built) -> None:
    """Without it a page would not be judged; files copied from `content/` are the writer's own."""
    verdict(
        f"{page.path}: its body has no data-kind"
        for page in built.pages
        if not page.kind and not (tools.ROOT / "content" / page.path).is_file()
    )


def test_the_sample_newsletter_shows_every_kind_of_page(built: Built) -> None:
    """A kind that the theme can draw and that no page shows would never be judged."""
    drawn = {
        kind
        for template in sorted((tools.ROOT / "templates").rglob("*.html"))
        for kind in KIND.findall(template.read_text(encoding="utf-8"))
    }
    shown = {page.kind for page in built.pages}
    assert {"front", "article", "tag"} <= drawn
    verdict(f"no page of the kind “{kind}”" for kind in sorted(drawn - shown))
