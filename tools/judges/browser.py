"""Opens the pages in a real browser, as readers with different screens and wishes do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Playwright, Request, Response, Route
from playwright.sync_api import Page as Tab

from . import tools
from .built import Page, Sample

META_REFRESH = re.compile(r"<meta[^>]+http-equiv=[\"']?refresh[^>]*>", re.IGNORECASE)
LEFT = "net::ERR_ABORTED"
"""What a request says that was under way when the reader left the page."""
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@dataclass(frozen=True)
class Look:
    """How a reader sees the site."""

    name: str
    width: int
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    zoom: int = 1
    """Page zoom: a window of the same size then has `width / zoom` CSS pixels."""
    text: int = 100
    """Size of the reader's text, in percent of what browsers start with."""
    javascript: bool = True


@dataclass
class Visit:
    """A page, opened; and what happened behind the reader's back."""

    page: Page
    tab: Tab
    foreign: list[str] = field(default_factory=list)
    """Requests to other hosts; they got no answer."""
    errors: list[str] = field(default_factory=list)
    """Errors on the console, uncaught exceptions, and requests that failed."""
    statuses: dict[str, int] = field(default_factory=dict)
    """What was fetched, by address, with its status."""


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=tools.chromium(), args=list(FLAGS))
    try:
        yield browser
    finally:
        browser.close()


def visits(
    browser: Browser, samples: Iterable[Sample], look: Look, script: str = ""
) -> Iterator[tuple[str, Visit]]:
    """Open the samples one after the other; gives each with its name. `script` runs before any
    page's own.
    """
    context = browser.new_context(
        viewport={"width": look.width // look.zoom, "height": look.height // look.zoom},
        device_scale_factor=look.zoom,
        color_scheme=look.scheme,
        reduced_motion="reduce",
        java_script_enabled=look.javascript,
    )
    try:
        tab = context.new_page()
        tab.add_init_script(script)
        for sample in samples:
            visit = Visit(sample.page, tab)
            with watching(visit):
                tab.goto(sample.page.url, wait_until="load")
                if look.text != 100:
                    tab.add_style_tag(content=f":root {{ font-size: {look.text}% !important }}")
                yield sample.name, visit
    finally:
        context.close()


def is_guess(url: str) -> bool:
    """Chromium may look for an icon where no page names one, at the root of the host."""
    return urlsplit(url).path == "/favicon.ico"


@contextmanager
def watching(visit: Visit) -> Iterator[None]:
    """Note what the page asks for and complains of."""
    host = urlsplit(visit.page.url).netloc

    def request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != host:
            visit.foreign.append(request.url)

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not is_guess(message.location["url"]):
            visit.errors.append(f"console: {message.text} ({message.location['url']})")

    def exception(error: Error) -> None:
        visit.errors.append(f"exception: {error}")

    def response(response: Response) -> None:
        visit.statuses[response.url] = response.status
        if response.status >= 400 and not is_guess(response.url):
            visit.errors.append(f"{response.status} for {response.url}")

    def failed(request: Request) -> None:
        if request.url not in visit.foreign and request.failure != LEFT:
            visit.errors.append(f"{request.failure} for {request.url}")

    listeners: dict[Any, Any] = {
        "request": request,
        "console": console,
        "pageerror": exception,
        "response": response,
        "requestfailed": failed,
    }
    for event, listener in listeners.items():
        visit.tab.on(event, listener)
    if visit.page.refresh:
        visit.tab.route(visit.page.url, stay)
    try:
        yield
    finally:
        visit.tab.unroute_all()
        for event, listener in listeners.items():
            visit.tab.remove_listener(event, listener)


def stay(route: Route) -> None:
    """Show a redirect page as those see it whose browser does not follow it."""
    answer = route.fetch()
    route.fulfill(response=answer, body=META_REFRESH.sub("", answer.text()))
