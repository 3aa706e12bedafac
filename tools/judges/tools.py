"""Finds the programs that judge with us; says in one sentence what to do when one is missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NODE_MODULES = ROOT / "build" / "tools" / "node_modules"


class MissingToolError(Exception):
    """A judge cannot come."""


def chromium() -> str:
    """Path of the browser: `chromium` of Debian, or a Chrome."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    raise MissingToolError("No Chromium on this machine. On Debian: apt install chromium")


def nu_checker() -> list[str]:
    """Command that runs the Nu HTML checker."""
    java = shutil.which("java")
    if not java:
        raise MissingToolError(
            "No Java on this machine. On Debian: apt install default-jre-headless"
        )
    return [java, "-Xss1m", "-jar", str(from_npm("vnu-jar/build/dist/vnu.jar"))]


def axe_source() -> str:
    """The script of axe-core."""
    return from_npm("axe-core/axe.min.js").read_text(encoding="utf-8")


def node() -> str:
    """Path of Node, on which two of the feed readers run."""
    return found("node", "npm")


def newsboat() -> str:
    """Path of newsboat, a feed reader for the terminal."""
    return found("newsboat", "newsboat")


def server(name: str, package: str) -> str:
    """Path of a web server; where Debian has them, only root looks."""
    return found(name, package, os.environ.get("PATH", "") + ":/usr/sbin")


def found(name: str, package: str, path: str | None = None) -> str:
    path = shutil.which(name, path=path)
    if not path:
        raise MissingToolError(f"No {name} on this machine. On Debian: apt install {package}")
    return path


def from_npm(path: str) -> Path:
    file = NODE_MODULES / path
    if not file.is_file():
        raise MissingToolError(f"{path} is not installed yet: run the judges with `make judges`")
    return file
