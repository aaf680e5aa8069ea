"""Chunks of a streamed chat completion, read into deltas.

The usual chunk is one typed decode and one delta. Whatever does not have the expected types goes
the slow way: a generic decode whose fields are taken where they make sense. A chunk that makes
none is a RawDelta, never an error.

What real servers do: Azure begins with a chunk whose `choices` is empty (its content filter
result); usage comes in a last chunk with `choices: []`, with the last choice (Mistral, DeepSeek),
on every chunk (vLLM) or in `x_groq`; some give every parallel tool call the index 0, or none.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from vedette.dialects.framing import count_alike
from vedette.dialects.openai_errors import find_error
from vedette.dialects.openai_media import base64_size
from vedette.dialects.openai_messages import read_signature
from vedette.dialects.openai_parts import read_content
from vedette.dialects.openai_reasoning import DIALECT, read_reasoning
from vedette.dialects.openai_searches import with_search_of_model
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.reading import JSON_ERRORS, as_list, as_mapping, as_text, decode
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    MediaPart,
    RawDelta,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolStart,
    UsageDelta,
)


class _Function(msgspec.Struct, gc=False):
    name: str | None = None
    arguments: str | None = None


class _ToolCall(msgspec.Struct, gc=False):
    index: int | None = None
    id: str | None = None
    function: _Function | None = None
    extra_content: dict[str, Any] | None = None


class _ChoiceDelta(msgspec.Struct, gc=False):
    content: str | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None
    refusal: str | None = None
    tool_calls: list[_ToolCall] | None = None
    function_call: _Function | None = None
    audio: dict[str, Any] | None = None
    reasoning_details: list[dict[str, Any]] | None = None
    thinking_blocks: list[dict[str, Any]] | None = None
    images: list[dict[str, Any]] | None = None


class _Choice(msgspec.Struct, gc=False):
    index: int | None = 0
    delta: _ChoiceDelta | None = None
    finish_reason: str | None = None


class _Chunk(msgspec.Struct, gc=False):
    id: str | None = None
    model: str | None = None
    choices: list[_Choice] | None = None
    usage: dict[str, Any] | None = None
    x_groq: dict[str, Any] | None = None
    error: Any = None


_EVENT = b"data: {"
_CHUNK_MARKS = frozenset(("choices", "usage", "x_groq"))
_OUTPUT = (TextDelta, ReasoningDelta, RefusalDelta, ToolStart, ToolArguments, MediaDelta)


def is_output(delta: Delta) -> bool:
    """Whether this is something the model said: the first one is the first token.

    Readers make no empty text deltas, so the kind decides.
    """
    return isinstance(delta, _OUTPUT)


def count_plain(block: bytes) -> int:
    """How many events these bytes are, where each of them says a piece of the answer and nothing
    else (no end, no figures, no error); 0 where one might say more.

    Counting names is quicker than reading: inside a JSON text their quotes would be escaped.
    """
    count = count_alike(block, _EVENT)
    if (
        count
        and block.count(b'"choices":[{') == count
        and block.count(b'"finish_reason"') == block.count(b'"finish_reason":null')
        and block.find(b'"error"') < 0
        and block.count(b'"usage"') == block.count(b'"usage":null')
    ):
        return count
    return 0


class StreamReader:
    """Reads the events of one stream, in order."""

    __slots__ = ("_calls", "_decode", "_started", "_thinks")

    def __init__(self) -> None:
        self._decode = msgspec.json.Decoder(_Chunk).decode
        self._started = False
        self._thinks = False
        self._calls: dict[int, list[tuple[int, str]]] = {}

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data; empty where it says nothing."""
        try:
            chunk = self._decode(data)
        except JSON_ERRORS:
            return self._read_odd(data)
        if chunk.choices is None or chunk.error is not None:
            return self._read_odd(data)
        return self._read_chunk(chunk)

    def _read_chunk(self, chunk: _Chunk) -> list[Delta]:
        deltas: list[Delta] = []
        choices = chunk.choices or ()
        if not self._started and (choices or chunk.id or chunk.usage):
            self._started = True
            deltas.append(Start(chunk.id or "", chunk.model or ""))
        for choice in choices:
            if (delta := choice.delta) is not None:
                if reasoning := delta.reasoning_content or delta.reasoning:
                    self._thinks = True
                    deltas.append(ReasoningDelta(reasoning, choice.index or 0, source=DIALECT))
                if delta.reasoning_details or delta.thinking_blocks:
                    deltas.extend(self._read_thoughts(delta, choice.index or 0))
                if content := delta.content:
                    deltas.append(TextDelta(content, choice.index or 0))
                if (
                    delta.refusal
                    or delta.tool_calls
                    or delta.function_call
                    or delta.audio
                    or delta.images
                ):
                    self._read_rest(delta, choice.index or 0, deltas)
            if choice.finish_reason:
                deltas.append(Stop(choice.finish_reason, choice.index or 0))
        if chunk.usage is not None or chunk.x_groq is not None:
            deltas.extend(_read_figures(chunk))
        return deltas

    def _read_rest(self, delta: _ChoiceDelta, choice: int, deltas: list[Delta]) -> None:
        if delta.refusal:
            deltas.append(RefusalDelta(delta.refusal, choice))
        for call in delta.tool_calls or ():
            self._read_call(call, choice, deltas)
        if (function := delta.function_call) is not None:
            self._read_call(_ToolCall(0, "", function), choice, deltas)
        if delta.audio:
            deltas.extend(_read_audio(delta.audio, choice))
        if delta.images:
            deltas.extend(_read_images(delta.images, choice))

    def _read_thoughts(self, delta: _ChoiceDelta, choice: int) -> Iterator[Delta]:
        """Signatures and encrypted thoughts; text only where it does not come plainly as well."""
        for part in read_reasoning(
            {
                "reasoning_details": delta.reasoning_details,
                "thinking_blocks": delta.thinking_blocks,
            },
            DIALECT,
        ):
            if isinstance(part, ReasoningPart):
                text = "" if self._thinks else part.content
                if text or part.signature:
                    yield ReasoningDelta(
                        text, choice, part.signature, part.redacted, part.source, part.id
                    )

    def _read_call(self, call: _ToolCall, choice: int, deltas: list[Delta]) -> None:
        """Which call a fragment belongs to: by its id where it has a new one, else by index."""
        calls = self._calls.setdefault(choice, [])
        name = (call.function and call.function.name) or ""
        ordinal = self._find_call(calls, call, name)
        if ordinal is None:
            ordinal = len(calls)
            calls.append((call.index if call.index is not None else ordinal, call.id or ""))
            signature, source = "", ""
            if call.extra_content:
                signature, source, _ = read_signature(call.extra_content)
            deltas.append(ToolStart(ordinal, call.id or "", name, choice, signature, source))
        if call.function is not None and call.function.arguments:
            deltas.append(ToolArguments(ordinal, call.function.arguments, choice))

    @staticmethod
    def _find_call(calls: list[tuple[int, str]], call: _ToolCall, name: str) -> int | None:
        for ordinal in range(len(calls) - 1, -1, -1):
            index, id = calls[ordinal]
            if call.id and id and call.id != id:
                continue
            if call.index == index or (call.index is None and (call.id == id or not name)):
                return ordinal
        return None

    def _read_odd(self, data: bytes) -> list[Delta]:
        """Chunks of unexpected types, and what is no chunk."""
        chunk = as_mapping(decode(data))
        if find_error(chunk) or not _CHUNK_MARKS.intersection(chunk):
            return read_sign(data)
        return self._read_chunk(_loosen(chunk))


def read_sign(data: bytes) -> list[Delta]:
    """What stands in a stream beside its chunks: `[DONE]`, an error, what means nothing to us."""
    stripped = data.strip()
    if stripped == b"[DONE]":
        return [End()]
    chunk = as_mapping(decode(data))
    if error := find_error(chunk):
        detail = as_mapping(chunk.get("error")) or chunk
        kind = as_text(detail.get("type"))
        code = as_text(detail.get("code"))
        return [ErrorDelta(as_text(detail.get("message")) or error, kind, code)]
    return [RawDelta(data)] if stripped else []


def _read_figures(chunk: _Chunk) -> list[Delta]:
    read = read_usage(chunk.usage or as_mapping(chunk.x_groq).get("usage"))
    usage = with_search_of_model(read, chunk.model or "")
    return [] if usage is None else [UsageDelta(usage)]


def _read_audio(audio: dict[str, Any], choice: int) -> list[Delta]:
    deltas: list[Delta] = []
    if transcript := as_text(audio.get("transcript")):
        deltas.append(TextDelta(transcript, choice))
    if audio.get("data") or audio.get("id"):
        data = as_text(audio.get("data"))
        id = as_text(audio.get("id"))
        deltas.append(MediaDelta("audio", base64_size(data), choice, id, data=data))
    return deltas


def _read_images(images: list[dict[str, Any]], choice: int) -> Iterator[Delta]:
    """Pictures of the answer, in OpenRouter's form."""
    for part in read_content(images):
        if isinstance(part, MediaPart):
            yield MediaDelta(
                part.modality, part.size_bytes, choice, part.file_id, part.mime_type, part.data
            )


def _loosen(chunk: dict[str, Any]) -> _Chunk:
    """The chunk with every field of a wrong type taken as absent."""
    return _Chunk(
        as_text(chunk.get("id")),
        as_text(chunk.get("model")),
        [_loosen_choice(as_mapping(choice)) for choice in as_list(chunk.get("choices"))],
        as_mapping(chunk.get("usage")) or None,
        as_mapping(chunk.get("x_groq")) or None,
    )


def _loosen_choice(choice: dict[str, Any]) -> _Choice:
    delta = as_mapping(choice.get("delta"))
    content, thinking = _join_parts(delta.get("content"))
    reasoning = as_text(delta.get("reasoning_content")) or as_text(delta.get("reasoning"))
    return _Choice(
        _index(choice.get("index")),
        _ChoiceDelta(
            content=content,
            reasoning_content=reasoning or thinking,
            refusal=as_text(delta.get("refusal")),
            tool_calls=[_loosen_call(as_mapping(c)) for c in as_list(delta.get("tool_calls"))],
            function_call=_loosen_function(delta.get("function_call")),
            audio=as_mapping(delta.get("audio")) or None,
            reasoning_details=_mappings(delta.get("reasoning_details")),
            thinking_blocks=_mappings(delta.get("thinking_blocks")),
            images=_mappings(delta.get("images")),
        ),
        as_text(choice.get("finish_reason")),
    )


def _join_parts(content: object) -> tuple[str, str]:
    """Text and reasoning of a `content` that is a list of parts (Mistral's thinking models)."""
    if isinstance(content, str):
        return content, ""
    text, thinking = [], []
    for part in map(as_mapping, as_list(content)):
        text.append(as_text(part.get("text")))
        for thought in as_list(part.get("thinking")):
            thinking.append(as_text(as_mapping(thought).get("text")))
    return "".join(text), "".join(thinking)


def _loosen_call(call: dict[str, Any]) -> _ToolCall:
    function = _loosen_function(call.get("function"))
    content = as_mapping(call.get("extra_content")) or None
    return _ToolCall(_index(call.get("index"), None), as_text(call.get("id")), function, content)


def _mappings(values: object) -> list[dict[str, Any]] | None:
    return [value for value in as_list(values) if isinstance(value, dict)] or None


def _loosen_function(value: object) -> _Function | None:
    function = as_mapping(value)
    if not function:
        return None
    arguments = function.get("arguments")
    if isinstance(arguments, dict):
        # Some servers send the arguments decoded.
        arguments = msgspec.json.encode(arguments).decode()
    return _Function(as_text(function.get("name")), as_text(arguments))


def _index(value: object, absent: int | None = 0) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else absent
