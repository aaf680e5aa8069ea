"""Events of a streamed answer, read into deltas.

Each event is an answer with the parts that are new; figures come with every event and count the
whole. A call comes whole, unless a Vertex client asked for its arguments in pieces. There is no
terminal event: a candidate ends with its `finishReason`.

The usual event is one typed decode. Whatever does not have the expected types goes the slow way;
what makes no sense is a RawDelta, never an error.
"""

from typing import Any

import msgspec

from vedette.dialects.gemini_errors import describe_error, error_in
from vedette.dialects.gemini_fields import NAME, camel_fields
from vedette.dialects.gemini_media import read_media
from vedette.dialects.gemini_partial_args import PartialArguments
from vedette.dialects.gemini_searches import queries_in, with_searches
from vedette.dialects.gemini_signatures import read_signature
from vedette.dialects.gemini_stops import UNSAID, block_reason
from vedette.dialects.gemini_usage import Figures, buckets, read_figures
from vedette.dialects.openai_stream import read_sign
from vedette.dialects.reading import JSON_ERRORS, as_list, as_mapping, as_text, decode
from vedette.model.chat import (
    Delta,
    ErrorDelta,
    MediaDelta,
    RawDelta,
    ReasoningDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


class _Call(msgspec.Struct, gc=False):
    id: str | None = None
    name: str | None = None
    args: msgspec.Raw = msgspec.Raw()
    partialArgs: list[dict[str, Any]] | None = None
    willContinue: bool | None = None


class _Part(msgspec.Struct, gc=False):
    text: str | None = None
    thought: bool | None = None
    thoughtSignature: str | None = None
    functionCall: _Call | None = None
    inlineData: dict[str, Any] | None = None
    fileData: dict[str, Any] | None = None


class _Content(msgspec.Struct, gc=False):
    parts: list[_Part] | None = None


class _Candidate(msgspec.Struct, gc=False):
    content: _Content | None = None
    finishReason: str | None = None
    index: int | None = 0
    groundingMetadata: Any = None


class _Feedback(msgspec.Struct, gc=False):
    blockReason: str | None = None


class _Chunk(msgspec.Struct, gc=False):
    candidates: list[_Candidate] | None = None
    usageMetadata: Figures | None = None
    modelVersion: str | None = None
    responseId: str | None = None
    promptFeedback: _Feedback | None = None
    error: Any = None


_CHUNK = msgspec.json.Decoder(_Chunk)
_MARKS = frozenset({"candidates", "usageMetadata", "promptFeedback", "modelVersion", "responseId"})


class StreamReader:
    """Reads the events of one stream, in order."""

    __slots__ = ("_calls", "_partial", "_queries", "_started", "_usage")

    def __init__(self) -> None:
        self._started = False
        self._usage: Usage | None = None
        self._queries: set[str] = set()
        """What the provider searched for so far."""
        self._calls: dict[int, int] = {}
        """How many calls each choice has made."""
        self._partial: dict[int, PartialArguments] = {}
        """The call of each choice whose arguments are still coming."""

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data; empty where it says nothing new."""
        try:
            chunk = _CHUNK.decode(data)
        except JSON_ERRORS:
            return self._read_odd(data)
        if chunk.error or not (chunk.candidates or chunk.usageMetadata or chunk.promptFeedback):
            return self._read_odd(data)
        return self._read_chunk(chunk, data)

    def _read_chunk(self, chunk: _Chunk, data: bytes) -> list[Delta]:
        deltas: list[Delta] = []
        if not self._started:
            self._started = True
            deltas.append(Start(chunk.responseId or "", chunk.modelVersion or ""))
        for place, candidate in enumerate(chunk.candidates or ()):
            self._read_candidate(candidate, place, data, deltas)
        if not chunk.candidates and chunk.promptFeedback is not None:
            if reason := block_reason(chunk.promptFeedback.blockReason):
                deltas.append(Stop(reason))
        read = self._usage if chunk.usageMetadata is None else buckets(chunk.usageMetadata)
        usage = with_searches(read, self._queries) if self._queries else read
        if usage is not None and usage != self._usage:
            self._usage = usage
            deltas.append(UsageDelta(usage))
        return deltas

    def _read_candidate(
        self, candidate: _Candidate, place: int, data: bytes, deltas: list[Delta]
    ) -> None:
        choice = candidate.index or 0
        if candidate.content is not None and candidate.content.parts is not None:
            for number, part in enumerate(candidate.content.parts):
                if part.text and not part.thought and not part.thoughtSignature:
                    deltas.append(TextDelta(part.text, choice))
                elif (said := self._read_part(part, choice)) is not None:
                    deltas += said
                else:
                    deltas += _raw_part(data, place, number)
        if candidate.groundingMetadata is not None:
            self._queries.update(queries_in(candidate.groundingMetadata))
        if candidate.finishReason and candidate.finishReason not in UNSAID:
            deltas.append(Stop(candidate.finishReason, choice))

    def _read_part(self, part: _Part, choice: int) -> list[Delta] | None:
        """What a part says; None for one of a kind we do not know."""
        if part.functionCall is not None:
            return self._read_call(part.functionCall, part, choice)
        if part.inlineData is not None or part.fileData is not None:
            return None if part.thought else _read_medium(part, choice)
        if part.text is None and not part.thoughtSignature:
            return None
        signature, source, id = read_signature(part.thoughtSignature or "")
        text = part.text or ""
        if part.thought:
            redacted = bool(signature) and not text
            thought = ReasoningDelta(text, choice, signature, redacted, source or NAME, id)
            return [thought] if text or signature else []
        said: list[Delta] = [TextDelta(text, choice)] if text else []
        if signature:
            said.append(ReasoningDelta("", choice, signature, source=source, id=id))
        return said

    def _read_call(self, call: _Call, part: _Part, choice: int) -> list[Delta]:
        if call.partialArgs is not None or call.willContinue or choice in self._partial:
            return self._read_piece(call, part, choice)
        index = self._calls[choice] = self._calls.get(choice, -1) + 1
        return [
            _start(call, part, index, choice),
            ToolArguments(index, _arguments(call.args), choice),
            ToolEnd(index, choice),
        ]

    def _read_piece(self, call: _Call, part: _Part, choice: int) -> list[Delta]:
        deltas: list[Delta] = []
        if choice not in self._partial:
            self._partial[choice] = PartialArguments()
            index = self._calls[choice] = self._calls.get(choice, -1) + 1
            deltas.append(_start(call, part, index, choice))
        for piece in call.partialArgs or ():
            self._partial[choice].add(piece)
        if not call.willContinue:
            index = self._calls[choice]
            arguments = self._partial.pop(choice).text()
            deltas += [ToolArguments(index, arguments, choice), ToolEnd(index, choice)]
        return deltas

    def _read_odd(self, data: bytes) -> list[Delta]:
        """Events of unexpected types, and what is no answer."""
        value = decode(data)
        if error := error_in(value):
            message = as_text(error.get("message")) or describe_error(error)
            return [ErrorDelta(message, as_text(error.get("status")), as_text(error.get("code")))]
        if isinstance(value, list):
            pieces = (self.read(msgspec.json.encode(one)) for one in value)
            return [delta for deltas in pieces for delta in deltas]
        chunk = camel_fields(value)
        if not _MARKS.intersection(chunk):
            return read_sign(data)
        return self._read_chunk(_loosen(chunk), data)


def _start(call: _Call, part: _Part, index: int, choice: int) -> ToolStart:
    signature, source, _ = read_signature(part.thoughtSignature or "")
    return ToolStart(index, call.id or "", call.name or "", choice, signature, source)


def _arguments(args: msgspec.Raw) -> str:
    """The arguments as they came, without the spaces between."""
    text = bytes(args)
    if not text or text == b"null":
        return "{}"
    return msgspec.json.format(text, indent=-1).decode()


def _read_medium(part: _Part, choice: int) -> list[Delta]:
    fields = {"inlineData": part.inlineData, "fileData": part.fileData}
    medium = read_media(fields, {})
    said: list[Delta] = [
        MediaDelta(
            medium.modality, medium.size_bytes, choice, medium.file_id or medium.uri,
            medium.mime_type, medium.data,
        )
    ]  # fmt: skip
    if part.thoughtSignature:
        signature, source, id = read_signature(part.thoughtSignature)
        said.append(ReasoningDelta("", choice, signature, source=source, id=id))
    return said


def _raw_part(data: bytes, place: int, number: int) -> list[Delta]:
    """A part that is none of those we know, under a name of its own; nothing for an empty one."""
    candidates = as_list(as_mapping(decode(data)).get("candidates"))
    content = as_mapping(as_mapping(candidates[place]).get("content"))
    part = as_list(content.get("parts"))[number]
    return [RawDelta(msgspec.json.encode({"gemini_part": part}))] if part else []


def _loosen(chunk: dict[str, Any]) -> _Chunk:
    """The event with every field of a wrong type taken as absent."""
    feedback = camel_fields(chunk.get("promptFeedback"))
    return _Chunk(
        [_loosen_candidate(camel_fields(one)) for one in as_list(chunk.get("candidates"))],
        read_figures(chunk.get("usageMetadata")),
        as_text(chunk.get("modelVersion")),
        as_text(chunk.get("responseId")),
        _Feedback(as_text(feedback.get("blockReason"))) if feedback else None,
    )


def _loosen_candidate(candidate: dict[str, Any]) -> _Candidate:
    parts = as_list(camel_fields(candidate.get("content")).get("parts"))
    index = candidate.get("index")
    return _Candidate(
        _Content([_loosen_part(camel_fields(part)) for part in parts]),
        as_text(candidate.get("finishReason")),
        index if type(index) is int else 0,
        candidate.get("groundingMetadata"),
    )


def _loosen_part(part: dict[str, Any]) -> _Part:
    call = camel_fields(part.get("functionCall"))
    pieces = call.get("partialArgs")
    return _Part(
        as_text(part["text"]) if part.get("text") is not None else None,
        part.get("thought") is True,
        as_text(part.get("thoughtSignature")),
        _Call(
            as_text(call.get("id")),
            as_text(call.get("name")),
            msgspec.Raw(msgspec.json.encode(call.get("args", {}))),
            [as_mapping(piece) for piece in pieces] if isinstance(pieces, list) else None,
            call.get("willContinue") is True,
        )
        if call
        else None,
        camel_fields(part.get("inlineData")) or None,
        camel_fields(part.get("fileData")) or None,
    )
