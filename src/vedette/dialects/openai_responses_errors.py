"""Errors in a stream of responses; as answers they look as in all of OpenAI's formats."""

from types import MappingProxyType

import msgspec

from vedette.dialects.contract import Fault
from vedette.dialects.openai_errors import error_type

_CODES = MappingProxyType(
    {
        "rate_limit_error": "rate_limit_exceeded",
        "insufficient_quota": "rate_limit_exceeded",
        "requests": "rate_limit_exceeded",
        "tokens": "rate_limit_exceeded",
        "invalid_request_error": "invalid_prompt",
    }
)


def error_code(fault: Fault) -> str:
    """The code that a failed response may have, of which there are few."""
    return _CODES.get(error_type(fault), "server_error")


def error_event(fault: Fault, number: int) -> bytes:
    """The event of a stream that fails; `number` is its place in it.

    As documented its fields stand in the event; the official clients raise only where there is an
    `error` with them, as OpenAI's servers send it.
    """
    kind = error_type(fault)
    fields: dict[str, str | None] = {
        "code": fault.code or kind,
        "message": fault.message,
        "param": fault.param or None,
    }
    error = {"type": kind, **fields}
    event = {"type": "error", "sequence_number": number, **fields, "error": error}
    return b"event: error\ndata: %b\n\n" % msgspec.json.encode(event)
