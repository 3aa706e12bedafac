"""What a bucket's refusal means to the person who publishes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from generator.model.diagnostic import Diagnostic, error
from generator.publish.trouble import Trouble

Answer = TypeVar("Answer")
CUT, _HALF = 4, "response body error"
"""How often to ask again when an answer broke off in its middle: obstore tries everything else
again itself, but not that."""
DENIED = {
    *("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken"),
    *("InvalidToken", "Unauthorized", "AuthorizationHeaderMalformed", "InvalidClientTokenId"),
}
"""Codes that speak of credentials: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
and what others say in their place."""
_PLATFORM = ("169.254.169.254", "169.254.170.", "/latest/api/token", "/latest/meta-data", "//sts.")
"""Where credentials are asked for when the environment has none."""


def asked(where: str, ask: Callable[[], Answer]) -> Answer:
    """Ask a bucket something that may be asked twice. Raises Trouble in the place of what obstore
    raises; of its long texts only what the service itself said is kept.
    """
    from obstore.exceptions import BaseError

    for left in range(CUT, -1, -1):
        try:
            return ask()
        except (BaseError, FileNotFoundError, ValueError) as problem:
            if not (left and _HALF in str(problem)):
                raise Trouble(_meant(where, str(problem), type(problem).__name__)) from None
    raise AssertionError


def _meant(where: str, text: str, kind: str) -> Diagnostic:
    said = text.partition("Debug source")[0]
    code = _inside(said, "Code")
    reason = f"{code} {_inside(said, 'Message')}".strip()
    status = re.search(r"status code: (\d{3} [A-Za-z ]+)", said)
    if code == "NoSuchBucket":
        return error("cloud-no-bucket", where=where)
    if any(name in said for name in _PLATFORM):
        return error("cloud-secret", where=where, names="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY")
    reason = reason or (status[1].strip() if status else "")
    if code in DENIED or kind in ("PermissionDeniedError", "UnauthenticatedError"):
        return error("cloud-denied", where=where, reason=reason)
    if reason:
        return error("cloud-refused", where=where, reason=reason)
    return error("cloud-unreachable", where=where, reason=_last(said))


def _inside(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    return found[1].strip() if found else ""


def _last(text: str) -> str:
    """The end of a chain of causes."""
    return text.strip().rpartition(" - ")[2].strip()[:200]
