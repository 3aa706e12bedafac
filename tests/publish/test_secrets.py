"""What nobody may read: looked for in all that the real command says, whatever goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import Proxy, proxy
from netlify_service import SITE, TOKEN, netlify
from newsletters import Newsletter

KEY, SECRET = "AKIATHISISNOTREAL", "tr3s/SECRET+clef0123456789"
SESSION = "jeton-de-session-SECRET"
Run = Callable[..., subprocess.CompletedProcess[str]]
BROKEN = """
import sys
from generator.publish import netlify, s3
def broken(*args):
    raise RuntimeError(f"cassé : {args!r}")
s3.Bucket.compare = netlify.Site.compare = broken
from generator.cli.main import main
main()
"""


@pytest.fixture
def service() -> Iterator[Proxy]:
    with netlify() as there, proxy(there.server_port) as server:
        yield server


@pytest.fixture(params=["s3", "netlify"])
def run(request: pytest.FixtureRequest, service: Proxy, tmp_path: Path) -> Run:
    newsletter = Newsletter(tmp_path)
    place = {
        "s3": f"{{to: s3, bucket: lettre, endpoint: '{service.url}'}}",
        "netlify": f"{{to: netlify, site: {SITE}, api: '{service.url}'}}",
    }
    newsletter.config(
        f"title: Essai\nbase_url: https://exemple.fr/\nid: abc\n"
        f"publish: {{production: {place[request.param]}}}\n"
    )
    newsletter.article("2026-01-02-un")
    secrets = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_SESSION_TOKEN": SESSION,
        "NETLIFY_AUTH_TOKEN": TOKEN,
    }

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words, "publish", "--yes", "-v", "-s", str(tmp_path)],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, **secrets},
        )

    return command


def said(done: subprocess.CompletedProcess[str]) -> str:
    everything = done.stdout + done.stderr
    for secret in (SECRET, SESSION, TOKEN):
        assert secret not in everything
    return everything


def test_a_service_that_repeats_what_it_was_sent(run: Run, service: Proxy) -> None:
    """Access denied, with an answer that is long and tells of keys."""
    service.body = f"<Error><Code>AccessDenied</Code><Key>{KEY}</Key></Error>".encode()
    service.plan = lambda number, method, path: "403"
    done = run("-m", "generator")
    assert done.returncode == 1
    assert "cloud-denied" in said(done)


def test_a_service_that_is_not_there(run: Run, service: Proxy) -> None:
    service.plan = lambda number, method, path: "404"
    done = run("-m", "generator")
    assert done.returncode == 1
    assert "[cloud-" in said(done) or "[netlify-" in said(done)


def test_a_bug_of_our_own(run: Run) -> None:
    """Its traceback shows the very values that hold the secrets."""
    done = run("-c", BROKEN)
    assert done.returncode == 1
    assert "Traceback" in said(done)
    assert "cassé" in done.stderr


def test_all_goes_well(run: Run, service: Proxy, request: pytest.FixtureRequest) -> None:
    done = run("-m", "generator")
    if "netlify" in request.node.name:
        assert done.returncode == 0
    said(done)
