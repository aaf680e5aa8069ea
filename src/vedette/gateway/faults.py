"""What a client is told when something fails, in the dialect that it speaks."""

import msgspec

from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.openai_errors import error_body
from vedette.dialects.registry import CODECS
from vedette.errors import VedetteError
from vedette.model.chat import ChatRequest

_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "invalid_request_error",
    422: "invalid_request_error",
    429: "rate_limit_error",
}
_FAMILY = {
    "gemini_embeddings": "gemini",
    "ollama_embeddings": "ollama_chat",
    "bedrock_embeddings": "bedrock",
    "bedrock_invoke": "bedrock",
}
"""Dialects that have no errors of their own, and whose they share; else OpenAI's."""

_BROKEN_EVENTS = {
    "anthropic": (
        b'event: error\ndata: {"type":"error","error":{"type":"api_error","message":%s}}\n\n'
    ),
}
_BROKEN_EVENT = b'data: {"error":{"message":%s,"type":"upstream_error","param":null,"code":%s}}\n\n'
_NOT_SSE = {"ollama_chat": b"\n", "ollama_generate": b"\n", "bedrock": b"", "bedrock_invoke": b""}
"""What ends an event that was cut, where streams are no server-sent events; nothing can mend the
frames of Bedrock."""


def fault_of(error: VedetteError) -> Fault:
    """An error of ours."""
    kind = getattr(error, "kind", "") or _TYPES.get(error.status, "api_error")
    param = getattr(error, "param", "")
    return Fault(error.status, error.message, kind, error.code, param if param else "")


def fault_body(dialect: str, fault: Fault) -> bytes:
    """The body of an error answer of ours to a client of this dialect."""
    if dialect.startswith("openai") or dialect not in CODECS:
        # Our words are OpenAI's already, and some say more than its own would.
        return error_body(fault.message, fault.type, fault.code or None, fault.param or None)
    return _written(dialect, fault)


def translated_fault(client: str, provider: str, status: int, body: bytes) -> tuple[int, bytes]:
    """A provider's error as a client of another dialect reads it: status and body."""
    codec = CODECS.get(_FAMILY.get(provider, provider), CODECS["openai_chat"])
    fault: Fault = codec.read_error(status, body)
    return fault.status or status, _written(client, fault)


def _written(client: str, fault: Fault) -> bytes:
    codec = CODECS.get(_FAMILY.get(client, client), CODECS["openai_chat"])
    written: bytes = codec.write_error(fault)
    return written


def broken_event(dialect: str, code: str, *, inside_event: bool) -> bytes:
    """The last event of a stream that broke: an error in the client's dialect.

    `inside_event`: the bytes before it are the beginning of an event that never ends.
    """
    message = f"The answer of the provider broke off: {code}."
    if dialect in _NOT_SSE or dialect in ("gemini", "openai_responses"):
        event = _written_event(dialect, Fault(502, message, "upstream_error", code))
        gap = _NOT_SSE.get(dialect, b"\n\n")
        return b"" if inside_event and not gap else gap * inside_event + event
    quoted = msgspec.json.encode(message)
    template = _BROKEN_EVENTS.get(dialect)
    event = template % quoted if template else _BROKEN_EVENT % (quoted, b'"%s"' % code.encode())
    return b"\n\n" + event if inside_event else event


def _written_event(dialect: str, fault: Fault) -> bytes:
    codec = CODECS.get(_FAMILY.get(dialect, dialect))
    if codec is None or not hasattr(codec, "StreamWriter"):
        return b""
    context = WriteContext(request=ChatRequest(model=""), model="", id="0" * 16, created_s=0)
    event: bytes = codec.StreamWriter(context).error(fault)
    return event
