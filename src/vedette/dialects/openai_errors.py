"""Errors in the shape that every OpenAI client understands."""

import msgspec

from vedette.dialects.reading import as_mapping, as_text, decode


def error_body(message: str, type: str, code: str | None, param: str | None = None) -> bytes:
    """The JSON body of one of our own errors: `{"error": {message, type, param, code}}`."""
    error = {"message": message, "type": type, "param": param, "code": code}
    return msgspec.json.encode({"error": error})


def error_event(message: str, type: str, code: str | None) -> bytes:
    """The same as one event of a stream that is already under way."""
    return b"data: " + error_body(message, type, code) + b"\n\n"


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
    return find_error(as_mapping(decode(body)))
