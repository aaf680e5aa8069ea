"""What the rim answers in its own name, in the shape that OpenAI's clients read."""

import json
from types import MappingProxyType
from typing import Final

STOPPED: Final = -1
"""In the place of a status: nothing is answered, the server does not wait any longer."""
REASONS: Final = MappingProxyType(
    {
        STOPPED: "shutting_down",
        400: "invalid_http",
        405: "method_not_allowed",
        408: "request_timeout",
        431: "headers_too_large",
        503: "too_many_connections",
        505: "version_not_supported",
    }
)
"""Status -> code; the code also names the count in `Server.stats.refused`."""

_MESSAGES: Final = MappingProxyType(
    {
        STOPPED: "The gateway was stopped before the answer was whole.",
        400: "The request is not valid HTTP/1.1.",
        405: "CONNECT is not served here.",
        408: "The request did not arrive in time.",
        431: "The request head is too large.",
        503: "Too many connections are open. Try again shortly.",
        505: "Only HTTP/1.1 and HTTP/1.0 are served here.",
    }
)


def refusal_message(status: int) -> str:
    """What is said with it; `status` is one of `REASONS`."""
    return _MESSAGES[status]


def refusal_body(status: int) -> bytes:
    """The JSON body of a refusal; `status` is one of `REASONS`."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    error = {
        "message": _MESSAGES[status],
        "type": kind,
        "param": None,
        "code": REASONS[status],
    }
    return json.dumps({"error": error}).encode()
