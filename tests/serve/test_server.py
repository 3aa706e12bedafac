"""The server by the letter: what HTTP promises, and what nobody may get."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from previewing import PATIENCE, Preview, letter, previewing

SECRET = "rien pour les autres"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("maison")
    newsletter = letter(home / "lettre", base_url="https://exemple.fr/lettre/")
    newsletter.file("content/film.bin", bytes(range(256)) * 400)
    newsletter.file("content/vide.bin", b"")
    newsletter.file("content/été.txt", "chaud")
    newsletter.file("content/.well-known/security.txt", "Contact: x")
    newsletter.file("content/brut.html", "<p>Sans tête.</p>")
    (home / "secret.txt").write_text(SECRET)
    return newsletter.folder


@pytest.fixture(scope="module")
def preview(folder: Path) -> Iterator[Preview]:
    with previewing(folder) as running:
        output = folder / ".cache" / f"preview-{running.port}"
        (output / "evade.txt").symlink_to(folder.parent / "secret.txt")
        (output / "dehors").symlink_to(folder.parent)
        (output / "boucle").symlink_to("boucle")
        yield running


def ask(preview: Preview, path: str, *more: str, method: str = "GET") -> tuple[int, str, bytes]:
    """Status, head and body of a request whose path is sent as it is."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{preview.port}", "Connection: close"]
    answer = preview.raw("\r\n".join([*lines, *more, "", ""]).encode("utf-8", "surrogateescape"))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode("latin-1").lower(), body


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/lettre/", "text/html; charset=utf-8"),
        ("/lettre/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/lettre/sitemap.xml", "application/xml; charset=utf-8"),
        ("/lettre/robots.txt", "text/plain; charset=utf-8"),
        ("/lettre/favicon.svg", "image/svg+xml"),
        ("/lettre/film.bin", "application/octet-stream"),
        ("/lettre/%C3%A9t%C3%A9.txt", "text/plain; charset=utf-8"),
        ("/lettre/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/lettre/brut.html", "text/html; charset=utf-8"),
        ("/_marbre/client.js", "text/javascript; charset=utf-8"),
        ("/_marbre/panel.css", "text/css; charset=utf-8"),
    ],
)
def test_types(preview: Preview, path: str, kind: str) -> None:
    answer, body = preview.get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert int(answer.headers["content-length"]) == len(body)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_style_font_and_script_of_a_page_is_there(preview: Preview) -> None:
    import re

    urls = set(re.findall(r'(?:href|src)="(/lettre/assets/[^"]+)"', preview.page("/lettre/")))
    kinds = {preview.get(url)[0].headers["content-type"].split(";")[0] for url in urls}
    assert kinds == {"text/css", "text/javascript", "font/woff2"}


def test_a_folder_without_its_slash_is_sent_to_it(preview: Preview) -> None:
    for path, place in [
        ("/lettre", "/lettre/"),
        ("/", "/lettre/"),
        ("/lettre/tags?a=b", "/lettre/tags/?a=b"),
        ("/lettre/2025/01/un", "/lettre/2025/01/un/"),
    ]:
        answer, _ = preview.get(path)
        assert (answer.status, answer.headers["location"]) == (302, place)


def test_the_sites_own_404(preview: Preview) -> None:
    for path in ("/lettre/rien/", "/lettre/rien", "/rien", "/lettre/feed.xml/", "/tags/"):
        answer, body = preview.get(path)
        assert answer.status == 404
        assert b"Page introuvable" in body
        assert b"/_marbre/client.js" in body


def test_head_is_get_without_a_body(preview: Preview) -> None:
    for path in ("/lettre/", "/lettre/film.bin", "/lettre/rien/", "/_marbre/client.js"):
        got, body = preview.get(path)
        head, nothing = preview.get(path, "HEAD")
        assert nothing == b""
        assert head.status == got.status
        assert int(head.headers["content-length"]) == len(body)
        assert head.headers["content-type"] == got.headers["content-type"]


def test_what_is_known_is_not_sent_again(preview: Preview) -> None:
    for path in ("/lettre/", "/lettre/film.bin", "/_marbre/panel.css"):
        tag = preview.get(path)[0].headers["etag"]
        for known in (tag, f'"x", {tag}', f"W/{tag}", "*"):
            answer, body = preview.get(path, If_None_Match=known)
            assert (answer.status, body) == (304, b"")
            assert answer.headers["etag"] == tag
        assert preview.get(path, If_None_Match='"other"')[0].status == 200


@pytest.mark.parametrize(
    ("wanted", "status", "first", "length"),
    [
        ("bytes=0-0", 206, 0, 1),
        ("bytes=100-199", 206, 100, 100),
        ("bytes=102300-", 206, 102_300 % 256, 100),
        ("bytes=-10", 206, 246, 10),
        ("bytes=102390-999999", 206, 102_390 % 256, 10),
        ("lines=1-2", 200, 0, 102_400),
        ("bytes=a-b", 200, 0, 102_400),
        ("bytes=", 200, 0, 102_400),
        ("bytes=102400-", 416, None, None),
    ],
)
def test_parts(
    preview: Preview, wanted: str, status: int, first: int | None, length: int | None
) -> None:
    answer, body = preview.get("/lettre/film.bin", Range=wanted)
    assert answer.status == status
    if first is not None:
        assert (body[0], len(body)) == (first, length)
    if status == 206:
        start = int(answer.headers["content-range"].split()[1].split("-")[0])
        assert start % 256 == first


def test_several_parts_and_the_condition(preview: Preview) -> None:
    answer, body = preview.get("/lettre/film.bin", Range="bytes=0-1,50-51")
    assert answer.status == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges")
    assert b"\x32\x33" in body
    old = preview.get("/lettre/film.bin", Range="bytes=0-1", If_Range='"old"')[0]
    assert old.status == 200
    assert preview.get("/lettre/film.bin", "HEAD", Range="bytes=0-1")[0].status == 200
    assert preview.get("/lettre/vide.bin")[1] == b""


ESCAPES = (
    "/lettre/../secret.txt",
    "/lettre/../../secret.txt",
    "/lettre/%2e%2e/%2e%2e/secret.txt",
    "/lettre/..%2f..%2fsecret.txt",
    "/lettre/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.txt",
    "/lettre/%252e%252e/%252e%252e/secret.txt",
    "/lettre/..%5c..%5csecret.txt",
    "/lettre/..\\..\\secret.txt",
    "/lettre/tags/..;/..;/secret.txt",
    "/lettre/%00",
    "/lettre/index.html%00.txt",
    "/lettre/evade.txt",
    "/lettre/dehors/secret.txt",
    "/lettre/dehors",
    "/lettre/boucle",
    "/lettre/.marbre/manifest.json",
    "/lettre/%2emarbre/manifest.json",
    "/lettre/./.marbre/manifest.json",
    "/lettre//etc/passwd",
    "//etc/passwd",
    "/lettre/" + "a" * 5000,
    "/lettre/%ff%fe",
    "/_marbre/../../secret.txt",
    "/_marbre/%2e%2e/workshop.py",
    "/_marbre/..%2fworkshop.py",
    "/_marbre//workshop.py",
    "/_marbre/%00",
)


@pytest.mark.parametrize("path", ESCAPES)
def test_nothing_outside_is_ever_sent(preview: Preview, path: str) -> None:
    status, head, body = ask(preview, path)
    assert status in (400, 404), head
    assert SECRET.encode() not in body
    assert b"root:" not in body
    assert b'"files"' not in body


@pytest.mark.parametrize(
    "path", ["//evil.example/%2e%2e", "//evil.example/tags", "/\\evil.example"]
)
def test_no_redirect_leads_to_another_host(preview: Preview, path: str) -> None:
    status, head, _ = ask(preview, path)
    assert "location: //" not in head
    assert "location: http" not in head
    assert status in (400, 404)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "192.0.2.1", "", "a@b"]
)
def test_a_foreign_host_is_refused(preview: Preview, host: str) -> None:
    """DNS rebinding: a page of evil.example whose name suddenly means 127.0.0.1."""
    for path in ("/lettre/2025/02/brouillon/", "/_marbre/events", "/_marbre/"):
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        answer = preview.raw(request.encode())
        assert answer.split()[1] in (b"403", b"400")
        assert b"Texte secret" not in answer


def test_no_host_at_all_is_refused(preview: Preview) -> None:
    assert preview.raw(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").split()[1] == b"400"
    assert preview.raw(b"GET /lettre/ HTTP/1.0\r\n\r\n").split()[1] == b"403"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "lettre.localhost"])
def test_our_own_names_are_welcome(preview: Preview, host: str) -> None:
    request = f"GET /lettre/ HTTP/1.1\r\nHost: {host}:{preview.port}\r\nConnection: close\r\n\r\n"
    assert preview.raw(request.encode()).split()[1] == b"200"


@pytest.mark.parametrize(
    "header",
    [
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost:1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
    ],
)
def test_other_sites_cannot_use_our_tools(preview: Preview, header: str) -> None:
    for path in ("/_marbre/events", "/_marbre/", "/_marbre/status", "/_marbre/client.js"):
        assert ask(preview, path, header)[0] == 403
    same = f"Origin: http://localhost:{preview.port}"
    assert ask(preview, "/_marbre/status", same, "Sec-Fetch-Site: same-origin")[0] == 200


def test_other_sites_cannot_embed_what_we_show(preview: Preview) -> None:
    headers = preview.get("/lettre/2025/02/brouillon/")[0].headers
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert preview.get("/_marbre/status")[0].headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_there_is_nothing_to_be_changed(preview: Preview, method: str) -> None:
    for path in ("/lettre/", "/_marbre/", "/_marbre/events"):
        status, head, _ = ask(preview, path, "Content-Length: 0", method=method)
        assert status == 405
        assert "allow: get, head" in head


def test_slow_clients_do_not_stall_others(folder: Path, preview: Preview) -> None:
    lines = []
    for number in range(30):  # some never end their request, some never read the answer
        line = socket.create_connection((preview.host, preview.port), timeout=PATIENCE)
        path = "/lettre/film.bin" if number % 2 else "/_marbre/events"
        end = "" if number % 3 == 0 else "\r\n"
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{end}".encode())
        lines.append(line)
    started = time.monotonic()
    assert preview.get("/lettre/")[0].status == 200
    assert time.monotonic() - started < 2
    for line in lines:
        line.close()
    end = time.monotonic() + PATIENCE
    while b'"listeners":0' not in preview.get("/_marbre/status")[1]:
        assert time.monotonic() < end, "connections that were closed are still fed"
        time.sleep(0.1)


def test_requests_at_the_same_time(preview: Preview) -> None:
    statuses: list[int] = []

    def many() -> None:
        statuses.extend(preview.get("/lettre/film.bin")[0].status for _ in range(5))

    threads = [threading.Thread(target=many) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert statuses == [200] * 50


@pytest.mark.skipif(not hasattr(os, "fork"), reason="asks for the machine's addresses")
def test_open_to_the_network_warns_and_shows_a_code(tmp_path: Path) -> None:
    letter(tmp_path)
    with previewing(tmp_path, "--bind", "0.0.0.0") as preview:
        said = "\n".join(preview.said)
        assert "Attention" in said
        assert "█" in said or "▀" in said
        assert "0.0.0.0" not in preview.url
        assert ask(preview, "/", "X: y")[0] == 200
        host = f"GET / HTTP/1.1\r\nHost: {preview.host}:{preview.port}\r\nConnection: close\r\n\r\n"
        assert preview.raw(host.encode()).split()[1] == b"200"
        evil = b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        assert preview.raw(evil).split()[1] == b"403"
