"""What single values must be, beyond their type: addresses, languages, time zones, colours."""

from __future__ import annotations

import re
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from generator.config.nearest import fold, nearest

PERMALINK_NAMES = ("year", "month", "day", "slug", "lang", "section")
"""What may stand in braces in a permalink pattern."""

EDITORS = {
    "none": "",
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "emacs": "emacs://open?url=file://{path}&line={line}&column={column}",
}
"""Links that open a file in an editor; the path begins with a slash."""
_EDITOR_LINK = re.compile(r"(?!(?:javascript|data|vbscript|blob):)[a-z][a-z0-9+.-]*:\S+", re.I)

_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[A-Za-z0-9]-[A-Za-z0-9-]{2,})*"
)
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_BRACED = re.compile(r"\{([^{}]*)\}")
_SPACE_OR_CONTROL = re.compile(r"[\s\x00-\x1f\x7f<>\"]")
_SECRET_WORDS = frozenset(
    (
        "password",
        "passwd",
        "passphrase",
        "motdepasse",
        "token",
        "secret",
        "apikey",
        "accesskey",
        "privatekey",
        "credential",
    )
)
_ELSEWHERE = ("env", "file", "command", "path")
_URL_WITH_PASSWORD = re.compile(r"[a-z]://[^/\s:@]*:[^/\s@]+@", re.I)


def is_web_address(text: str) -> bool:
    """Whether a text is a whole http or https URL."""
    if _SPACE_OR_CONTROL.search(text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # an unfinished [ of an IPv6 host, or a port that is no number
        return False


def is_base_url(text: str) -> bool:
    """Whether a site can be online there: a web address, maybe with a path, and nothing else."""
    return is_web_address(text) and "?" not in text and "#" not in text and "@" not in text


def is_at_home(url: str) -> bool:
    """Whether a web address leads to the machine or the network of whoever opens it."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local"))


def is_language(text: str) -> bool:
    """Whether a text looks like a BCP 47 code: `fr`, `fr-CA`, `zh-Hant`."""
    return _LANGUAGE.fullmatch(text) is not None


@cache
def is_time_zone(text: str) -> bool:
    """Whether the time zone database knows this name."""
    try:
        ZoneInfo(text)
    except (LookupError, ValueError, OSError):
        return False
    return True


def nearest_time_zone(text: str) -> str:
    """The time zone that was most likely meant, also by its city alone: `Paris`."""
    zones = sorted(available_timezones())
    for zone in zones:
        if "/" in zone and fold(zone.rpartition("/")[2]) == fold(text.rpartition("/")[2]):
            return zone
    return nearest(text, zones, always=True)


def is_editor(text: str) -> bool:
    """Whether a text names an editor that we know, or is a link with a place for the path."""
    return text in EDITORS or ("{path}" in text and bool(_EDITOR_LINK.fullmatch(text)))


def is_colour(text: str) -> bool:
    """Whether a text is `#rgb` or `#rrggbb`."""
    return _COLOUR.fullmatch(text) is not None


def unknown_permalink_name(pattern: str) -> str | None:
    """The first thing in braces that permalinks do not know; None when all is well."""
    for name in _BRACED.findall(pattern):
        if name not in PERMALINK_NAMES:
            return str(name)
    rest = _BRACED.sub("", pattern)
    return next((sign for sign in "{}" if sign in rest), None)


def holds_a_secret(key: str, value: str) -> bool:
    """Whether a setting is a password or the like; names of places for it (`token_env`) are not."""
    folded = fold(key)
    if _URL_WITH_PASSWORD.search(value):
        return True
    named = any(word in folded for word in _SECRET_WORDS)
    return named and bool(value) and not folded.endswith(_ELSEWHERE)
