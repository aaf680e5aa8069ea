"""A whole answer as the stream it could have been: for clients that asked for one."""

import re
from collections.abc import Iterator

import msgspec

from vedette.model.chat import (
    Answer,
    Delta,
    ErrorDelta,
    MediaDelta,
    MediaPart,
    Part,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
    RefusalPart,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolEnd,
    ToolStart,
    UsageDelta,
)

_WORDS = re.compile(r"\s*\S+\s*|\s+")


def replay(answer: Answer, *, by_word: bool = False) -> Iterator[Delta]:
    """The deltas that assemble to this answer; words for stop reasons stay as they are.

    `by_word`: texts come word by word, else whole.
    """
    yield Start(answer.id, answer.model)
    for choice, message in enumerate(answer.messages):
        calls = 0
        for part in message.parts:
            if by_word and isinstance(part, TextPart):
                yield from (TextDelta(word, choice) for word in _WORDS.findall(part.content))
                continue
            yield from _pieces(part, choice, calls)
            calls += isinstance(part, ToolCallPart)
        if message.finish_reason:
            yield Stop(message.finish_reason, choice, answer.stop_sequence)
    if answer.usage is not None:
        yield UsageDelta(answer.usage)
    if answer.error:
        yield ErrorDelta(answer.error)


def _pieces(part: Part, choice: int, call: int) -> Iterator[Delta]:
    match part:
        case TextPart(content=text):
            yield TextDelta(text, choice)
        case RefusalPart(content=text):
            yield RefusalDelta(text, choice)
        case ReasoningPart():
            yield ReasoningDelta(
                part.content, choice, part.signature, part.redacted, part.source, part.id
            )
        case MediaPart():
            yield MediaDelta(
                part.modality, part.size_bytes, choice, part.file_id, part.mime_type, part.data
            )
        case ToolCallPart():
            yield ToolStart(call, part.id, part.name, choice, part.signature, part.source)
            yield ToolArguments(call, arguments_text(part.arguments), choice)
            yield ToolEnd(call, choice)
        case _:
            pass


def arguments_text(arguments: object) -> str:
    """The arguments of a tool call as JSON text; text that the model wrote stays as it is."""
    if isinstance(arguments, str):
        return arguments
    return msgspec.json.encode({} if arguments is None else arguments).decode()
