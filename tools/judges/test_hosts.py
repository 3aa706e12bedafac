"""The files for hosts, held against real servers, a real browser, and the hosts' own readers."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from . import hosts
from .browser import Look, visits
from .built import read_site
from .conftest import build_newsletter, copy_newsletter
from .hosts import Answer, Hosted
from .ports import free_port
from .verdict import verdict

ODD = (
    "/vieux/",
    '/été 2024/l\'œuf "dur"/',
    "/a%23b/{c};$d (e)/",
    "/x.html",
    "/100%25/",
    "/étoile*:nom/",
    "/[crochets]|barre/~^/",
    "/plus+et&autre=1/@,!/",
)
"""Old addresses as front matter gives them; `%` stands before two digits."""
OLD = """---
title: Vieux
date: 2025-01-05
aliases: [{aliases}]
---
Une image d’ailleurs, et une vidéo.

<img src="https://ailleurs.example/a.png" alt="Un chat" width="10" height="10">

<iframe src="https://video.example/embed/1" title="Une vidéo"></iframe>

<form action="https://lettre.example/abonner" method="post"><button>S’abonner</button></form>
"""
NEW = "/lettre/2025/01/vieux/"
READER = {"accept": "application/rss+xml, application/atom+xml, */*"}
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module", params=list(hosts.SERVERS))
def hosted(request: pytest.FixtureRequest) -> Iterator[Hosted]:
    """The sample newsletter on a real server, under a path."""
    kind = str(request.param)
    with tempfile.TemporaryDirectory(prefix="marbre-hosts-") as name:
        here = Path(name)
        here.chmod(0o755)
        port, root = free_port(), here / "www"
        base_url = f"http://127.0.0.1:{port}/lettre/"
        site = root / "lettre"
        build(here, site, base_url, kind)
        aside = here / "aside"
        aside.mkdir()
        with hosts.SERVERS[kind](root, site, aside, port):
            yield Hosted(kind, root, base_url)


@pytest.mark.parametrize("kind", hosts.SERVERS)
def test_a_site_at_the_root_of_its_host(kind: str) -> None:
    with tempfile.TemporaryDirectory(prefix="marbre-hosts-") as name:
        here, port = Path(name), free_port()
        here.chmod(0o755)
        site = here / "www"
        build(here, site, f"http://127.0.0.1:{port}/", kind)
        with hosts.SERVERS[kind](site, site, here, port):
            hosted = Hosted(kind, site, f"http://127.0.0.1:{port}/")
            assert hosted.ask("/").body == (site / "index.html").read_bytes()
            assert hosted.ask("/tags").status == 301
            old = hosted.ask("/vieux/")
            assert (old.status, urlsplit(old.header("location")).path) == (301, "/2025/01/vieux/")
            shown, fetched = hosted.ask("/feed.xml", **BROWSER), hosted.ask("/feed.xml", **READER)
            assert shown.header("content-type") == "application/xml; charset=utf-8"
            assert fetched.header("content-type") == "application/rss+xml; charset=utf-8"
            lost = hosted.ask("/nowhere/")
            assert (lost.status, lost.body) == (404, (site / "404.html").read_bytes())
            assert "default-src 'none'" in lost.header("content-security-policy")
            assert hosted.ask("/.marbre/manifest.json").status == 404


def build(here: Path, site: Path, base_url: str, *kinds: str) -> None:
    newsletter = here / "newsletter"
    newsletter.mkdir(parents=True)
    copy_newsletter(newsletter)
    with (newsletter / "newsletter.yaml").open("a", encoding="utf-8") as config:
        config.write(f"feeds: {{authors: [rss, json]}}\npublish: {{host: [{', '.join(kinds)}]}}\n")
    aliases = ", ".join("'" + old.replace("'", "''") + "'" for old in ODD)
    old = newsletter / "content" / "2025-01-05-vieux.md"
    old.write_text(OLD.format(aliases=aliases), encoding="utf-8")
    build_newsletter(newsletter, site, base_url)


def some(hosted: Hosted, pattern: str) -> str:
    """The path of a file of the site."""
    site = hosted.root / "lettre"
    return "/lettre/" + next(site.glob(pattern)).relative_to(site).as_posix()


def kinds(hosted: Hosted) -> dict[str, Answer]:
    """An answer of every kind that a server gives."""
    paths = {
        "page": "/lettre/2025/01/vieux/",
        "front page": "/lettre/",
        "redirect": "/lettre/vieux/",
        "folder": "/lettre/tags",
        "lost": "/lettre/2019/no/such/page/",
        "feed": "/lettre/feed.xml",
        "feed of a tag": some(hosted, "tags/*/feed.xml"),
        "atom": "/lettre/atom.xml",
        "json": "/lettre/feed.json",
        "json of an author": some(hosted, "authors/*/feed.json"),
        "opml": "/lettre/feeds.opml",
        "style": some(hosted, "assets/style.*.css"),
        "script": some(hosted, "assets/marbre.*.js"),
        "font": some(hosted, "assets/*.woff2"),
        "picture": some(hosted, "images/*.png"),
        "drawing": "/lettre/favicon.svg",
        "robots": "/lettre/robots.txt",
        "sitemap": "/lettre/sitemap.xml",
    }
    return {kind: hosted.ask(path, **READER) for kind, path in paths.items()}


def test_every_answer_has_the_security_headers_once(hosted: Hosted) -> None:
    for kind, answer in kinds(hosted).items():
        policy = answer.header("content-security-policy")
        assert "default-src 'none'" in policy, kind
        assert "unsafe" not in policy, kind
        assert answer.header("x-content-type-options") == "nosniff", kind
        assert answer.header("referrer-policy") == "strict-origin-when-cross-origin", kind
        assert "camera=()" in answer.header("permissions-policy"), kind


def test_every_kind_has_its_type(hosted: Hosted) -> None:
    types = {kind: answer.header("content-type") for kind, answer in kinds(hosted).items()}
    bare = {kind: type_.partition(";")[0] for kind, type_ in types.items()}
    assert bare["feed"] == bare["feed of a tag"] == "application/rss+xml"
    assert bare["atom"] == "application/atom+xml"
    assert bare["json"] == bare["json of an author"] == "application/feed+json"
    assert bare["opml"] == "text/x-opml"
    assert bare["page"] == bare["lost"] == "text/html"
    assert bare["script"] == "text/javascript"
    assert bare["font"] == "font/woff2"
    assert bare["picture"] == "image/png"
    assert bare["sitemap"] == "application/xml"
    for kind in ("page", "feed", "atom", "opml", "style", "script", "robots", "drawing"):
        assert types[kind].lower().replace(" ", "").endswith(";charset=utf-8"), kind


def test_what_never_changes_is_kept_and_what_may_is_asked_for(hosted: Hosted) -> None:
    said = {kind: answer.header("cache-control") for kind, answer in kinds(hosted).items()}
    for kind in ("style", "script", "font"):
        assert said[kind] == "public, max-age=31536000, immutable"
    for kind in ("feed", "feed of a tag", "atom", "json", "json of an author"):
        assert said[kind] == "public, max-age=900"
    for kind in ("picture", "drawing"):
        assert said[kind] == "public, max-age=3600"
    for kind in ("page", "front page", "robots", "sitemap"):
        assert said[kind] == "public, max-age=0, must-revalidate"
    gone = hosted.ask("/lettre/assets/style.0123456789.css")
    assert gone.status == 404
    assert "immutable" not in gone.header("cache-control")
    licence = hosted.ask("/lettre/assets/OFL.txt")
    assert licence.status == 200
    assert "immutable" not in licence.header("cache-control")


@pytest.mark.parametrize("old", ODD)
def test_an_old_address_is_a_true_redirect(hosted: Hosted, old: str) -> None:
    path = "/lettre" + quote(old, safe="/%!$&'()+,;=@[]|~*:")
    for asked in dict.fromkeys((path, path.removesuffix("/"))):
        answer = hosted.ask(asked)
        assert answer.status == 301, asked
        assert urljoin(hosted.base_url, answer.header("location")) == urljoin(hosted.base_url, NEW)


def test_an_old_address_leads_only_from_itself(hosted: Hosted) -> None:
    assert hosted.ask("/lettre/vieux/suite/").status == 404
    assert hosted.ask("/lettre/xxhtml").status == 404
    assert hosted.ask("/vieux/").status == 404


@pytest.mark.parametrize("path", ["/lettre", "/lettre/tags", "/lettre/2025/01/vieux"])
def test_a_folder_without_its_slash_leads_to_it(hosted: Hosted, path: str) -> None:
    answer = hosted.ask(path)
    assert answer.status == 301
    assert urljoin(hosted.base_url, answer.header("location")) == urljoin(
        hosted.base_url, path + "/"
    )


@pytest.mark.parametrize(
    "path", ["/lettre/nowhere", "/lettre/2019/12/x/y.png", "/lettre/tags/nowhere/feed.xml"]
)
@pytest.mark.parametrize("accepting", [READER, BROWSER])
def test_a_lost_reader_gets_our_page(hosted: Hosted, path: str, accepting: dict[str, str]) -> None:
    answer = hosted.ask(path, **accepting)
    assert answer.status == 404
    assert answer.body == (hosted.root / "lettre" / "404.html").read_bytes()
    assert answer.header("content-type").startswith("text/html")


@pytest.mark.parametrize("path", [".marbre/manifest.json", ".marbre/hosts/nginx.conf", ".htaccess"])
def test_what_is_hidden_is_not_served(hosted: Hosted, path: str) -> None:
    assert hosted.ask("/lettre/" + path).status in (403, 404)


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml"])
def test_a_browser_gets_a_feed_as_xml_and_a_reader_as_a_feed(hosted: Hosted, path: str) -> None:
    shown = hosted.ask("/lettre/" + path, **BROWSER)
    fetched = hosted.ask("/lettre/" + path, **READER)
    bare = hosted.ask("/lettre/" + path)
    assert shown.status == fetched.status == 200
    assert shown.body == fetched.body == (hosted.root / "lettre" / path).read_bytes()
    assert shown.header("content-type").lower() == "application/xml; charset=utf-8"
    own = {"feed.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}[path]
    for answer in (fetched, bare):
        assert answer.header("content-type").lower() == f"{own}; charset=utf-8"
    for answer in (shown, fetched, bare):
        assert "accept" in varies(answer)
        assert answer.header("cache-control") == "public, max-age=900"


def varies(answer: Answer) -> list[str]:
    """Headers of the question on which the answer depends."""
    return [part.strip().lower() for value in answer.all("vary") for part in value.split(",")]


@pytest.mark.parametrize("path", ["", "feed.xml", "feed.json", "sitemap.xml"])
@pytest.mark.parametrize("accepting", [READER, BROWSER])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_is_unchanged_is_not_sent_again(
    hosted: Hosted, path: str, accepting: dict[str, str], encoding: str
) -> None:
    asking = {**accepting, "accept_encoding": encoding}
    first = hosted.ask("/lettre/" + path, **asking)
    is_packed = first.header("content-encoding") == "gzip"
    assert is_packed == (encoding == "gzip")
    body = gzip.decompress(first.body) if is_packed else first.body
    file = hosted.root / "lettre" / (path or "index.html")
    assert body == file.read_bytes()
    again = hosted.ask("/lettre/" + path, **asking, if_none_match=first.header("etag"))
    assert (again.status, again.body) == (304, b"")


UNREACHED = "ERR_NAME_NOT_RESOLVED"
"""What the network says of other hosts, which the browser of the tests does not reach."""
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.refused.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


def test_no_page_breaks_the_policy(hosted: Hosted, browser: Browser) -> None:
    """Every kind of page, in light and dark; what cannot be reached is no matter of the policy."""
    samples = read_site(hosted.root / "lettre", hosted.base_url).samples
    assert {"article", "front", "subscribe"} <= {sample.page.kind for sample in samples}
    verdict(
        f"{name} ({visit.page.path}), {look.name}: {finding}"
        for look in (Look("light", 1280), Look("dark", 360, 780, scheme="dark"))
        for name, visit in visits(browser, samples, look, script=WATCH)
        for finding in (*visit.tab.evaluate("window.refused"), *visit.errors)
        if UNREACHED not in finding
    )


def test_what_authors_bring_from_elsewhere_is_asked_for(hosted: Hosted, browser: Browser) -> None:
    """The browser of the tests reaches no other host; it must be the network that says no."""
    tab = browser.new_page()
    failed: dict[str, str] = {}
    tab.on("requestfailed", lambda r: failed.update({urlsplit(r.url).netloc: r.failure or ""}))
    tab.add_init_script(WATCH)
    tab.goto(urljoin(hosted.base_url, NEW))
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate("window.refused") == []
    assert set(failed) == {"ailleurs.example", "video.example"}
    assert all(UNREACHED in why for why in failed.values()), failed
    tab.close()


def test_what_is_inline_is_refused(hosted: Hosted, browser: Browser) -> None:
    """The policy is really there: it refuses what it must."""
    page = hosted.root / "lettre" / "inline.html"
    page.write_text(
        "<!doctype html><title>x</title><style>p{color:red}</style>"
        '<p style="color:red" onclick="x()">x</p><script>window.ran = true</script>'
        '<script src="https://ailleurs.example/a.js"></script>'
    )
    try:
        tab = browser.new_page()
        tab.add_init_script(WATCH)
        tab.goto(hosted.base_url + "inline.html")
        refused = {line.partition(":")[0] for line in tab.evaluate("window.refused")}
        assert refused >= {"style-src-elem", "style-src-attr", "script-src-elem"}
        assert tab.evaluate("window.ran") is None
        assert tab.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(0, 0, 0)"
        tab.close()
    finally:
        page.unlink()


def test_the_theme_works_under_the_policy(hosted: Hosted, browser: Browser) -> None:
    """Style, fonts and the script that copies."""
    tab = browser.new_page()
    tab.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => { window.copied = document.activeElement.value; return true }"
    )
    tab.goto(hosted.base_url + "abonnement/")
    tab.locator("[data-copy]").first.click()
    tab.wait_for_function("window.copied")
    assert tab.evaluate("window.copied") == hosted.base_url + "feed.xml"
    assert tab.evaluate("document.styleSheets[0].cssRules.length") > 0
    loaded = tab.evaluate(
        "document.fonts.ready.then((all) => [...all].some((f) => f.status === 'loaded'))"
    )
    assert loaded
    tab.close()


def test_a_feed_opened_in_a_browser_can_be_read(hosted: Hosted, browser: Browser) -> None:
    """The style sheet of feeds applies, which it does to XML only, and under the policy."""
    tab = browser.new_page()
    answer = tab.goto(hosted.base_url + "feed.xml")
    assert answer is not None
    assert answer.status == 200
    assert tab.evaluate("document.documentElement.tagName") == "rss"
    shown = "getComputedStyle(document.querySelector('channel > title')).display"
    assert tab.evaluate(shown) == "block"
    assert tab.evaluate("document.styleSheets[0].cssRules.length") > 0
    tab.close()
