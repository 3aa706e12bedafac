"""What git says when it cannot go on, in words for people who write newsletters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.diagnostic import error
from generator.publish.tools import Outcome, failed
from generator.publish.trouble import Trouble

_CAUSES = (
    (
        "publish-git-moved",
        r"\[rejected\]|\[remote rejected\].*(cannot lock ref|failed to update ref)"
        r"|incorrect old value provided",
    ),
    ("publish-git-refused", r"\[remote rejected\]"),
    ("publish-git-host-key", r"Host key verification failed|HOST IDENTIFICATION HAS CHANGED"),
    (
        "publish-git-denied",
        r"Authentication failed|could not read (Username|Password)|Permission denied"
        r"|Permission to .* denied|returned error: 40[13]|insufficient permission|Access denied"
        r"|not allowed to push|HTTP Basic: Access denied|Write access to repository not granted",
    ),
    (
        "publish-git-no-repository",
        r"Repository not found|repository .* not found|does not appear to be a git repository"
        r"|not a git repository|returned error: 404|project you were looking for could not be found"
        r"|no such repository|Cannot find repository",
    ),
    (
        "publish-git-unreachable",
        r"Could not resolve|Connection (refused|reset|closed|timed out)|unable to access"
        r"|No route to host|Network is unreachable|timed out|unexpectedly closed"
        r"|Could not connect|Failed to connect|the remote end hung up",
    ),
)
"""Codes of diagnostics, and what git, ssh and the hosts say (git speaks English to us)."""


def trouble_with(words: Sequence[str], outcome: Outcome, remote: str) -> Trouble:
    """Explain how git ended; `remote` is the repository's address for people."""
    text = f"{outcome.out.decode('utf-8', 'replace')}\n{outcome.said}"
    found = next((code for code, said in _CAUSES if re.search(said, text, re.IGNORECASE)), None)
    if found is None:
        return failed(words, outcome)
    return Trouble(error(found, remote=remote, said=outcome.last_words))
