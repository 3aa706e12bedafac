"""Files that web hosts read: made on request (`publish: host:`), one dialect for each host."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.contracts import Bodies, OutputKind, Theme, nothing_of_its_own
from generator.engine import digest
from generator.model.job import Job, Order
from generator.model.site import Site
from generator.outputs.hosts import apache, netlify, nginx
from generator.outputs.hosts.rules import Rules, rules_of

FILES: dict[str, tuple[Callable[[Rules], str], tuple[str, ...]]] = {
    "_headers": (netlify.headers, ("netlify", "cloudflare")),
    "_redirects": (netlify.redirects, ("netlify", "cloudflare")),
    ".htaccess": (apache.htaccess, ("apache",)),
    ".marbre/hosts/nginx.conf": (nginx.snippet, ("nginx",)),
}
"""By path: who writes it, and the hosts that read it. What nginx reads is no part of the site, and
lies where our record lies, which is never published."""


def plan(site: Site) -> Iterable[Order]:
    """The files of the chosen hosts; one that the author gives takes the place of ours."""
    if not site.hosts:
        return
    given = {copy.address[1:] for copy in site.copies}
    rules = rules_of(site)
    parts = (("rules for hosts", digest.of_value(rules)),)
    for path, (_, hosts) in FILES.items():
        if path not in given and not set(hosts).isdisjoint(rules.hosts):
            yield Order(path, KIND.name, parts, lambda: rules, origin=f"publish.host ({path})")


def render(job: Job, theme: Theme, bodies: Bodies) -> bytes:
    """The text of one file."""
    assert isinstance(job.view, Rules)
    text, _ = FILES[job.path]
    return text(job.view).encode()


KIND = OutputKind("host-files", plan, render, nothing_of_its_own)
