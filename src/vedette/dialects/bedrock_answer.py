"""Whole answers of the Converse API, in both directions.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html

An answer names neither itself nor its model. Which stop sequence ended it stands in
`additionalModelResponseFields`, for clients that asked for it.
"""

from types import MappingProxyType
from typing import Any

import msgspec

from vedette.dialects import bedrock_block_writer as blocks
from vedette.dialects.bedrock_blocks import NAME, close_call_signature, read_message
from vedette.dialects.bedrock_request_writer import STOP_SEQUENCE_PATH
from vedette.dialects.bedrock_usage import read_usage, write_usage
from vedette.dialects.contract import WriteContext
from vedette.dialects.openai_answer_head import AnswerHead
from vedette.dialects.reading import JSON_ERRORS, as_list, as_mapping, as_text, decode_answer
from vedette.dialects.signatures import seal_thought
from vedette.model.chat import (
    Answer,
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

STOP_REASONS = MappingProxyType(
    {
        "stop": "end_turn", "length": "max_tokens", "tool_call": "tool_use",
        "stop_sequence": "stop_sequence", "content_filter": "content_filtered",
        "refusal": "content_filtered", "pause": "end_turn", "error": "malformed_model_output",
    }
)  # fmt: skip
"""Neutral word -> Bedrock's."""

_KNOWN = frozenset(("output", "stopReason", "usage"))
_FIELDS = "additionalModelResponseFields"
_NO_METRICS = {"latencyMs": 0}


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    reason = as_text(answer.get("stopReason"))
    output = as_mapping(answer.get("output")).get("message")
    message = read_message(output, finish_reason=reason, role="assistant")
    has_message = bool(message.parts or reason)
    return Answer(
        messages=(message,) if has_message else (),
        finish_reasons=(reason,) if has_message else (),
        usage=read_usage(answer.get("usage")),
        error="" if has_message else find_error(answer),
        stop_sequence=read_stop_sequence(answer.get(_FIELDS)),
        extra={name: value for name, value in answer.items() if name not in _KNOWN},
        dialect=NAME,
    )


def find_error(answer: dict[str, Any]) -> str:
    """The message of an error body; empty where it is none."""
    if "output" in answer:
        return ""
    return as_text(answer.get("message")) or as_text(answer.get("Message"))


def read_stop_sequence(fields: object) -> str:
    return as_text(as_mapping(fields).get("stop_sequence"))


class _Head(msgspec.Struct, gc=False):
    output: msgspec.Raw = msgspec.Raw()
    stopReason: str = ""
    usage: dict[str, Any] | None = None


_HEAD = msgspec.json.Decoder(_Head)


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an unstreamed answer. Raises Unreadable where it is not a JSON object."""
    try:
        head = _HEAD.decode(body)
    except JSON_ERRORS:
        head = _Head()
    if not head.output:
        answer = read_answer(body)
        reason = next(iter(answer.finish_reasons), "")
        return AnswerHead("", "", reason, answer.usage, answer.error)
    return AnswerHead("", "", head.stopReason, read_usage(head.usage))


def write_answer(answer: Answer, context: WriteContext) -> bytes:
    """The whole answer; of several choices the first."""
    own = answer.dialect == NAME
    message = answer.messages[0] if answer.messages else Message(role="assistant")
    reason = message.finish_reason or next(iter(answer.finish_reasons), "")
    writer = _PartWriter(context, own=own)
    content = [block for part in message.parts for block in writer.write(part)]
    body: dict[str, Any] = {
        "output": {
            "message": {"role": "assistant", "content": content} | (message.extra if own else {})
        },
        "stopReason": STOP_REASONS.get(reason, "end_turn"),
        "usage": write_usage(answer.usage),
        "metrics": _NO_METRICS,
        **(answer.extra if own else {}),
    }
    if told := told_sequence(answer.stop_sequence, context):
        body[_FIELDS] = {**as_mapping(body.get(_FIELDS)), **told}
    return msgspec.json.encode(body)


def told_sequence(sequence: str, context: WriteContext) -> dict[str, str]:
    """`stop_sequence`, where there was one and the client asked for it."""
    asked = as_list(context.request.unknown.get("additionalModelResponseFieldPaths"))
    return {"stop_sequence": sequence} if sequence and STOP_SEQUENCE_PATH in asked else {}


class _PartWriter:
    """Writes the parts of one answer; `own`: it was read in this dialect."""

    def __init__(self, context: WriteContext, *, own: bool) -> None:
        self._context = context
        self._own = own
        self._calls = 0

    def write(self, part: Part) -> list[dict[str, Any]]:
        """The blocks of a part; none where it has no place here."""
        match part:
            case TextPart(content=text):
                return [blocks.text_block(part, own=self._own)] if text else []
            case RefusalPart(content=text):
                return [{"text": text}] if text else []
            case ReasoningPart():
                signature = seal_thought(part.signature, part.source, NAME)
                return [blocks.reasoning_block(part, signature)]
            case ToolCallPart():
                return self._call(part)
            case ToolResultPart():
                return [self._result(part)]
            case MediaPart():
                block = blocks.media_block(part, own=self._own)
                return [block] if block is not None else []
            case RawPart():
                raw = blocks.raw_block(part, NAME)
                return [raw] if raw is not None else []

    def _call(self, part: ToolCallPart) -> list[dict[str, Any]]:
        id = part.id or call_id(self._context, self._calls)
        self._calls += 1
        call = blocks.call_block(part, id, own=self._own)
        return [*signature_block(part.signature, part.source), call]

    def _result(self, part: ToolResultPart) -> dict[str, Any]:
        """What a tool answered that the provider ran itself."""
        content = [block for inner in part.parts for block in self.write(inner)]
        content = content or list(blocks.plain_result(part.result, own=self._own))
        return blocks.result_block(part, part.id, content, own=self._own)


def call_id(context: WriteContext, ordinal: int) -> str:
    """An id for a tool call that came without one."""
    return f"tooluse_{context.id}_{ordinal}"


def signature_block(signature: str, source: str) -> list[dict[str, Any]]:
    """The signature of a tool call, as a thought that has no text."""
    sealed = close_call_signature(signature, source)
    if not sealed:
        return []
    return [{"reasoningContent": {"reasoningText": {"text": "", "signature": sealed}}}]
