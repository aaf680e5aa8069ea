"""What an exchange said: its two captured bodies, read by the codec of its dialect.

Nothing here raises for what somebody sent. What no codec can read is kept as text, what is no text
as nothing but its size.
"""

from typing import Any, Protocol, cast

import msgspec
from msgspec.structs import replace

from vedette.dialects import openai_chat, openai_realtime
from vedette.dialects.assemble import assemble
from vedette.dialects.framing import FramingError, SSEvent
from vedette.dialects.openai_errors import find_error
from vedette.dialects.openai_messages import base64_size
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.reading import Unreadable, as_mapping, as_text, decode
from vedette.dialects.registry import CODECS, Framing, framing_of
from vedette.errors import BadRequest
from vedette.ingest.bodies import drop_cut_word, is_text, mend_json, to_text, unpack
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    MediaPart,
    Message,
    Part,
    ToolResultPart,
)
from vedette.model.exchange import ExchangeRecord

_PATHS = {
    "/chat/completions": "openai_chat",
    "/completions": "openai_completions",
    "/embeddings": "openai_embeddings",
    "/responses": "openai_responses",
    "/messages": "anthropic",
}


class _StreamReader(Protocol):
    def read(self, data: bytes) -> list[Delta]: ...


class _Dialect(Protocol):
    def read_request(self, body: bytes) -> ChatRequest: ...

    def read_answer(self, body: bytes) -> Answer: ...

    def StreamReader(self) -> _StreamReader: ...


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """Both halves of an exchange as far as they could be read.

    `request_text` and `response_text` are the bodies as text, empty where they are none.
    """

    request: ChatRequest | None = None
    answer: Answer | None = None
    request_text: str = ""
    response_text: str = ""
    request_truncated: bool = False
    response_truncated: bool = False
    unread_encoding: str = ""
    """The content encoding that we cannot undo."""


def find_dialect(record: ExchangeRecord) -> str:
    """The codec the record names, else the one its path asks for; empty where none fits."""
    if record.dialect in CODECS or record.dialect == openai_realtime.NAME:
        return record.dialect
    path = record.path.partition("?")[0].rstrip("/")
    if record.method == "POST":
        for ending, dialect in _PATHS.items():
            if path.endswith(ending):
                return dialect
    return ""


def read_contents(record: ExchangeRecord) -> Contents:
    """Read both bodies of an exchange."""
    request_truncated = record.request_bytes > len(record.request_body)
    response_truncated = record.response_bytes > len(record.response_body)
    request = record.request_body
    body = unpack(record.response_body, record.response_content_encoding)
    if record.capture == "redacted":
        request = drop_cut_word(request) if request_truncated else request
        body = drop_cut_word(body) if response_truncated and body else body
    name = find_dialect(record)
    return Contents(
        request=_lean_request(_asked(name, request, cut=request_truncated)),
        answer=_lean_answer(_answered(name, body or b"", record, cut=response_truncated)),
        request_text=_text(request, record.request_content_type),
        response_text=_text(body or b"", record.response_content_type),
        request_truncated=request_truncated and bool(record.request_body),
        response_truncated=response_truncated and bool(record.response_body),
        unread_encoding=record.response_content_encoding if body is None else "",
    )


def _text(body: bytes, content_type: str) -> str:
    return to_text(body) if is_text(content_type) else ""


def _asked(name: str, body: bytes, *, cut: bool) -> ChatRequest | None:
    if name == openai_realtime.NAME:
        return openai_realtime.read_request(body)
    return _read_request(cast(_Dialect | None, CODECS.get(name)), body, cut=cut)


def _answered(name: str, body: bytes, record: ExchangeRecord, *, cut: bool) -> Answer | None:
    if name == openai_realtime.NAME:
        return openai_realtime.read_answer(body)
    dialect = cast(_Dialect | None, CODECS.get(record.response_dialect or name))
    return _read_answer(dialect, body, record, cut=cut)


def _read_request(dialect: _Dialect | None, body: bytes, *, cut: bool) -> ChatRequest | None:
    if not body:
        return None
    if dialect is None:
        # Of the other calls only what all of them share.
        fields = as_mapping(decode(mend_json(body) if cut else body))
        user, model = as_text(fields.get("user")), as_text(fields.get("model"))
        return ChatRequest(model=model, user=user) if user or model else None
    try:
        return dialect.read_request(mend_json(body) if cut else body)
    except BadRequest:
        return None


def _read_answer(
    dialect: _Dialect | None, body: bytes, record: ExchangeRecord, *, cut: bool
) -> Answer | None:
    if not body:
        return None
    framing = framing_of(
        record.response_content_type.encode(),
        dialect=record.response_dialect or record.dialect,
        stream=record.stream,
    )
    if framing is not None:
        stream = (dialect or cast(_Dialect, openai_chat)).StreamReader()
        events = _events(framing, body)
        return assemble(delta for event in events for delta in stream.read(event.data))
    if cut:
        body = mend_json(body)
    if dialect is None:
        return _read_figures(as_mapping(decode(body)))
    try:
        return dialect.read_answer(body)
    except Unreadable:
        return None


def _events(framing: Framing, body: bytes) -> list[SSEvent]:
    """The events of a stream, as far as it can be cut into them."""
    reader = framing()
    events: list[SSEvent] = []
    try:
        events += reader.feed(body)
        events += reader.close()
    except FramingError:
        pass
    return events


def _read_figures(fields: dict[str, Any]) -> Answer | None:
    """What the answers of all other calls share: model, usage and error."""
    usage, error = read_usage(fields.get("usage")), find_error(fields)
    model = as_text(fields.get("model"))
    if usage is None and not error and not model:
        return None
    return Answer(id=as_text(fields.get("id")), model=model, usage=usage, error=error)


def _lean_request(request: ChatRequest | None) -> ChatRequest | None:
    if request is None or (lean := _lean(request.messages)) is request.messages:
        return request
    return replace(request, messages=lean)


def _lean_answer(answer: Answer | None) -> Answer | None:
    if answer is None or (lean := _lean(answer.messages)) is answer.messages:
        return answer
    return replace(answer, messages=lean)


def _lean(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The messages without the bytes of their pictures and sounds: the same where there are none,
    as nearly always."""
    if not any(type(part) in _HEAVY for message in messages for part in message.parts):
        return messages
    return tuple(
        replace(message, parts=tuple(map(_lean_part, message.parts))) for message in messages
    )


_HEAVY = frozenset((MediaPart, ToolResultPart))


def _lean_part(part: Part) -> Part:
    if isinstance(part, MediaPart) and part.data:
        return replace(part, data="", size_bytes=part.size_bytes or base64_size(part.data))
    if isinstance(part, ToolResultPart) and part.parts:
        return replace(part, parts=tuple(map(_lean_part, part.parts)))
    return part
