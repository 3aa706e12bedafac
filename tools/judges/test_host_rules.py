"""`_headers` and `_redirects`, read by Netlify's parsers and by Cloudflare's own code."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from . import tools
from .test_hosts import NEW, ODD, build

HOST = "https://exemple.example"
KNOWN_TO_CLOUDFLARE = tuple(old for old in ODD if not set(old) & set("*|^"))
"""Its rules have no words for an asterisk, and browsers do not agree on how `|` and `^` are sent,
which it compares to the letter; such an address keeps its page."""


BOTH = "netlify, cloudflare"


@pytest.fixture(scope="module", params=["netlify", "cloudflare", BOTH])
def deployed(request: pytest.FixtureRequest) -> Iterator[Deployed]:
    with tempfile.TemporaryDirectory(prefix="marbre-rules-") as name:
        here = Path(name)
        build(here, here / "site", HOST + "/lettre/", str(request.param))
        yield Deployed(str(request.param), here / "site")


class Deployed:
    """A site as it is handed to a host."""

    def __init__(self, hosts: str, site: Path) -> None:
        self.hosts, self.site = hosts, site

    def ask(self, *paths: str) -> Any:
        """What the hosts would make of some paths."""
        script = Path(__file__).with_name("hosts.mjs")
        tools.from_npm("redirects-in-workers/package.json")
        command = [tools.node(), str(script), str(tools.NODE_MODULES), str(self.site)]
        urls = [f"{HOST}{path}" for path in paths]
        done = subprocess.run([*command, *urls], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def test_nothing_is_misunderstood(deployed: Deployed) -> None:
    heard = deployed.ask()
    assert heard["errors"] == []
    if deployed.hosts == "cloudflare":
        assert heard["complaints"] == []


@pytest.mark.parametrize("deployed", ["netlify", BOTH], indirect=True)
def test_every_old_address_is_known_to_netlify_in_spite_of_its_page(deployed: Deployed) -> None:
    asked = deployed.ask(*(f"/lettre{old}" for old in ODD))["asked"]
    assert len(asked) == len(ODD)
    for url, heard in asked.items():
        rule = heard["netlify"]["redirect"]
        assert (rule["to"], rule["status"], rule["force"]) == (NEW, 301, True), url


@pytest.mark.parametrize("deployed", ["cloudflare", BOTH], indirect=True)
def test_every_old_address_is_known_to_cloudflare(deployed: Deployed) -> None:
    asked = deployed.ask(*(f"/lettre{old}" for old in KNOWN_TO_CLOUDFLARE))["asked"]
    assert len(asked) == len(KNOWN_TO_CLOUDFLARE)
    for url, heard in asked.items():
        assert heard["cloudflare"] == [301, NEW], url
    (other,) = deployed.ask("/lettre/2025/01/vieux/")["asked"].values()
    assert other["cloudflare"] is None


def test_headers_reach_what_they_are_meant_for(deployed: Deployed) -> None:
    style = next(deployed.site.glob("assets/style.*.css")).name
    tag = next(deployed.site.glob("tags/*/feed.xml")).parent.name
    author = next(deployed.site.glob("authors/*/feed.json")).parent.name
    types = {
        "/lettre/feed.xml": "application/xml; charset=utf-8",
        f"/lettre/tags/{tag}/feed.xml": "application/xml; charset=utf-8",
        "/lettre/atom.xml": "application/xml; charset=utf-8",
        "/lettre/feed.json": "application/feed+json; charset=utf-8",
        f"/lettre/authors/{author}/feed.json": "application/feed+json; charset=utf-8",
        "/lettre/feeds.opml": "text/x-opml; charset=utf-8",
        "/lettre/": None,
        "/lettre/2025/01/vieux/": None,
        "/lettre/sitemap.xml": None,
        f"/lettre/assets/{style}": None,
    }
    asked = deployed.ask(*types)["asked"]
    for path, type_ in types.items():
        rules = asked[HOST + path]["netlify"]["headers"]
        names = [name for rule in rules for name in rule]
        assert len(names) == len(set(names)), f"{path}: Cloudflare joins what is said twice"
        said = {name: value for rule in rules for name, value in rule.items()}
        assert said["Content-Security-Policy"].startswith("default-src 'none';"), path
        assert said.get("Content-Type") == type_, path
        assert cloudflare_headers(deployed.site, path) == said, path
        if path.endswith(".css"):
            assert said["Cache-Control"] == "public, max-age=31536000, immutable"
    assert asked[HOST + "/lettre/"]["netlify"]["redirect"] is None


def cloudflare_headers(site: Path, path: str) -> dict[str, str]:
    """What Cloudflare Pages adds by its documentation: `*` is any text, values of one name are
    joined with commas, and at most 100 rules of lines of 2,000 characters are read.
    """
    lines = (site / "_headers").read_text("utf-8").splitlines()
    assert sum(line.startswith("/") for line in lines) <= 100
    assert max(map(len, lines)) <= 2000
    said: dict[str, str] = {}
    applies = False
    for line in filter(None, lines):
        if line.startswith("/"):
            assert line.count("*") <= 1
            pattern = ".*".join(re.escape(part) for part in line.split("*"))
            applies = re.fullmatch(pattern, path) is not None
        elif applies:
            name, _, value = line.strip().partition(": ")
            said[name] = f"{said[name]}, {value}" if name in said else value
    return said
