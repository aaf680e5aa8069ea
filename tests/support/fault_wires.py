"""The provider that fails in the fault suite: its answers, whole, in part and refused."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from tests.support.answers import Headers, Script, answer, answer_in_pieces, sse
from tests.support.provided import Provided
from tests.support.providers import KINDS
from vedette.dialects.eventstream import exception_frame

SAID = Provided(text="One two three four five six seven eight nine ten.")


class Wire(msgspec.Struct, frozen=True):
    """The provider that fails: its dialect, and where the parts of its stream end."""

    dialect: str
    preamble: int
    """Events before the first output."""
    begun: int
    """Events with the first words."""

    def whole(self) -> Script:
        return answer(KINDS[self.dialect].whole(SAID))

    def stream(self) -> Script:
        return self.events(None)

    def pieces(self) -> list[bytes]:
        return KINDS[self.dialect].stream(SAID)

    def events(self, count: int | None, *more: bytes) -> Script:
        """The first `count` events and `more`; a whole HTTP message."""
        kind = KINDS[self.dialect].content_type
        return answer_in_pieces([*self.pieces()[:count], *more], content_type=kind)

    def open(self, count: int, *ending: Any) -> Script:
        """The same, but the message does not end: `ending` happens instead."""
        return (*self.events(count)[:-1], *ending)

    def closed(self, pieces: Sequence[bytes]) -> Script:
        """Pieces of a stream that nothing but the end of the connection ends."""
        kind = KINDS[self.dialect].content_type
        return answer_in_pieces(pieces, framing="close", content_type=kind)

    def error(self) -> bytes:
        """An error as an event of the stream."""
        return _ERROR_EVENTS[self.dialect]

    def refusal(self, status: int, code: str = "", headers: Headers = ()) -> Script:
        """An error answer."""
        return answer(_ERRORS[self.dialect](code), status, headers=headers)


_ERROR_EVENTS = {
    "bedrock": exception_frame("throttlingException", b'{"message":"full"}'),
    "gemini": sse(b'{"error":{"code":503,"message":"full","status":"UNAVAILABLE"}}'),
    "ollama_chat": b'{"error":"full"}\n',
    "openai_responses": sse(
        b'{"type":"error","sequence_number":9,"error":{"type":"server_error","message":"full"}}',
        "error",
    ),
    "openai_chat": sse(b'{"error":{"message":"full","type":"overloaded"}}'),
    "anthropic": sse(
        b'{"type":"error","error":{"type":"overloaded_error","message":"full"}}', "error"
    ),
}


def _openai_error(code: str) -> bytes:
    error = {"message": "No.", "type": "x", "param": None, "code": code or None}
    return msgspec.json.encode({"error": error})


_ERRORS: dict[str, Callable[[str], bytes]] = {
    "bedrock": lambda _: b'{"message":"No."}',
    "gemini": _openai_error,
    "ollama_chat": lambda _: b'{"error":"No."}',
    "openai_chat": _openai_error,
    "openai_responses": _openai_error,
    "anthropic": lambda code: msgspec.json.encode(
        {"type": "error", "error": {"type": code or "api_error", "message": "No."}}
    ),
}
WIRES = {
    "openai_chat": Wire("openai_chat", preamble=1, begun=4),
    "anthropic": Wire("anthropic", preamble=3, begun=6),
    "openai_responses": Wire("openai_responses", preamble=4, begun=7),
    "gemini": Wire("gemini", preamble=0, begun=3),
    "bedrock": Wire("bedrock", preamble=1, begun=4),
    "ollama_chat": Wire("ollama_chat", preamble=0, begun=3),
}
