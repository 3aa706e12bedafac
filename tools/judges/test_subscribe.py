"""The copy buttons of the subscribe page, in browsers that refuse in different ways."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from .built import Built

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
REFUSED = (
    "Object.defineProperty(navigator, 'clipboard',"
    " {value: {writeText: () => Promise.reject(new Error('denied'))}});"
)
OLD_WAY = (
    "document.execCommand = () => { window.copied = document.activeElement.value; return true; };"
)
NOT_AT_ALL = "document.execCommand = () => false;"


@pytest.mark.parametrize("clipboard", [NO_CLIPBOARD, REFUSED])
def test_an_address_is_copied_without_permission(
    built: Built, browser: Browser, clipboard: str
) -> None:
    tab = browser.new_page()
    tab.add_init_script(clipboard + OLD_WAY)
    tab.goto(built.base_url + "abonnement/")
    button = tab.locator("[data-copy]").first
    label = button.inner_text()
    button.click()
    tab.wait_for_function("window.copied")
    assert tab.evaluate("window.copied") == built.base_url + "feed.xml"
    assert button.inner_text() != label, "it says that it is done"
    tab.close()


def test_where_nothing_may_be_copied_the_address_is_selected(
    built: Built, browser: Browser
) -> None:
    tab = browser.new_page()
    tab.add_init_script(NO_CLIPBOARD + NOT_AT_ALL)
    tab.goto(built.base_url + "abonnement/")
    tab.locator("[data-copy]").first.click()
    field = tab.locator(".by-hand")
    field.wait_for()
    assert field.input_value() == built.base_url + "feed.xml"
    chosen = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert field.evaluate(chosen) == built.base_url + "feed.xml"
    tab.close()
