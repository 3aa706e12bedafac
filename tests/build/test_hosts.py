"""Files for hosts: made on request, each in its host's own words, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsletters import Newsletter

from generator.outputs.hosts import apache, netlify, nginx
from generator.outputs.hosts.rules import SECURITY, Feeds, Redirect, Rules

FILES = {
    "netlify": {"_headers", "_redirects"},
    "cloudflare": {"_headers", "_redirects"},
    "nginx": {".marbre/hosts/nginx.conf"},
    "apache": {".htaccess"},
}
EVERY = set().union(*FILES.values())


@pytest.fixture
def newsletter(tmp_path: Path) -> Newsletter:
    made = Newsletter(tmp_path / "lettre")
    made.article("2025-03-10-mai", aliases="[/vieux/]")
    return made


def found(newsletter: Newsletter) -> set[str]:
    return EVERY & set(newsletter.tree())


def test_no_host_no_file(newsletter: Newsletter) -> None:
    newsletter.build()
    assert found(newsletter) == set()
    assert newsletter.page("vieux/")


@pytest.mark.parametrize("host", FILES)
def test_a_host_gets_its_files_and_they_go_with_it(newsletter: Newsletter, host: str) -> None:
    newsletter.build()
    before = newsletter.tree()
    newsletter.config(f"publish: {{host: {host}}}\n")
    assert set(newsletter.build().written) == FILES[host]  # and not one page
    assert found(newsletter) == FILES[host]
    newsletter.config("publish: {}\n")
    assert set(newsletter.build().removed) == FILES[host]
    assert newsletter.tree() == before


def test_the_page_at_an_old_address_stays_for_hosts_without_rules(newsletter: Newsletter) -> None:
    newsletter.config("publish: {host: netlify, mirror: {to: git}}\n")
    newsletter.build()
    assert 'http-equiv="refresh"' in newsletter.page("vieux/")


def test_rules_follow_the_articles(newsletter: Newsletter) -> None:
    newsletter.config("publish: {host: [netlify, apache, nginx]}\n")
    newsletter.build()
    newsletter.article("2025-03-10-mai", aliases="[/vieux/, /ancien/]")
    newsletter.build()
    incremental = newsletter.tree()
    for path in ("_redirects", ".htaccess", ".marbre/hosts/nginx.conf"):
        assert b"/ancien" in incremental[path]
    newsletter.build(clean=True)
    assert newsletter.tree() == incremental


def test_drafts_have_no_rules(newsletter: Newsletter) -> None:
    newsletter.config("publish: {host: netlify}\n")
    newsletter.article("2025-04-01-secret", aliases="[/avant-secret/]", draft="true")
    newsletter.build()
    assert "secret" not in newsletter.page("_redirects")


@pytest.mark.parametrize("name", ["_headers", "_redirects", ".htaccess"])
def test_the_author_may_write_the_file_instead(newsletter: Newsletter, name: str) -> None:
    newsletter.config("publish: {host: [netlify, apache]}\n")
    newsletter.file(f"content/{name}", "# mine\n")
    newsletter.build()
    assert newsletter.page(name) == "# mine\n"
    assert found(newsletter) == FILES["netlify"] | FILES["apache"]


def rules(*hosts: str, old: tuple[str, ...] = (), hashed: tuple[str, ...] = ()) -> Rules:
    new = "/lettre/neuf/"
    return Rules(
        base="/lettre/",
        hosts=hosts,
        redirects=tuple(Redirect(each, new, "https://exemple.fr" + new) for each in old),
        hashed=hashed,
        feeds=(Feeds("feed.xml", "application/rss+xml", ("", "tags/")),),
    )


def test_netlify_is_told_to_redirect_in_spite_of_the_page() -> None:
    text = netlify.redirects(rules("netlify", old=("/lettre/vieux/",)))
    assert text == "/lettre/vieux/ /lettre/neuf/ 301!\n"


def test_cloudflare_is_told_in_the_only_words_that_it_knows() -> None:
    text = netlify.redirects(rules("cloudflare", old=("/lettre/vieux/",)))
    assert text == "/lettre/vieux/ /lettre/neuf/ 301\n"


def test_one_file_suits_both() -> None:
    text = netlify.redirects(rules("cloudflare", "netlify", old=("/lettre/vieux/",)))
    assert text == "/lettre/vieux/ /lettre/neuf/ 301!\n/lettre/vieux/ /lettre/neuf/ 301\n"


@pytest.mark.parametrize(
    ("old", "sent"),
    [
        ("/lettre/été 2024/", "/lettre/%C3%A9t%C3%A9%202024/"),
        ('/lettre/"dur"/#1/', "/lettre/%22dur%22/%231/"),
        ("/lettre/l'œuf(1)/", "/lettre/l'%C5%93uf(1)/"),
        ("/lettre/*/:nom/", "/lettre/%2A/%3Anom/"),
        ("/lettre/100%/", "/lettre/100%25/"),
    ],
)
def test_old_paths_are_written_as_browsers_send_them(old: str, sent: str) -> None:
    (line,) = netlify.redirects(rules("netlify", old=(old,))).splitlines()
    assert line.split() == [sent, "/lettre/neuf/", "301!"]


@pytest.mark.parametrize(("hosts", "each"), [(("cloudflare",), 1), (("netlify", "cloudflare"), 2)])
def test_no_more_lines_than_cloudflare_reads(hosts: tuple[str, ...], each: int) -> None:
    long = "/lettre/" + "x" * 990 + "/"
    many = (long, *(f"/lettre/{n}/" for n in range(3000)))
    lines = netlify.redirects(rules(*hosts, old=many)).splitlines()
    assert len(lines) == 2000
    assert lines[0].startswith("/lettre/0/ ")
    assert lines[-1].startswith(f"/lettre/{2000 // each - 1}/ ")


def test_netlify_alone_takes_them_all() -> None:
    many = tuple(f"/lettre/{n}/" for n in range(3000))
    assert len(netlify.redirects(rules("netlify", old=many)).splitlines()) == 3000


def test_no_more_headers_than_cloudflare_reads() -> None:
    hashed = tuple(f"/lettre/assets/{n}.0123456789.js" for n in range(300))
    text = netlify.headers(rules("cloudflare", hashed=hashed))
    paths = [line for line in text.splitlines() if line.startswith("/")]
    assert len(paths) == 100
    assert max(map(len, text.splitlines())) <= 2000
    assert paths[0] == "/lettre/*"


def test_no_header_is_named_by_two_rules_that_meet() -> None:
    """Cloudflare would join their values. All rules meet the first; no others meet each other."""
    text = netlify.headers(rules("cloudflare", hashed=("/lettre/assets/a.0123456789.js",)))
    first, *others = text.split("\n\n")
    everywhere = {name for name, _ in SECURITY}
    assert all(f"  {name}: " in first for name in everywhere)
    for block in others:
        path, *lines = block.strip().splitlines()
        assert path.count("*") <= 1
        assert everywhere.isdisjoint(line.strip().partition(":")[0] for line in lines)


def test_what_nginx_and_apache_could_misread_is_quoted() -> None:
    odd = rules("nginx", "apache", old=('/lettre/a "b" {c};$d/',))
    assert r'location = "/lettre/a \"b\" {c};$d/" {' in nginx.snippet(odd)
    assert r'RedirectMatch 301 "^/lettre/a\ \"b\"\ \{c\};\$d/?$"' in apache.htaccess(odd)


def test_the_policy_lets_nothing_inline_through() -> None:
    policy = dict(SECURITY)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
