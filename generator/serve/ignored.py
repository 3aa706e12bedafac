"""Files whose changes mean nothing: what editors and systems leave behind while they work."""

from __future__ import annotations

import re
from pathlib import PurePath

_LEFT_BEHIND = re.compile(
    r".*(~|\.(sw[a-px]|bak|tmp|temp|part|crdownload)|___jb_\w+___|\.sb-\w+-\w+)"
    r"|#.*#|\.#.*|\._.*|\.~lock\..*|~\$.*|4913|\.goutputstream-\w+|\.DS_Store|Thumbs\.db",
    re.IGNORECASE,
)
"""vim's backup, swap and probe (`4913`), JetBrains, Emacs, TextEdit, gedit, Office, browsers. What
is missing here costs a build that finds nothing to do, never a wrong page."""
_FOLDERS = (".git", "__pycache__", "node_modules", ".hg", ".svn")


def is_ignored(path: str) -> bool:
    """Whether a path of the newsletter cannot be part of the site."""
    *folders, name = PurePath(path).parts or ("",)
    return bool(_LEFT_BEHIND.fullmatch(name)) or any(part in _FOLDERS for part in (*folders, name))
