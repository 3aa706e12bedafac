"""Everybody can read it: axe-core, the keyboard, narrow windows, large text, no JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from . import axe, layout
from .browser import Look, visits
from .built import Built
from .verdict import verdict

WIDE = Look("wide", 1280)
NARROW = Look("320 px", 320, 640)
LARGE = (
    NARROW,
    Look("phone", 360, 780),
    Look("zoomed to 200 %", 1280, zoom=2),
    Look("text at 200 %", 1280, text=200),
)


@pytest.mark.parametrize(
    "look", [WIDE, Look("dark", 1280, scheme="dark"), NARROW], ids=lambda look: look.name
)
def test_axe_finds_no_violation(
    look: Look, built: Built, browser: Browser, axe_source: str
) -> None:
    verdict(
        f"{name} ({visit.page.path}), {look.name}: {finding}"
        for name, visit in visits(browser, built.samples, look)
        for finding in axe.check(visit.tab, axe_source)
    )


@pytest.mark.parametrize("look", LARGE, ids=lambda look: look.name)
def test_nothing_scrolls_sideways(look: Look, built: Built, browser: Browser) -> None:
    verdict(
        f"{name} ({visit.page.path}), {look.name}: {finding}"
        for name, visit in visits(browser, built.samples, look)
        for finding in layout.sideways(visit.tab)
    )


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=lambda look: look.name)
def test_the_keyboard_reaches_the_text_and_focus_is_seen(
    look: Look, built: Built, browser: Browser
) -> None:
    verdict(
        f"{name} ({visit.page.path}), {look.name}: {finding}"
        for name, visit in visits(browser, built.samples, look)
        if not visit.page.refresh
        for finding in layout.keyboard(visit.tab)
    )


def test_it_reads_without_javascript(built: Built, browser: Browser) -> None:
    with_script = {
        name: layout.main_text(visit.tab) for name, visit in visits(browser, built.samples, WIDE)
    }
    without = Look("no JavaScript", 1280, javascript=False)
    verdict(
        f"{name} ({visit.page.path}): {finding}"
        for name, visit in visits(browser, built.samples, without)
        for finding in layout.lost(with_script[name], layout.main_text(visit.tab))
    )
