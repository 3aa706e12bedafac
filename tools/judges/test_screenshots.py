"""Pictures of every kind of page, kept in build/screenshots/ for people to look at."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, FloatRect
from playwright.sync_api import Page as Tab

from . import tools
from .browser import Look, visits
from .built import Built

FOLDER = tools.ROOT / "build" / "screenshots"
TALLEST = 12_000
"""Pixels; a page of 30,000 words is cut there."""

LOOKS = (
    Look("light", 1280),
    Look("dark", 1280, scheme="dark"),
    Look("light", 360, 780),
    Look("dark", 360, 780, scheme="dark"),
)

SHOW_IMAGES = """async () => {
  await document.fonts.ready;
  for (const image of document.images) image.loading = 'eager';
  await Promise.allSettled([...document.images].map(image => image.decode()));
  return document.documentElement.scrollHeight;
}"""


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.width}-{look.scheme}")
def test_screenshots(look: Look, built: Built, browser: Browser) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, visit in visits(browser, built.samples, look):
        file = FOLDER / f"{name}-{look.width}-{look.scheme}.png"
        height = take(visit.tab, look, str(file))
        assert height > 100, f"{name} ({visit.page.path}) is empty"


def take(tab: Tab, look: Look, path: str) -> int:
    height: int = tab.evaluate(SHOW_IMAGES)
    whole = FloatRect(x=0, y=0, width=look.width, height=min(height, TALLEST))
    tab.screenshot(path=path, full_page=True, clip=whole)
    return height
