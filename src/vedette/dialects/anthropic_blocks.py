"""Content blocks of the Anthropic messages format, read into neutral parts.

Fields that have no neutral name (`cache_control`, `citations`, `context`, `caller`) stay in the
part's `extra`. Blocks of the provider's own tools are kept raw in requests: nobody else can make
sense of them. In answers their calls count as tool calls, marked by the `type` in their `extra`.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from vedette.dialects.openai_media import encoded_media
from vedette.dialects.openai_parts import leftover
from vedette.dialects.reading import as_list, as_mapping, as_text, decode_text
from vedette.dialects.signatures import is_ours, seal, unseal
from vedette.model.chat import (
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

NAME = "anthropic"
CALL = "call:"
"""What the signature of a tool call begins with where it stands for want of a field of its own: in
a `redacted_thinking` block before the call, sealed. Claude signs no calls, Gemini does."""
INVALID = "INVALID_JSON"
"""Under this name arguments that are no JSON object stand in `input`, which must be one.
https://platform.claude.com/docs/en/agents-and-tools/tool-use/fine-grained-tool-streaming"""

SEARCHED = "search_result"
"""Under this name a whole block of search results stands in the `extra` of its document."""

_Read = Callable[[dict[str, Any]], Part | None]


def read_blocks(content: object, *, answered: bool = False) -> Iterator[Part]:
    """The parts of a `content`: a text or a list of blocks. `answered`: by the model, just now."""
    if isinstance(content, str):
        if content:
            yield TextPart(content=content)
        return
    signed = ReasoningPart(content="")
    for value in as_list(content):
        part = read_block(value, answered=answered)
        if isinstance(part, ReasoningPart) and part.signature.startswith(CALL):
            signed = part
        elif isinstance(part, ToolCallPart) and signed.signature:
            signature = signed.signature.removeprefix(CALL)
            yield replace(part, signature=signature, source=signed.source)
            signed = ReasoningPart(content="")
        else:
            yield part


def read_block(value: object, *, answered: bool = False) -> Part:
    """One block."""
    block = as_mapping(value)
    kind = as_text(block.get("type"))
    read = _BLOCKS.get(kind)
    if answered and is_provider_call(kind):
        read = _tool_use
    part = None if read is None else read(block)
    return RawPart(content=value, dialect=NAME) if part is None else part


def is_provider_call(kind: str) -> bool:
    """Whether a block of this type is a call that the provider itself carries out."""
    return kind.endswith("_tool_use")


def _text(block: dict[str, Any]) -> Part | None:
    text = block.get("text")
    if not isinstance(text, str):
        return None
    return TextPart(content=text, extra=leftover(block, "type", "text"))


def _thinking(block: dict[str, Any]) -> Part:
    signature, source = unseal(as_text(block.get("signature")), NAME)
    return ReasoningPart(
        content=as_text(block.get("thinking")),
        signature=signature,
        source=source,
        extra=leftover(block, "type", "thinking", "signature"),
    )


def _redacted(block: dict[str, Any]) -> Part:
    data, source = unseal(as_text(block.get("data")), NAME)
    return ReasoningPart(
        content="",
        signature=data,
        redacted=True,
        source=source,
        extra=leftover(block, "type", "data"),
    )


def _tool_use(block: dict[str, Any]) -> Part:
    extra = leftover(block, "type", "id", "name", "input")
    if block.get("type") != "tool_use":
        extra["type"] = block["type"]
    return ToolCallPart(
        name=as_text(block.get("name")),
        id=as_text(block.get("id")),
        arguments=read_input(block.get("input")),
        extra=extra,
    )


def read_input(value: object) -> Any:
    """Arguments as they stand in `input`; those that were wrapped for want of an object alone."""
    wrapped = value.get(INVALID) if isinstance(value, dict) and len(value) == 1 else None
    return decode_text(wrapped) if isinstance(wrapped, str) else value


def _tool_result(block: dict[str, Any]) -> Part:
    content = block.get("content")
    parts: tuple[Part, ...] = ()
    if isinstance(content, list):
        parts = tuple(read_blocks(content))
        content = "".join(part.content for part in parts if isinstance(part, TextPart))
        if parts == (TextPart(content=content),):
            parts = ()
    return ToolResultPart(
        id=as_text(block.get("tool_use_id")),
        result=content,
        parts=parts,
        is_error=block.get("is_error") is True,
        extra=leftover(block, "type", "tool_use_id", "content", "is_error"),
    )


def _media(block: dict[str, Any]) -> Part | None:
    source = as_mapping(block.get("source"))
    read = _SOURCES.get(as_text(source.get("type")))
    if read is None and not source.keys() & {"data", "url", "file_id"}:
        return None
    medium = _loose_source(source) if read is None else read(source)
    extra = leftover(block, "type", "source", "title")
    if source.get("type") == "content":
        extra["source"] = source
    return MediaPart(
        modality="image" if block.get("type") == "image" else "file",
        mime_type=medium.mime_type,
        uri=medium.uri,
        file_id=medium.file_id,
        size_bytes=medium.size_bytes,
        data=medium.data,
        name=as_text(block.get("title")),
        extra=extra,
    )


def _loose_source(source: dict[str, Any]) -> MediaPart:
    """A source by whatever it has: `type` is often forgotten."""
    read = encoded_media("", as_text(source.get("data")), mime_type=_kind(source))
    return MediaPart(
        modality="",
        mime_type=read.mime_type,
        uri=as_text(source.get("url")),
        file_id=as_text(source.get("file_id")),
        size_bytes=read.size_bytes,
        data=read.data,
    )


def _text_source(source: dict[str, Any]) -> MediaPart:
    return _text_medium(as_text(source.get("data")), _kind(source))


def _content_source(source: dict[str, Any]) -> MediaPart:
    """A document made of blocks: its text for others, the source itself in `extra`."""
    return _text_medium(text_of(source.get("content")), "text/plain")


def _text_medium(text: str, mime_type: str) -> MediaPart:
    encoded = base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()
    return encoded_media("", encoded, mime_type=mime_type or "text/plain")


def _kind(source: dict[str, Any]) -> str:
    return as_text(source.get("media_type"))


def call_mark(signature: str, source: str) -> dict[str, Any] | None:
    """The block before a call that bears its signature; None where it has none or needs none."""
    if not signature or is_ours(source, NAME):
        return None
    return {"type": "redacted_thinking", "data": seal(CALL + signature, source, NAME)}


def text_of(content: object) -> str:
    """The text of a string or of a list of blocks."""
    if isinstance(content, str):
        return content
    return "\n\n".join(
        text for block in as_list(content) if (text := as_text(as_mapping(block).get("text")))
    )


def _search_result(block: dict[str, Any]) -> Part:
    """What a client found for the model: a document for everybody else."""
    medium = _text_medium(text_of(block.get("content")), "text/plain")
    return MediaPart(
        modality="file",
        mime_type=medium.mime_type,
        size_bytes=medium.size_bytes,
        data=medium.data,
        name=as_text(block.get("title")),
        extra={SEARCHED: block},
    )


_SOURCES: Mapping[str, Callable[[dict[str, Any]], MediaPart]] = {
    "base64": _loose_source,
    "url": _loose_source,
    "file": _loose_source,
    "text": _text_source,
    "content": _content_source,
}

_BLOCKS: Mapping[str, _Read] = {
    "text": _text,
    "thinking": _thinking,
    "redacted_thinking": _redacted,
    "tool_use": _tool_use,
    "tool_result": _tool_result,
    "image": _media,
    "document": _media,
    "search_result": _search_result,
}
