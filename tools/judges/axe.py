"""axe-core: the rules of WCAG 2.2 A and AA, and its best practices, on an open page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page as Tab

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22a",
            "wcag22aa",
            "best-practice",
        ],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def check(tab: Tab, source: str) -> list[str]:
    """Every violation on the page, with the elements that it is about."""
    tab.evaluate(source)
    result: dict[str, Any] = tab.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}{elements(violation)}"
        for violation in result["violations"]
    ]


def elements(violation: dict[str, Any]) -> str:
    shown = violation["nodes"][:5]
    left = len(violation["nodes"]) - len(shown)
    lines = [f"\n    {node['target'][0]}: {reason(node)}" for node in shown]
    return "".join(lines) + (f"\n    … and {left} more" if left else "")


def reason(node: dict[str, Any]) -> str:
    """The part of axe's explanation that is about this element."""
    checks = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return str(checks[0] if checks else node["html"])
