"""Which repository is meant, and what git knows of the way to it.

We work in a repository of our own, so what the newsletter's repository is told about reaching
others (a remote's address, a header with a token, a program that knows passwords) is handed on:
in the environment, for what stands in arguments is seen by everybody on the machine.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from generator.contracts import Ground
from generator.model.diagnostic import error
from generator.publish.git import Settings
from generator.publish.secret import masked
from generator.publish.ssh import RULES
from generator.publish.tools import attempt, run
from generator.publish.trouble import Trouble

Pairs = tuple[tuple[str, str], ...]
TOKEN, USER = "MARBRE_GIT_TOKEN", "MARBRE_GIT_USER"
"""Variables with a token for https, and the name that goes with it where a host wants one."""
_LOCATIONS = {
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"),
    *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_SHALLOW_FILE"),
    *("GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_NO_REPLACE_OBJECTS", "GIT_CONFIG"),
    *("GIT_IMPLICIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_QUARANTINE_PATH"),
}
"""What a git hook that starts us has in its environment (git(1)): another repository, not ours."""
_HANDED_ON = re.compile(r"(http|credential|url|ssh)\.")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|[^/]+:", re.IGNORECASE)
_PASSWORD = re.compile(r"https?://[^/@]*@|[a-z+]+://[^/@:]*:[^/@]*@", re.IGNORECASE)
_HELPER = (
    '!f() { test "$1" = get && '
    f'printf \'username=%s\\npassword=%s\\n\' "${{{USER}:-marbre}}" "${TOKEN}"; }}; f'
)
"""A credential helper (gitcredentials(7)): the token goes from the environment to git by a pipe."""


class Remote(Struct, frozen=True):
    """A repository to publish to."""

    url: str
    """As git wants it; it may hold a password."""
    config: Pairs
    """What git has to know to get there."""
    ssh: str
    """The command for ssh; it never asks."""
    source: str | None
    """Where in its repository the newsletter lies, with `/` at the end or empty; None when it lies
    in none."""
    checked_out: str
    """The branch that is checked out there; empty when that is another repository."""

    def shown(self, environ: Mapping[str, str]) -> str:
        """The address for people."""
        return masked(self.url, environ)


def find_remote(settings: Settings, ground: Ground) -> Remote:
    """Find the repository that the settings mean. Raises Trouble when there is none."""
    config = _config(ground)
    named = {key[len("remote.") : -len(".url")] for _, key, _ in config if _is_remote(key)}
    source = _said(ground, "rev-parse", "--show-prefix")
    urls = {name: _url_of(name, ground) for name in named}
    url = urls.get(settings.remote) or _given(settings.remote, ground)
    local = tuple((key, value) for scope, key, value in config if _is_handed_on(scope, key))
    head = _said(ground, "symbolic-ref", "-q", "HEAD") or ""
    return Remote(
        url=url,
        config=(*local, *_token(url, ground.environ)),
        ssh=_ssh({key: value for _, key, value in config}, ground.environ),
        source=source,
        checked_out=head.removeprefix("refs/heads/") if url in urls.values() else "",
    )


def author_of(settings: Settings, ground: Ground) -> tuple[str, str]:
    """Name and address for commits: as set, else as git is set up, else our own. An address that
    git would have to guess is none.
    """
    configured = ("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
    text = settings.author or _said(ground, *configured) or ""
    name, found, rest = text.partition(" <")
    return (name, rest.partition(">")[0]) if found else ("Marbre", "noreply@marbre.invalid")


def plain_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment in which git finds the repository that we say, and speaks English to us."""
    kept = {name: value for name, value in environ.items() if name not in _LOCATIONS}
    return {**kept, "LC_ALL": "C"}


def with_config(environ: Mapping[str, str], config: Iterable[tuple[str, str]]) -> dict[str, str]:
    """An environment that says more to git than its files do (GIT_CONFIG_COUNT, git-config(1))."""
    said = environ.get("GIT_CONFIG_COUNT", "")
    first, pairs = int(said) if said.isdecimal() else 0, tuple(config)
    more = {"GIT_CONFIG_COUNT": str(first + len(pairs))}
    for number, (key, value) in enumerate(pairs, start=first):
        more |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return {**environ, **more}


def _config(ground: Ground) -> tuple[tuple[str, str, str], ...]:
    """Scope, key and value of all that git is told where the newsletter lies."""
    words = ("git", "config", "--list", "-z", "--show-scope", "--includes")
    out = run(words, environ=plain_environ(ground.environ), folder=ground.folder)
    fields = os.fsdecode(out).split("\0")[:-1]
    pairs = zip(fields[::2], (entry.partition("\n") for entry in fields[1::2]), strict=True)
    return tuple((scope, key, value) for scope, (key, _, value) in pairs)


def _is_remote(key: str) -> bool:
    return key.startswith("remote.") and key.endswith(".url")


def _is_handed_on(scope: str, key: str) -> bool:
    """Only what other repositories do not know anyway: said twice, a header is sent twice."""
    return scope in ("local", "worktree") and bool(_HANDED_ON.match(key))


def _said(ground: Ground, *words: str) -> str | None:
    """What git answers about the newsletter's repository; None when it has nothing to say."""
    environ = plain_environ(ground.environ)
    outcome = attempt(("git", *words), environ=environ, folder=ground.folder)
    return None if outcome.status else os.fsdecode(outcome.out).removesuffix("\n")


def _url_of(name: str, ground: Ground) -> str:
    """Where a remote is pushed to; that is also where we read."""
    url = (_said(ground, "remote", "get-url", "--push", "--", name) or "").partition("\n")[0]
    top = _said(ground, "rev-parse", "--show-toplevel") or str(ground.folder)
    return url if _ADDRESS.match(url) else os.path.normpath(os.path.join(top, url)) if url else ""


def _given(text: str, ground: Ground) -> str:
    """An address or a path from the settings. Raises Trouble when it is neither."""
    if _PASSWORD.match(text):
        raise Trouble(error("publish-git-password", token=TOKEN))
    if _ADDRESS.match(text):
        return text
    if "/" in text or text in (".", ".."):
        return os.path.normpath(ground.folder / Path(text).expanduser())
    raise Trouble(error("publish-git-no-remote", remote=text))


def _token(url: str, environ: Mapping[str, str]) -> Pairs:
    """A token from the environment goes to the host that is meant, and to no other; before it, an
    empty value makes git forget the helpers of its files.
    """
    if not (environ.get(TOKEN) and url.lower().startswith("https://")):
        return ()
    host = urlsplit(url).netloc.rpartition("@")[2]
    key = f"credential.https://{host}.helper"
    return ((key, ""), (key, _HELPER))


def _ssh(config: Mapping[str, str], environ: Mapping[str, str]) -> str:
    """The user's command for ssh with our rules before his options; empty for a program that is not
    ssh, which would not know them.
    """
    usual = environ.get("GIT_SSH_COMMAND") or config.get("core.sshcommand")
    if not usual and environ.get("GIT_SSH"):
        return ""
    command = usual or "ssh"
    program = re.match(r"(\S*/)?ssh(?=\s|$)", command)
    rules = "".join(f" -o {name}={value}" for name, value in RULES.items())
    return f"{program[0]}{rules}{command[program.end() :]}" if program else command
