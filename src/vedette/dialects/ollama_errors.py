"""Errors of Ollama's native API: `{"error": "text"}`, whatever the status.

https://docs.ollama.com/api/errors
The text is all that Ollama says and all that its clients read. What else is known of an error of
another provider stands beside it, where no client stumbles over it.
"""

from types import MappingProxyType

import msgspec

from vedette.dialects.contract import Fault
from vedette.dialects.openai_errors import describe_error
from vedette.dialects.reading import as_mapping, as_text, decode, first_text

_TYPES = MappingProxyType(
    {
        400: "invalid_request_error", 401: "authentication_error", 403: "permission_error",
        404: "not_found_error", 413: "request_too_large", 429: "rate_limit_error",
        499: "request_cancelled", 500: "api_error", 502: "upstream_error",
        503: "overloaded_error", 504: "timeout_error",
    }
)  # fmt: skip
"""Status -> word, since Ollama has none of its own. 503 is its full queue."""


def find_error(body: dict[str, object]) -> str:
    """The text of the error that `body` is, or empty."""
    error = body.get("error")
    return (describe_error(error) or "error") if error else ""


def read_error(status: int, body: bytes) -> Fault:
    """An error answer; a body in OpenAI's shape (its `/v1` paths, proxies) is read as well."""
    fields = as_mapping(decode(body))
    inner = as_mapping(fields.get("error"))
    text = first_text(inner.get("message"), fields.get("error"), fields.get("message"))
    return Fault(
        status=status,
        message=text or body[:_SHOWN_BYTES].decode("utf-8", "replace").strip(),
        type=first_text(inner.get("type"), fields.get("type")) or _TYPES.get(status, "api_error"),
        code=first_text(inner.get("code"), fields.get("code")),
        param=first_text(inner.get("param"), fields.get("param")),
        request_id=as_text(fields.get("request_id")),
    )


_SHOWN_BYTES = 500


def write_error(fault: Fault) -> bytes:
    """The body of an error answer."""
    fields = {
        "error": fault.message or fault.type or "error",
        "type": fault.type,
        "code": fault.code,
        "param": fault.param,
        "request_id": fault.request_id,
    }
    return msgspec.json.encode({name: value for name, value in fields.items() if value})
