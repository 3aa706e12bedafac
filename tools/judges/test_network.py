"""What travels: links, feeds, redirects, weight, and nothing to anybody else."""

from __future__ import annotations

from urllib.parse import urljoin

from playwright.sync_api import Browser

from . import feeds, links, weight
from .browser import Look, visits
from .built import Built
from .links import Server
from .verdict import verdict

DEEP = "2019/12/no/such/page/"


def test_every_link_leads_somewhere(built: Built) -> None:
    verdict(links.check(built))


def test_pages_load_without_an_error_and_ask_no_other_host(built: Built, browser: Browser) -> None:
    verdict(
        f"{name} ({visit.page.path}): {finding}"
        for look in (Look("wide", 1280), Look("phone", 360, 780, scheme="dark"))
        for name, visit in visits(browser, built.samples, look)
        for finding in (*(f"asks {url}" for url in visit.foreign), *visit.errors)
    )


def test_feed_readers_understand_every_feed(built: Built, server: Server) -> None:
    announced = feeds.announced(built, server)
    assert built.base_url + "feed.xml" in announced
    verdict(
        finding for url, kind in announced.items() for finding in feeds.check(url, kind, server)
    )


def test_redirects_lead_somewhere_at_once(built: Built, server: Server) -> None:
    verdict(
        f"{page.path}: {finding}"
        for page in built.pages
        if page.refresh
        for finding in links.check_refresh(page, server)
    )


def test_a_lost_reader_gets_the_sites_own_page(built: Built, browser: Browser) -> None:
    """At any depth: its style sheet must be found from there too."""
    tab = browser.new_page()
    failed: list[str] = []
    tab.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    url = urljoin(built.base_url, DEEP)
    answer = tab.goto(url)
    assert answer is not None
    assert answer.status == 404
    assert tab.locator("h1").first.is_visible()
    assert tab.evaluate("document.styleSheets.length") > 0
    assert failed == [url]
    tab.close()


def test_pages_are_light(built: Built, browser: Browser, server: Server) -> None:
    verdict(
        f"{name} ({visit.page.path}): {finding}"
        for name, visit in visits(browser, built.samples, Look("wide", 1280))
        for finding in weight.check(visit.statuses, server)
    )
