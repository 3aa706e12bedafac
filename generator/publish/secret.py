"""What must never be shown: found in the environment and in addresses, and masked."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

MASK = "•••"
SHORTEST = 4
"""Characters: a shorter value is no secret, and masking it would make a text unreadable."""

# Patterns are compiled when they are first used: a build pays nothing for them.
_NAMED = (
    r"(?i)TOKEN|SECRET|PASS|PWD|CREDENTIAL|AUTH|COOKIE|PRIVATE|SIGNATURE|JWT|WEBHOOK|DSN"
    r"|(^|_)(PAT|KEY)($|_)|KEY$"
)
_PATH = r"(?i)^(OLD)?PWD$|^XAUTHORITY$|(ASKPASS|DIR|FILE|PATH|SOCK)$"
"""Variables that say where a secret is, not what it is."""
_SWITCH = r"(?i)true|false|none|null|always|never"
_IN_ADDRESS = r"(?i)(?P<scheme>[a-z][a-z0-9+.-]*://)(?P<who>[^/\s@'\"<>]+)@"
_IN_HEADER = r"(?i)\b(?P<kind>basic|bearer|token)\s+[\w.~+/=-]{8,}"


def masked(text: str, environ: Mapping[str, str]) -> str:
    """A text without the values of secret-looking variables, the passwords of addresses, and what
    stands in headers that authorize.
    """
    for secret in sorted(set(_secrets(environ)), key=len, reverse=True):
        text = text.replace(secret, MASK)
    text = re.sub(_IN_ADDRESS, _without_password, text)
    return re.sub(_IN_HEADER, rf"\g<kind> {MASK}", text)


def _secrets(environ: Mapping[str, str]) -> Iterator[str]:
    """Each secret as it may be written: as it is, in an address, in JSON, in base64; a key of
    several lines by its lines.
    """
    for name, value in environ.items():
        if _is_secret(name, value):
            for part in {value, value.strip(), *map(str.strip, value.splitlines())}:
                if len(part) >= SHORTEST:
                    raw = part.encode("utf-8", "surrogateescape")
                    yield from (part, quote(raw, safe=""), quote(raw), json.dumps(part)[1:-1])
                    yield base64.b64encode(raw).decode("ascii").rstrip("=")
        for found in re.finditer(_IN_ADDRESS, value):
            password = found["who"].partition(":")[2]
            if len(password) >= SHORTEST:
                yield password


def _is_secret(name: str, value: str) -> bool:
    named = re.search(_NAMED, name) and not re.search(_PATH, name)
    return bool(named) and not re.fullmatch(_SWITCH, value)


def _without_password(found: re.Match[str]) -> str:
    """The name before `@` stays where it is no secret: for ssh. On the web it may be a token."""
    name, colon, _ = found["who"].partition(":")
    if found["scheme"].lower().startswith("http"):
        return f"{found['scheme']}{MASK}@"
    return f"{found['scheme']}{name}{f':{MASK}' if colon else ''}@"
