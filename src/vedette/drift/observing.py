"""From messages and spans to observations: the fingerprint of what was said.

Where texts are kept, the fingerprint is worked out from them when it is asked for. Where they are
not (capture mode `hash`), ingest works it out while it has them and keeps it in the attribute
`vedette.fingerprint`.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec
from msgspec.structs import replace

from vedette.features.conversation import joined, template_and_input
from vedette.features.fingerprint import Fingerprint, read_fingerprint
from vedette.features.hashing import TextHasher
from vedette.features.writing import ATTRIBUTE, read_print, write_print
from vedette.model.chat import Message, Part, RefusalPart, TextPart, ToolResultPart
from vedette.model.drift import Observation
from vedette.model.span import Span

_TEXT_MODES = ("full", "redacted")


def fingerprint_messages(
    asked: Sequence[Message] | str | None,
    answered: Sequence[Message] | str | None,
    hasher: TextHasher,
    *,
    tools: Iterable[str] = (),
) -> Fingerprint:
    """The fingerprint of an exchange.

    The instructions (system and developer messages) are its template, the other messages its
    input: a single one by its text, several with their roles. Reasoning is no part of an answer.
    """
    template, prompt = None, asked if isinstance(asked, str) else None
    if asked and not isinstance(asked, str):
        template, prompt = template_and_input([(each.role, _text(each)) for each in asked])
    return read_fingerprint(
        hasher=hasher,
        template=template,
        input=prompt,
        answer=_answer_text(answered),
        tools=tools,
    )


def _answer_text(answered: Sequence[Message] | str | None) -> str | None:
    if not answered or isinstance(answered, str):
        return answered if isinstance(answered, str) else None
    return joined(map(_text, answered))


def fingerprint_attributes(
    asked: Sequence[Message] | str | None,
    answered: Sequence[Message] | str | None,
    hasher: TextHasher,
    *,
    tools: Iterable[str] = (),
) -> dict[str, str]:
    """What a span keeps so that answers can be compared whose texts are not kept.

    The names of tools are hashed too.
    """
    hidden = [hasher.text(name) for name in tools]
    found = fingerprint_messages(asked, answered, hasher, tools=hidden)
    return {ATTRIBUTE: write_print(found)}


class Embeds(Protocol):
    """Makes sketches of meaning, see `semantic.Embedder`."""

    def sketch(self, text: str) -> bytes: ...


def observe_span(span: Span, hasher: TextHasher, embedder: Embeds | None = None) -> Observation:
    """What drift can see of a span; it needs the payload."""
    stored = span.payload.attributes.get(ATTRIBUTE)
    fingerprint = read_print(stored) if isinstance(stored, str) else None
    if fingerprint is None and span.capture in _TEXT_MODES:
        tools = [call.name for call in span.tool_calls]
        asked, answered = span.payload.input, span.payload.output
        fingerprint = fingerprint_messages(asked, answered, hasher, tools=tools)
        if embedder is not None and fingerprint.answer is not None:
            sketch = embedder.sketch(_answer_text(answered) or "")
            answer = replace(fingerprint.answer, embedding=sketch)
            fingerprint = replace(fingerprint, answer=answer)
    return Observation(
        fingerprint=fingerprint or Fingerprint(),
        model=span.model,
        version=span.response_model if span.response_model != span.model else "",
        latency_ms=span.duration_ms,
        output_tokens=span.usage.output_total or None,
        finish_reason=span.finish_reason,
    )


def _text(message: Message) -> str:
    return joined(map(_part_text, message.parts))


def _part_text(part: Part) -> str:
    match part:
        case TextPart() | RefusalPart():
            return part.content
        case ToolResultPart():
            result = part.result
            return result if isinstance(result, str) else msgspec.json.encode(result).decode()
        case _:
            return ""
