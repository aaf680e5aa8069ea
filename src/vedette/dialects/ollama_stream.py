"""Lines of a streamed answer of Ollama, read into deltas.

The usual line is one typed decode and one delta. Tool calls come whole, several in a line or in
lines of their own. The last line has `done: true`, the reason and the counts; an error after the
first line is a line `{"error": "text"}`.
"""

from typing import Any

import msgspec

from vedette.dialects.ollama_answer import read_usage
from vedette.dialects.ollama_errors import find_error
from vedette.dialects.ollama_media import read_images
from vedette.dialects.ollama_messages import read_tool_calls
from vedette.dialects.ollama_reasoning import read_reasoning
from vedette.dialects.reading import JSON_ERRORS, as_list, as_mapping, as_text, decode
from vedette.dialects.replay import arguments_text
from vedette.model.chat import (
    Delta,
    End,
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


class _Said(msgspec.Struct, gc=False):
    """What a line says, wherever its API puts it."""

    content: str | None = None
    thinking: str | None = None
    tool_calls: list[Any] | None = None
    images: list[Any] | None = None
    reasoning_details: list[Any] | None = None


class _Line(msgspec.Struct, gc=False):
    model: str | None = None
    message: _Said | None = None
    response: str | None = None
    thinking: str | None = None
    image: str | None = None
    tool_calls: list[Any] | None = None
    reasoning_details: list[Any] | None = None
    done: bool | None = None
    done_reason: str | None = None
    prompt_eval_count: int | None = None
    eval_count: int | None = None
    error: Any = None


_MARKS = frozenset({"message", "response", "done"})


class StreamReader:
    """Reads the lines of one stream, in order, of `/api/chat` and of `/api/generate`."""

    __slots__ = ("_calls", "_decode", "_dialect", "_started")

    def __init__(self, dialect: str) -> None:
        self._decode = msgspec.json.Decoder(_Line).decode
        self._dialect = dialect
        self._started = False
        self._calls = 0

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one line; empty where it says nothing."""
        try:
            line = self._decode(data)
        except JSON_ERRORS:
            return self._read_odd(data)
        if line.error is not None or (
            line.message is None and line.response is None and line.done is None
        ):
            return self._read_odd(data)
        return self._read_line(line)

    def _read_line(self, line: _Line) -> list[Delta]:
        deltas: list[Delta] = []
        if not self._started:
            self._started = True
            deltas.append(Start("", line.model or ""))
        if (said := line.message) is None:
            said = _generated(line)
        if said.reasoning_details or said.tool_calls or said.images:
            self._read_rest(said, deltas)
        elif said.thinking:
            deltas.append(ReasoningDelta(said.thinking))
        if said.content:
            deltas.append(TextDelta(said.content))
        if said.tool_calls:
            self._read_calls(said.tool_calls, deltas)
        if line.done:
            deltas.append(Stop(line.done_reason or "stop"))
            usage = read_usage(line.prompt_eval_count, line.eval_count)
            deltas += [UsageDelta(usage), End()] if usage is not None else [End()]
        return deltas

    def _read_rest(self, said: _Said, deltas: list[Delta]) -> None:
        """Thoughts with their proofs, and pictures."""
        fields = {"thinking": said.thinking, "reasoning_details": said.reasoning_details}
        for part in read_reasoning(fields, self._dialect):
            deltas.append(
                ReasoningDelta(
                    part.content,
                    signature=part.signature,
                    redacted=part.redacted,
                    source=part.source,
                    id=part.id,
                )
            )
        for image in read_images(said.images):
            deltas.append(
                MediaDelta(
                    image.modality, image.size_bytes, mime_type=image.mime_type, data=image.data
                )
            )

    def _read_calls(self, calls: list[Any], deltas: list[Delta]) -> None:
        for call in read_tool_calls(calls, self._dialect):
            index = self._calls
            self._calls += 1
            deltas += [
                ToolStart(index, call.id, call.name, 0, call.signature, call.source),
                ToolArguments(index, arguments_text(call.arguments)),
                ToolEnd(index),
            ]

    def _read_odd(self, data: bytes) -> list[Delta]:
        """Lines of unexpected types, errors, and what is no line of an answer."""
        line = as_mapping(decode(data))
        if error := find_error(line):
            return [ErrorDelta(error, as_text(line.get("type")), as_text(line.get("code")))]
        if not _MARKS.intersection(line):
            return [RawDelta(data)] if data.strip() else []
        return self._read_line(_loosen(line))


def _generated(line: _Line) -> _Said:
    images = [line.image] if line.image else None
    return _Said(line.response, line.thinking, line.tool_calls, images, line.reasoning_details)


def _loosen(line: dict[str, Any]) -> _Line:
    """The line with every field of a wrong type taken as absent."""
    message = as_mapping(line.get("message")) if "message" in line else None
    return _Line(
        model=as_text(line.get("model")),
        message=None if message is None else _loosen_said(message, "content"),
        response=as_text(line.get("response")),
        thinking=as_text(line.get("thinking")),
        image=as_text(line.get("image")),
        tool_calls=as_list(line.get("tool_calls")),
        reasoning_details=as_list(line.get("reasoning_details")),
        done=line.get("done") is True,
        done_reason=as_text(line.get("done_reason")),
        prompt_eval_count=line.get("prompt_eval_count"),
        eval_count=line.get("eval_count"),
    )


def _loosen_said(message: dict[str, Any], text: str) -> _Said:
    return _Said(
        as_text(message.get(text)),
        as_text(message.get("thinking")),
        as_list(message.get("tool_calls")),
        as_list(message.get("images")),
        as_list(message.get("reasoning_details")),
    )
