"""Errors in the shape of the Anthropic API.

`{"type": "error", "error": {"type", "message", "details"?}, "request_id"?}`; in a stream it is the
data of an event named `error`. https://platform.claude.com/docs/en/api/errors
"""

from types import MappingProxyType
from typing import Any

import msgspec

from vedette.dialects.contract import Fault
from vedette.dialects.openai_errors import read_fault
from vedette.dialects.reading import as_mapping, as_text, decode

TYPES = MappingProxyType(
    {
        400: "invalid_request_error",
        401: "authentication_error",
        402: "billing_error",
        403: "permission_error",
        404: "not_found_error",
        408: "timeout_error",
        409: "conflict_error",
        413: "request_too_large",
        422: "invalid_request_error",
        429: "rate_limit_error",
        500: "api_error",
        503: "overloaded_error",
        504: "timeout_error",
        529: "overloaded_error",
    }
)
"""Status -> `error.type`."""

_BY_WORD = MappingProxyType(
    {
        # OpenAI's.
        "insufficient_quota": "billing_error",
        "requests": "rate_limit_error",
        "tokens": "rate_limit_error",
        "rate_limit_exceeded": "rate_limit_error",
        "server_error": "api_error",
        "service_unavailable_error": "overloaded_error",
        "invalid_api_key": "authentication_error",
        # Google's.
        "RESOURCE_EXHAUSTED": "rate_limit_error",
        "UNAVAILABLE": "overloaded_error",
        "DEADLINE_EXCEEDED": "timeout_error",
        "UNAUTHENTICATED": "authentication_error",
        "PERMISSION_DENIED": "permission_error",
        "INVALID_ARGUMENT": "invalid_request_error",
        "FAILED_PRECONDITION": "invalid_request_error",
        "NOT_FOUND": "not_found_error",
        "INTERNAL": "api_error",
        # Amazon's.
        "ThrottlingException": "rate_limit_error",
        "throttlingException": "rate_limit_error",
        "ServiceUnavailableException": "overloaded_error",
        "serviceUnavailableException": "overloaded_error",
        "ValidationException": "invalid_request_error",
        "validationException": "invalid_request_error",
        "AccessDeniedException": "permission_error",
        "ResourceNotFoundException": "not_found_error",
        "ModelTimeoutException": "timeout_error",
    }
)
"""Other providers' words: in a stream there is no status to tell by."""


def read_error(status: int, body: bytes) -> Fault:
    """The error that a provider answered with."""
    answer = as_mapping(decode(body))
    error = as_mapping(answer.get("error"))
    if answer.get("type") != "error" or not error:
        return read_fault(status, body)
    return Fault(
        status=status,
        message=as_text(error.get("message")) or f"The provider answered with HTTP {status}.",
        type=as_text(error.get("type")),
        code=as_text(as_mapping(error.get("details")).get("error_code")),
        request_id=as_text(answer.get("request_id")),
    )


def error_type(fault: Fault) -> str:
    """The type of an error in this format's words, by its own word or by its status."""
    if fault.type == _ANY_4XX:
        return TYPES.get(fault.status, fault.type)
    if fault.type in _OWN:
        return fault.type
    word = _BY_WORD.get(fault.type) or _BY_WORD.get(fault.code)
    if word is not None:
        return word
    is_client = 400 <= fault.status < 500
    return TYPES.get(fault.status, "invalid_request_error" if is_client else "api_error")


_OWN = frozenset(TYPES.values())
_ANY_4XX = "invalid_request_error"
"""OpenAI says it of a wrong key and of an unknown model too: there the status says more."""


def write_error(fault: Fault) -> bytes:
    """The body of an error answer."""
    error: dict[str, Any] = {"type": error_type(fault), "message": fault.message}
    if fault.code:
        error["details"] = {"error_code": fault.code}
    written: dict[str, Any] = {"type": "error", "error": error}
    if fault.request_id:
        written["request_id"] = fault.request_id
    return msgspec.json.encode(written)
