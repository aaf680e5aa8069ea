"""Content blocks of the Converse API, written from neutral parts: for requests and for answers.

`own` says that a part was read in this dialect: then its `extra` and what only Bedrock knows is
written as it was. A signature is sealed where the block goes to a client, and never where it goes
to a provider: callers see to that by what they hand in.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from vedette.dialects.anthropic_block_writer import tool_input
from vedette.dialects.bedrock_blocks import close_blob
from vedette.dialects.bedrock_media import write_media
from vedette.dialects.reading import as_mapping, decode
from vedette.model.chat import (
    MediaPart,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)


def text_block(part: TextPart, *, own: bool) -> dict[str, Any]:
    """A text, with what a guardrail or citations made of it."""
    extra = part.extra if own else {}
    if "guardContent" in extra:
        return {"guardContent": {"text": {"text": part.content, **extra["guardContent"]}}}
    if "citationsContent" in extra:
        cited = {"content": [{"text": part.content}], **as_mapping(extra["citationsContent"])}
        return {"citationsContent": {n: value for n, value in cited.items() if value is not None}}
    if extra.get("json") is True:
        return {"json": decode(part.content)}
    return {"text": part.content}


def media_block(part: MediaPart, name: str = "", *, own: bool) -> dict[str, Any] | None:
    """A medium; None where Bedrock does not take it."""
    guarded = own and "guardContent" in part.extra
    if guarded:
        extra = {n: value for n, value in part.extra.items() if n != "guardContent"}
        part = msgspec.structs.replace(part, extra=extra)
    block = write_media(part, name, own=own)
    return {"guardContent": block} if guarded and block is not None else block


def reasoning_block(part: ReasoningPart, signature: str) -> dict[str, Any]:
    """A thought with the signature as it is to be written."""
    if part.redacted:
        return {"reasoningContent": {"redactedContent": close_blob(signature)}}
    text: dict[str, Any] = {"text": part.content}
    if signature:
        text["signature"] = signature
    return {"reasoningContent": {"reasoningText": text}}


def call_block(part: ToolCallPart, id: str, *, own: bool) -> dict[str, Any]:
    """A tool call under this id."""
    arguments = part.arguments if own else tool_input(part.arguments or None)
    call = {"toolUseId": id, "name": part.name, "input": arguments}
    return {"toolUse": call | (part.extra if own else {})}


def result_block(
    part: ToolResultPart, id: str, content: list[dict[str, Any]], *, own: bool
) -> dict[str, Any]:
    """The result of a tool; `content` are its blocks, or those of `plain_result`."""
    result: dict[str, Any] = {"toolUseId": id, "content": content}
    if part.is_error:
        result["status"] = "error"
    return {"toolResult": result | (part.extra if own else {})}


def plain_result(result: object, *, own: bool) -> Iterator[dict[str, Any]]:
    """The block of a result that is one text or one JSON value; JSON must be an object."""
    if isinstance(result, dict) or (own and not isinstance(result, str | None)):
        yield {"json": result}
    elif isinstance(result, str):
        if result.strip():
            yield {"text": result}
    elif result is not None:
        yield {"text": msgspec.json.encode(result).decode()}


def raw_block(part: RawPart, dialect: str) -> dict[str, Any] | None:
    """A block that only this dialect knows, as it came."""
    return as_mapping(part.content) or None if part.dialect == dialect else None
