"""Parts of messages as instrumentations write them, read into neutral parts.

One table by the part's own `type`, for all dialects at once: the GenAI conventions, OpenAI,
Anthropic, the AI SDK, Pydantic AI, Langfuse. Of inline pictures and sounds only the size is kept.
"""

from collections.abc import Callable, Iterator
from typing import Any

from vedette.dialects.reading import as_list, as_mapping, as_text, decode_text, first_text
from vedette.model.chat import (
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

_Fields = dict[str, Any]


def read_parts(content: Any) -> Iterator[Part]:
    """The parts of a `content` or `parts`: a text, one part or a list of them."""
    if isinstance(content, str):
        if content:
            yield TextPart(content=content)
    elif isinstance(content, list):
        for item in content:
            yield read_part(item)
    elif isinstance(content, dict):
        yield read_part(content)
    elif content is not None:
        yield RawPart(content=content)


def read_part(value: Any) -> Part:
    """One part; what no row knows is kept raw."""
    if isinstance(value, str):
        return TextPart(content=value)
    part = as_mapping(value)
    read = _TYPES.get(as_text(part.get("type")) or as_text(part.get("part_kind")))
    if read is None:
        read = next((reader for member, reader in _MEMBERS.items() if member in part), None)
    found = None if read is None else read(part)
    return RawPart(content=value) if found is None else found


def read_call(value: Any) -> ToolCallPart:
    """A tool call in any of its forms: OpenAI's, LangChain's, the AI SDK's, Anthropic's."""
    call = as_mapping(value)
    call = as_mapping(call.get("tool_call")) or call
    function = as_mapping(call.get("function")) or call
    arguments = next((function[name] for name in _ARGUMENTS if name in function), None)
    return ToolCallPart(
        name=first_text(function.get("name"), function.get("toolName"), function.get("tool_name")),
        id=first_text(call.get("id"), call.get("toolCallId"), call.get("tool_call_id"),
                      call.get("call_id")),
        arguments=decode_text(arguments) if isinstance(arguments, str) else arguments,
    )  # fmt: skip


_ARGUMENTS = ("arguments", "args", "input")
_RESULTS = ("result", "response", "output", "content")


def read_result(value: _Fields) -> ToolResultPart:
    """What a tool gave back, in any of its forms."""
    result = next((value[name] for name in _RESULTS if name in value), None)
    if isinstance(result, dict) and result.get("type") in ("text", "json") and "value" in result:
        result = result["value"]
    if isinstance(result, list):
        texts = [as_text(as_mapping(item).get("text")) for item in result]
        if texts and all(texts):
            result = "".join(texts)
    return ToolResultPart(
        id=first_text(value.get("id"), value.get("toolCallId"), value.get("tool_call_id"),
                      value.get("tool_use_id"), value.get("call_id")),
        result=result,
        name=first_text(value.get("toolName"), value.get("tool_name"), value.get("name")),
        is_error=value.get("is_error") is True or value.get("isError") is True,
    )  # fmt: skip


def _text(part: _Fields) -> Part | None:
    text = part.get("content", part.get("text"))
    return TextPart(content=text) if isinstance(text, str) else None


def _reasoning(part: _Fields) -> Part | None:
    summary = "".join(
        as_text(as_mapping(item).get("text")) for item in as_list(part.get("summary"))
    )
    text = first_text(part.get("content"), part.get("text"), part.get("thinking"), summary)
    redacted = part.get("type") in ("redacted_thinking", "redacted-reasoning")
    return ReasoningPart(
        content=text, signature=as_text(part.get("signature") or part.get("data")),
        redacted=redacted,
    )  # fmt: skip


def _refusal(part: _Fields) -> Part | None:
    return RefusalPart(content=first_text(part.get("refusal"), part.get("content")))


def _media(part: _Fields) -> Part:
    kind = as_text(part.get("type"))
    inner = next((part[name] for name in _NESTED if part.get(name)), part)
    source = as_mapping(inner.get("source")) or inner if isinstance(inner, dict) else {}
    uri = inner if isinstance(inner, str) else first_text(*map(source.get, ("url", "uri")))
    mime = first_text(*map(source.get, _MIMES), *map(part.get, _MIMES))
    data = first_text(*map(source.get, ("data", "content", "file_data", "base64")))
    if uri.startswith("data:"):
        head, _, data = uri.partition(",")
        mime, uri = mime or head[5:].partition(";")[0], ""
    elif uri and "://" not in uri and len(uri) > 256:
        uri, data = "", uri
    return MediaPart(
        modality=as_text(part.get("modality")) or _modality(kind, mime),
        mime_type=mime[:128],
        uri=uri,
        file_id=first_text(part.get("file_id"), source.get("file_id")),
        size_bytes=len(data) * 3 // 4,
        name=first_text(source.get("filename"), part.get("filename")),
    )


_MIMES = ("mime_type", "media_type", "mediaType", "mimeType")
_NESTED = (
    "image_url", "image", "input_audio", "audio", "file", "url", "source", "data", "document",
)  # fmt: skip


def _modality(kind: str, mime: str) -> str:
    for name in ("image", "audio", "video"):
        if name in kind or mime.startswith(f"{name}/"):
            return name
    return "file"


def _nested_content(part: _Fields) -> Part | None:
    """OpenInference wraps each part of a content once more."""
    return read_part(part["message_content"])


_TYPES: dict[str, Callable[[_Fields], Part | None]] = {
    **dict.fromkeys(("text", "input_text", "output_text"), _text),
    **dict.fromkeys(
        ("reasoning", "thinking", "redacted_thinking", "redacted-reasoning"), _reasoning
    ),
    **dict.fromkeys(
        ("tool_call", "tool-call", "tool_use", "function_call", "server_tool_use"), read_call
    ),
    **dict.fromkeys(
        ("tool_call_response", "tool-result", "tool_result", "tool-return",
         "function_call_output"),
        read_result,
    ),
    **dict.fromkeys(
        ("uri", "file", "blob", "image", "image_url", "image-url", "input_image", "audio",
         "input_audio", "document", "input_file", "video", "media", "binary"),
        _media,
    ),
    "refusal": _refusal,
}  # fmt: skip
_MEMBERS: dict[str, Callable[[_Fields], Part | None]] = {
    "message_content": _nested_content,
    "functionCall": lambda part: read_call(part["functionCall"]),
    "functionResponse": lambda part: read_result(as_mapping(part["functionResponse"])),
    "inlineData": lambda part: _media({"type": "", "data": part["inlineData"]}),
    "text": _text,
}
"""For parts that name no type."""
