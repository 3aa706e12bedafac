"""Real web servers with the files that Marbre writes for them, and what they answer."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from . import tools
from .ports import wait_for

PATIENCE = 20
"""Seconds after which a server that does not answer is given up."""
MODULES = ("mpm_event", "authz_core", "dir", "mime", "alias", "headers", "deflate", "filter")
APACHE_MODULES = Path("/usr/lib/apache2/modules")

NGINX = """
{user}daemon off;
pid {aside}/nginx.pid;
error_log {aside}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {aside}/body;
    proxy_temp_path {aside}/proxy;
    fastcgi_temp_path {aside}/fastcgi;
    uwsgi_temp_path {aside}/uwsgi;
    scgi_temp_path {aside}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        include {site}/.marbre/hosts/nginx.conf;
    }}
}}
"""
APACHE = """
ServerRoot {aside}
ServerName 127.0.0.1
DefaultRuntimeDir {aside}
PidFile {aside}/apache.pid
ErrorLog {aside}/error.log
Mutex file:{aside} default
Listen 127.0.0.1:{port}
{modules}
TypesConfig /dev/null
{user}DocumentRoot {root}
<Directory {root}>
    AllowOverride FileInfo
    Require all granted
</Directory>
"""


@dataclass(frozen=True)
class Answer:
    """What a server said; names of headers in small letters, as often as each was said."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def header(self, name: str) -> str:
        """The value of a header that is said once; empty when it is not."""
        found = self.all(name)
        assert len(found) <= 1, f"{name} is said {len(found)} times: {found}"
        return found[0] if found else ""


@dataclass(frozen=True)
class Hosted:
    """A site on a server of a kind."""

    kind: str
    root: Path
    base_url: str

    def ask(self, path: str, **headers: str) -> Answer:
        """Ask for a path as it is written, following nothing; `if_none_match` is a header."""
        connection = http.client.HTTPConnection(urlsplit(self.base_url).netloc, timeout=10)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers=sent)
            answer = connection.getresponse()
            said = tuple((name.lower(), value) for name, value in answer.getheaders())
            return Answer(answer.status, said, answer.read())
        finally:
            connection.close()


@contextmanager
def nginx(root: Path, site: Path, aside: Path, port: int) -> Iterator[None]:
    """nginx with our snippet; a warning about it is a failure."""
    user = "user root;\n" if os.geteuid() == 0 else ""
    config = aside / "nginx.conf"
    config.write_text(NGINX.format(user=user, aside=aside, port=port, root=root, site=site))
    command = [tools.server("nginx", "nginx-light"), "-p", str(aside), "-c", str(config)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr, tried.stderr
    with running(command, port, aside):
        yield


@contextmanager
def apache(root: Path, site: Path, aside: Path, port: int) -> Iterator[None]:
    """Apache as on shared hosting: `.htaccess` may say what concerns files, and nothing else."""
    modules = "\n".join(f"LoadModule {m}_module {APACHE_MODULES}/mod_{m}.so" for m in MODULES)
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    config = aside / "apache.conf"
    filled = APACHE.format(user=user, aside=aside, port=port, root=root, modules=modules)
    config.write_text(filled)
    with running(
        [tools.server("apache2", "apache2-bin"), "-f", str(config), "-DFOREGROUND"], port, aside
    ):
        yield


@contextmanager
def running(command: Sequence[str], port: int, aside: Path) -> Iterator[None]:
    """A server in the foreground, from its first answer until it is told to stop."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            wait_for(port, process, aside / "error.log")
            yield
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


SERVERS = {"nginx": nginx, "apache": apache}


@contextmanager
def readable(folder: Path) -> Iterator[Path]:
    """An empty folder that servers may read who are not the one who runs the tests."""
    folder.mkdir()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
