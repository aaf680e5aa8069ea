"""Errors in the shape that every OpenAI client understands.

https://developers.openai.com/api/docs/guides/error-codes
"""

from types import MappingProxyType
from typing import Any

import msgspec

from vedette.dialects.contract import Fault
from vedette.dialects.reading import as_mapping, as_text, decode, first_text

TYPES = MappingProxyType(
    {
        400: "invalid_request_error",
        401: "authentication_error",
        402: "insufficient_quota",
        403: "permission_error",
        404: "not_found_error",
        408: "timeout_error",
        409: "conflict_error",
        413: "invalid_request_error",
        422: "invalid_request_error",
        429: "rate_limit_error",
        503: "service_unavailable_error",
        504: "timeout_error",
        529: "overloaded_error",
    }
)
"""Status -> `error.type`; 5xx otherwise `server_error`."""

_WORDS = MappingProxyType(
    {
        "api_error": "server_error",
        "billing_error": "insufficient_quota",
        "request_too_large": "invalid_request_error",
    }
)
"""Words of Anthropic that OpenAI has others for; the rest both share."""


def error_body(message: str, type: str, code: str | None, param: str | None = None) -> bytes:
    """The JSON body of one of our own errors: `{"error": {message, type, param, code}}`."""
    error = {"message": message, "type": type, "param": param, "code": code}
    return msgspec.json.encode({"error": error})


def error_event(message: str, type: str, code: str | None) -> bytes:
    """The same as one event of a stream that is already under way."""
    return b"data: " + error_body(message, type, code) + b"\n\n"


def write_error(fault: Fault) -> bytes:
    """The body of an error answer.

    Another provider's word that is none of OpenAI's types (`RESOURCE_EXHAUSTED`) stands as its
    code, unless it has a code that says more than a number.
    """
    kind = error_type(fault)
    code = fault.code
    if (not code or code.isdigit()) and fault.type and fault.type != kind:
        code = fault.type
    return error_body(fault.message, kind, code or None, fault.param or None)


def error_type(fault: Fault) -> str:
    """The type of an error: its own word where that is one of ours, else by its status."""
    word = _WORDS.get(fault.type, fault.type)
    if word in _OWN or (word and fault.status < 400):
        return word
    is_client = 400 <= fault.status < 500
    return TYPES.get(fault.status, "invalid_request_error" if is_client else "server_error")


_OWN = frozenset({*TYPES.values(), "server_error", "upstream_error", "requests", "tokens"})


def read_fault(status: int, body: bytes) -> Fault:
    """The error that a provider answered with.

    OpenAI's shape, also in a list (Google's paths of this format), vLLM's flat one, a bare string,
    FastAPI's `detail`. A body that is none of these, such as the page of a proxy, is not told to
    clients.
    """
    answer = _unwrapped(decode(body))
    inner = answer.get("error")
    error = as_mapping(inner) or answer
    message = first_text(
        inner, error.get("message"), error.get("msg"), answer.get("detail"), answer.get("message")
    )
    return Fault(
        status=status,
        message=message or f"The provider answered with HTTP {status}.",
        type=first_text(error.get("type"), error.get("status")),
        code=as_text(error.get("code")),
        param=as_text(error.get("param")),
        request_id=as_text(answer.get("request_id")),
    )


def describe_error(value: object) -> str:
    """`type: message` of whatever stands in `error`; empty where there is none.

    Takes the OpenAI object, a bare string, and the flat shape of vLLM
    (`{"object": "error", "message": ..., "type": ...}`).
    """
    if isinstance(value, str):
        return value
    error = as_mapping(value)
    kind = as_text(error.get("type")) or as_text(error.get("code")) or as_text(error.get("status"))
    message = as_text(error.get("message")) or as_text(error.get("msg"))
    return ": ".join(word for word in (kind, message) if word)


def find_error(body: dict[str, object]) -> str:
    """`type: message` of the error that `body` is, or empty."""
    if body.get("error"):
        return describe_error(body["error"]) or "error"
    if body.get("object") == "error":
        return describe_error(body) or "error"
    return ""


def read_error(body: bytes) -> str:
    """`type: message` of an error body; empty where it is not one."""
    return find_error(_unwrapped(decode(body)))


def _unwrapped(value: object) -> dict[str, Any]:
    """The error answer, out of the list that Google puts it into."""
    return as_mapping(next(iter(value), None) if isinstance(value, list) else value)
