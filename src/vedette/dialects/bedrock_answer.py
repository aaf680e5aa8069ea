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

SERVER_TOOL = "server_tool_use"
"""`type` of a call that the provider runs itself."""

_KNOWN = frozenset(("output", "stopReason", "usage"))
_OWN = ("metrics", "trace", "performanceConfig", "serviceTier", "additionalModelResponseFields")
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
        stop_sequence=read_stop_sequence(answer.get("additionalModelResponseFields")),
        extra={name: value for name, value in answer.items() if name not in _KNOWN},
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
    message = answer.messages[0] if answer.messages else Message(role="assistant")
    reason = message.finish_reason or next(iter(answer.finish_reasons), "")
    own = {name: answer.extra[name] for name in _OWN if isinstance(answer.extra.get(name), dict)}
    content = [block for n, part in enumerate(message.parts) for block in _write(part, n, context)]
    body: dict[str, Any] = {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": STOP_REASONS.get(reason, "end_turn"),
        "usage": write_usage(answer.usage),
        "metrics": _NO_METRICS,
        **own,
    }
    if told := told_sequence(answer.stop_sequence, context):
        body["additionalModelResponseFields"] = {**own.get(_OWN[-1], {}), **told}
    return msgspec.json.encode(body)


def told_sequence(sequence: str, context: WriteContext) -> dict[str, str]:
    """`stop_sequence`, where there was one and the client asked for it."""
    asked = as_list(context.request.unknown.get("additionalModelResponseFieldPaths"))
    return {"stop_sequence": sequence} if sequence and STOP_SEQUENCE_PATH in asked else {}


def _write(part: Part, ordinal: int, context: WriteContext) -> list[dict[str, Any]]:
    match part:
        case TextPart(content=text):
            return [blocks.text_block(part, own=True)] if text else []
        case RefusalPart(content=text):
            return [{"text": text}] if text else []
        case ReasoningPart():
            signature = seal_thought(part.signature, part.source, NAME)
            return [blocks.reasoning_block(part, signature)]
        case ToolCallPart():
            is_servers = part.extra.get("type") == SERVER_TOOL
            id = part.id or call_id(context, ordinal)
            call = blocks.call_block(part, id, own=is_servers)
            return [*signature_block(part.signature, part.source), call]
        case ToolResultPart():
            return [_write_result(part, context)]
        case MediaPart():
            block = blocks.media_block(part, own=False)
            return [block] if block is not None else []
        case RawPart():
            raw = blocks.raw_block(part, NAME)
            return [raw] if raw is not None else []
        case _:
            return []


def _write_result(part: ToolResultPart, context: WriteContext) -> dict[str, Any]:
    """What a tool answered that the provider ran itself."""
    content = [block for inner in part.parts for block in _write(inner, 0, context)]
    content = content or list(blocks.plain_result(part.result, own=True))
    return blocks.result_block(part, part.id, content, own=False)


def call_id(context: WriteContext, ordinal: int) -> str:
    """An id for a tool call that came without one."""
    return f"tooluse_{context.id}_{ordinal}"


def signature_block(signature: str, source: str) -> list[dict[str, Any]]:
    """The signature of a tool call, as a thought that has no text."""
    sealed = close_call_signature(signature, source)
    if not sealed:
        return []
    return [{"reasoningContent": {"reasoningText": {"text": "", "signature": sealed}}}]
