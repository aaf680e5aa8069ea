"""Content blocks of the Converse API, read into neutral parts.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html

A block is a union: an object with one member, whose name says what it is. What a part cannot hold
stays in its `extra` under the block's own names: `guardContent`, `citationsContent`, `json`.
"""

import base64
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from vedette.dialects.bedrock_media import KINDS, read_media
from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.dialects.signatures import seal, unseal
from vedette.model.chat import (
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

NAME = "bedrock"

_SEALED = b"vdt:"
_OF_A_CALL = "call"
"""The source that marks the signature of a call; it begins as every sealed one does."""


def read_message(value: object, *, finish_reason: str = "", role: str = "user") -> Message:
    """One message; `role` is used where it names none."""
    message = as_mapping(value)
    return Message(
        role=as_text(message.get("role")) or role,
        parts=tuple(read_blocks(message.get("content"))),
        finish_reason=finish_reason,
        extra={n: kept for n, kept in message.items() if n not in ("role", "content")},
    )


def read_blocks(content: object) -> Iterator[Part]:
    """The parts of a `content` or `system`, in order."""
    signature = source = ""
    for value in as_list(content):
        part = read_block(value)
        if isinstance(part, ReasoningPart) and part.source == _OF_A_CALL:
            signature, source = unseal(part.signature, NAME)
            continue
        if isinstance(part, ToolCallPart) and signature:
            part = replace(part, signature=signature, source=source)
        signature = source = ""
        yield part


def read_block(value: object) -> Part:
    """One block; of a kind we do not know as it came."""
    block = as_mapping(value)
    if len(block) == 1:
        ((kind, content),) = block.items()
        read = _BLOCKS.get(kind)
        part = None if read is None else read(content)
        if part is not None:
            return part
    return RawPart(content=value, dialect=NAME)


def _text(content: object) -> Part | None:
    return TextPart(content=content) if isinstance(content, str) else None


def _media(kind: str) -> Callable[[object], Part | None]:
    return lambda content: read_media(kind, content) if isinstance(content, dict) else None


def _tool_use(content: object) -> Part | None:
    call = as_mapping(content)
    if not call:
        return None
    return ToolCallPart(
        name=as_text(call.get("name")),
        id=as_text(call.get("toolUseId")),
        arguments=call.get("input"),
        extra=_rest(call, "name", "toolUseId", "input"),
    )


def _tool_result(content: object) -> Part | None:
    result = as_mapping(content)
    if not result:
        return None
    blocks = as_list(result.get("content"))
    parts = tuple(map(_result_part, blocks))
    status = as_text(result.get("status"))
    rest = _rest(result, "toolUseId", "content", "status")
    return ToolResultPart(
        id=as_text(result.get("toolUseId")),
        result=_result(blocks, parts),
        parts=() if len(blocks) == 1 and _is_plain(blocks[0]) else parts,
        is_error=status == "error",
        extra={**rest, "status": status} if status not in ("", "error") else rest,
    )


def _is_plain(block: object) -> bool:
    """Whether a block is wholly told by `ToolResultPart.result`: a text, or JSON that is none."""
    fields = as_mapping(block)
    if len(fields) != 1:
        return False
    return isinstance(fields.get("text"), str) or not isinstance(fields.get("json", ""), str)


def _result(blocks: list[Any], parts: tuple[Part, ...]) -> Any:
    if len(blocks) == 1 and _is_plain(blocks[0]) and "json" in blocks[0]:
        return blocks[0]["json"]
    return "".join(part.content for part in parts if isinstance(part, TextPart))


def _result_part(block: object) -> Part:
    """JSON among other blocks reads as its text: so every dialect can say it."""
    fields = as_mapping(block)
    if len(fields) == 1 and "json" in fields:
        text = msgspec.json.encode(fields["json"]).decode()
        return TextPart(content=text, extra={"json": True})
    return read_block(block)


def _guarded(content: object) -> Part | None:
    """What a guardrail is to look at; the model gets it like any other text or image."""
    fields = as_mapping(content)
    if isinstance(text := fields.get("text"), dict) and isinstance(text.get("text"), str):
        return TextPart(content=text["text"], extra={"guardContent": _rest(text, "text")})
    if isinstance(image := fields.get("image"), dict):
        read: MediaPart = read_media("image", image)
        return replace(read, extra={**read.extra, "guardContent": {}})
    return None


def _reasoning(content: object) -> Part | None:
    fields = as_mapping(content)
    if isinstance(text := fields.get("reasoningText"), dict):
        signature, source = unseal(as_text(text.get("signature")), NAME)
        return ReasoningPart(
            content=as_text(text.get("text")),
            signature=signature,
            source=source,
            extra=_rest(text, "text", "signature"),
        )
    if redacted := as_text(fields.get("redactedContent")):
        signature, source = open_blob(redacted)
        return ReasoningPart(content="", signature=signature, redacted=True, source=source)
    return None


def _cited(content: object) -> Part | None:
    """A text with its sources."""
    fields = as_mapping(content)
    pieces = as_list(fields.get("content"))
    if not fields:
        return None
    kept = _rest(fields, "content")
    if len(pieces) != 1 or set(as_mapping(pieces[0])) != {"text"}:
        kept["content"] = fields.get("content")
    text = "".join(as_text(as_mapping(piece).get("text")) for piece in pieces)
    return TextPart(content=text, extra={"citationsContent": kept})


def _rest(fields: dict[str, Any], *known: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in known}


_BLOCKS: dict[str, Callable[[object], Part | None]] = {
    "text": _text,
    **{kind: _media(kind) for kind in KINDS},
    "toolUse": _tool_use,
    "toolResult": _tool_result,
    "guardContent": _guarded,
    "reasoningContent": _reasoning,
    "citationsContent": _cited,
}


def open_blob(blob: str) -> tuple[str, str]:
    """Signature and source in a `redactedContent`, which is base64: clients decode it.

    Bedrock's own stays as it is; any other was packed by `close_blob`.
    """
    packed = _decoded(blob)
    if packed is None or not packed.startswith(_SEALED):
        return blob, NAME
    return unseal(packed.decode("utf-8", "replace"), NAME)


def close_blob(sealed: str) -> str:
    """A signature, sealed where it is foreign, as the base64 of a `redactedContent`."""
    if not sealed.startswith(_SEALED.decode()):
        if _decoded(sealed) is not None:
            return sealed
        sealed = f"{_SEALED.decode()}{NAME}:{sealed}"
    return base64.b64encode(sealed.encode("utf-8", "replace")).decode()


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None


def close_call_signature(signature: str, source: str) -> str:
    """A tool call's signature as it stands in a thought without text before the call.

    Bedrock has no place of its own for it; a client that keeps the message brings it back.
    """
    return seal(seal(signature, source, NAME), _OF_A_CALL, NAME)


def open_call_signature(text: str) -> tuple[str, str]:
    """Signature and source of the call behind such a thought; empty ones where it is none."""
    signature, mark = unseal(text, NAME)
    return unseal(signature, NAME) if mark == _OF_A_CALL else ("", "")
