"""Errors of Google's APIs, both directions.

https://cloud.google.com/apis/design/errors: `code` is the HTTP status, `status` a word of
google.rpc.Code, `details` typed messages of google.rpc.
"""

import re
from typing import Any

import msgspec

from vedette.dialects.contract import Fault
from vedette.dialects.gemini_fields import camel_fields
from vedette.dialects.reading import as_list, as_mapping, as_text, decode

_BY_HTTP = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 402: "RESOURCE_EXHAUSTED",
    403: "PERMISSION_DENIED", 404: "NOT_FOUND", 405: "INVALID_ARGUMENT", 408: "DEADLINE_EXCEEDED",
    409: "ABORTED", 413: "INVALID_ARGUMENT", 422: "INVALID_ARGUMENT", 429: "RESOURCE_EXHAUSTED",
    499: "CANCELLED", 500: "INTERNAL", 501: "UNIMPLEMENTED", 502: "UNAVAILABLE",
    503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED", 529: "UNAVAILABLE",
}  # fmt: skip
"""HTTP status -> word. 529 is Anthropic's for an overloaded service."""
_WORDS = frozenset(_BY_HTTP.values()) | {
    "UNKNOWN", "ALREADY_EXISTS", "FAILED_PRECONDITION", "OUT_OF_RANGE", "DATA_LOSS",
}  # fmt: skip
_RPC = "type.googleapis.com/google.rpc."
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)s")


def read_error(status: int, body: bytes) -> Fault:
    """The fault that an error answer tells of; `status` is its HTTP status.

    Streams without `alt=sse` put it into a list.
    """
    error = error_in(decode(body))
    details = _details(error)
    reasons = (as_text(d.get("reason")) for d in details.get("ErrorInfo", ()))
    requests = (as_text(d.get("requestId")) for d in details.get("RequestInfo", ()))
    return Fault(
        status=status,
        message=as_text(error.get("message")) or f"The provider answered with status {status}.",
        type=as_text(error.get("status")) or _BY_HTTP.get(status, ""),
        code=next(reasons, ""),
        param=_field(details.get("BadRequest", [])),
        request_id=next(requests, ""),
    )


def retry_delay_s(body: bytes) -> float | None:
    """How long an error body asks to wait (`RetryInfo`); None where it does not."""
    for info in _details(error_in(decode(body))).get("RetryInfo", ()):
        if (match := _DURATION.fullmatch(as_text(info.get("retryDelay")))) is not None:
            return float(match[1])
    return None


def error_in(value: object) -> dict[str, Any]:
    """The `error` of a body or an event; empty where there is none."""
    if isinstance(value, list):
        value = next((one for one in value if as_mapping(one).get("error")), None)
    error = as_mapping(value).get("error")
    return {"message": error} if isinstance(error, str) else as_mapping(error)


def describe_error(error: dict[str, Any]) -> str:
    """`STATUS: message`; empty where there is no error."""
    kind = as_text(error.get("status")) or as_text(error.get("code"))
    words = ": ".join(word for word in (kind, as_text(error.get("message"))) if word)
    return words or ("error" if error else "")


def write_error(fault: Fault) -> bytes:
    """The body of an error answer, with the provider's own words in its details."""
    return msgspec.json.encode(error_fields(fault))


def error_fields(fault: Fault) -> dict[str, Any]:
    status = fault.type if fault.type in _WORDS else _BY_HTTP.get(fault.status, "UNKNOWN")
    error: dict[str, Any] = {"code": fault.status, "message": fault.message, "status": status}
    if details := _write_details(fault, status):
        error["details"] = details
    return {"error": error}


def _write_details(fault: Fault, status: str) -> list[dict[str, Any]]:
    details: list[dict[str, Any]] = []
    if reason := fault.code or (fault.type if fault.type != status else ""):
        details.append({"@type": _RPC + "ErrorInfo", "reason": reason})
    if fault.param:
        violation = {"field": fault.param, "description": fault.message}
        details.append({"@type": _RPC + "BadRequest", "fieldViolations": [violation]})
    if fault.request_id:
        details.append({"@type": _RPC + "RequestInfo", "requestId": fault.request_id})
    return details


def _details(error: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The details by the last word of their type."""
    found: dict[str, list[dict[str, Any]]] = {}
    for value in as_list(error.get("details")):
        detail = camel_fields(value)
        kind = as_text(detail.get("@type")).rpartition(".")[2]
        found.setdefault(kind, []).append(detail)
    return found


def _field(requests: list[dict[str, Any]]) -> str:
    for request in requests:
        for violation in as_list(request.get("fieldViolations")):
            if field := as_text(as_mapping(violation).get("field")):
                return field
    return ""
