"""Follows every address that the site itself gives, on the server that serves it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .built import Built, Page

ADDRESSES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "blockquote": ("cite",),
    "button": ("formaction",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href", "imagesrcset"),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href",),
    "video": ("src", "poster"),
}
META = ("og:image", "og:url", "og:audio", "twitter:image")
CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
REFRESH_URL = re.compile(r"url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    type: str = ""
    body: bytes = b""
    location: str = ""


@dataclass
class Server:
    """Asks the site's server, once for each address."""

    base_url: str
    answers: dict[str, Answer] = field(default_factory=dict)

    def get(self, url: str) -> Answer:
        if url not in self.answers:
            self.answers[url] = ask(url)
        return self.answers[url]

    def serves(self, url: str) -> bool:
        return urlsplit(url).netloc == urlsplit(self.base_url).netloc


def check(built: Built) -> list[str]:
    """Every address on a page, in a style sheet or in the site map that leads nowhere."""
    server = Server(built.base_url)
    findings = [
        f"{page.path}: {reason}" for page in built.pages for reason in check_page(page, server)
    ]
    for file in sorted(built.folder.rglob("*.css")):
        name = file.relative_to(built.folder).as_posix()
        urls = CSS_URL.findall(file.read_text(encoding="utf-8"))
        findings += (f"{name}: {why}" for why in follow(built.base_url + name, urls, server))
    sitemap = server.get(built.base_url + "sitemap.xml")
    locations = re.findall(r"<loc>([^<]+)</loc>", sitemap.body.decode())
    findings += (f"sitemap.xml: {why}" for why in follow(built.base_url, locations, server))
    return findings


def check_page(page: Page, server: Server) -> Iterator[str]:
    answer = server.get(page.url)
    if answer.status != 200:
        yield f"is not served: {answer.status} for {page.url}"
        return
    yield from follow(page.url, addresses(answer.body), server)


def check_refresh(page: Page, server: Server) -> Iterator[str]:
    """What is wrong with a redirect page: it must lead, at once, to a page that is no redirect."""
    delay = page.refresh.partition(";")[0].strip()
    if delay != "0":
        yield f"waits {delay} s before it redirects"
    targets = [urljoin(page.url, url) for url in REFRESH_URL.findall(page.refresh)]
    if not targets:
        yield "redirects to itself"
    for target in targets:
        if not server.serves(target):
            continue
        answer = server.get(urldefrag(target).url)
        if answer.status != 200:
            yield f"redirects to {target}, which answers {answer.status}"
        elif LexborHTMLParser(answer.body).css_first('meta[http-equiv="refresh" i]'):
            yield f"redirects to {target}, which redirects again"


def addresses(html: bytes) -> Iterator[str]:
    """Every address in a page, as written."""
    tree = LexborHTMLParser(html)
    for tag, names in ADDRESSES.items():
        for node in tree.css(tag):
            yield from (value for name in names for value in values(node, name))
    for node in tree.css("meta[content]"):
        content = node.attributes["content"] or ""
        name = node.attributes.get("property") or node.attributes.get("name")
        if name in META:
            yield content
        elif (node.attributes.get("http-equiv") or "").lower() == "refresh":
            yield from REFRESH_URL.findall(content)
    for node in tree.css("style"):
        yield from CSS_URL.findall(node.text())
    for node in tree.css("[style]"):
        yield from CSS_URL.findall(node.attributes["style"] or "")


def values(node: LexborNode, name: str) -> Iterator[str]:
    if name not in node.attributes:
        return
    value = (node.attributes[name] or "").strip()
    if name.endswith("srcset"):
        yield from (part.split()[0] for part in value.split(", ") if part.split())
    else:
        yield value


def follow(here: str, urls: Iterable[str], server: Server) -> Iterator[str]:
    """What is wrong with the addresses found at `here`; those of other sites are left alone."""
    for written in dict.fromkeys(urls):
        url, fragment = urldefrag(urljoin(here, written))
        if urlsplit(url).scheme not in ("http", "https") or not server.serves(url):
            continue
        if not url.startswith(server.base_url):
            yield f"{written} is outside the site, which lives at {server.base_url}"
            continue
        answer = server.get(url)
        if answer.status in (301, 302):
            yield f"{written} is redirected to {answer.location}: link to that"
        elif answer.status != 200:
            yield f"{written} answers {answer.status}"
        elif fragment and answer.type.startswith("text/html"):
            name = unquote(fragment).partition(":~:")[0]
            if name not in ("", "top") and name not in ids(answer.body):
                yield f"{written}: nothing has the id “{name}” there"


@cache
def ids(html: bytes) -> frozenset[str]:
    tree = LexborHTMLParser(html)
    return frozenset(node.attributes["id"] or "" for node in tree.css("[id]"))


def ask(url: str) -> Answer:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        response = connection.getresponse()
        return Answer(
            response.status,
            response.getheader("Content-Type", ""),
            response.read(),
            response.getheader("Location", ""),
        )
    finally:
        connection.close()
