"""Messages of the OpenAI chat format, read into neutral parts.

Reads what clients and vendors really send: typed parts, data URLs (only type and size are kept),
the `developer` role, vendor reasoning fields, and the functions of before tools.
"""

from collections.abc import Callable, Iterator
from typing import Any

from vedette.dialects.reading import as_list, as_mapping, as_text, decode_text, first_text
from vedette.model.chat import (
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolDefinition,
    ToolResultPart,
)

_KNOWN = frozenset(
    (
        "role", "content", "name", "tool_calls", "tool_call_id", "function_call", "refusal",
        "reasoning", "reasoning_content", "audio",
    )
)  # fmt: skip


def read_message(value: object, *, finish_reason: str = "", role: str = "user") -> Message:
    """One message of a request or an answer; `role` is used where it names none."""
    message = as_mapping(value)
    if not message and value:
        return Message(role=role, parts=(RawPart(content=value),))
    role = as_text(message.get("role")) or role
    parts: list[Part] = []
    if reasoning := first_text(message.get("reasoning_content"), message.get("reasoning")):
        parts.append(ReasoningPart(content=reasoning))
    if role in ("tool", "function"):
        parts.append(_tool_result(message))
    else:
        parts.extend(read_content(message.get("content")))
    if refusal := as_text(message.get("refusal")):
        parts.append(RefusalPart(content=refusal))
    parts.extend(_read_audio(message.get("audio")))
    parts.extend(read_tool_calls(message))
    return Message(
        role=role,
        parts=tuple(parts),
        name=as_text(message.get("name")),
        finish_reason=finish_reason,
        extra={name: kept for name, kept in message.items() if name not in _KNOWN and kept},
    )


def read_content(content: object) -> Iterator[Part]:
    """The parts of a `content`: a text or a list of typed parts."""
    if isinstance(content, str):
        if content:
            yield TextPart(content=content)
    elif isinstance(content, list):
        for part in content:
            yield _read_part(part)
    elif content is not None:
        yield RawPart(content=content)


def read_tool_calls(message: dict[str, Any]) -> Iterator[ToolCallPart]:
    """The tool calls of a message, old form and new."""
    for call in as_list(message.get("tool_calls")):
        fields = as_mapping(call)
        function = as_mapping(fields.get("function") or fields.get("custom"))
        yield _tool_call(function, as_text(fields.get("id")))
    if legacy := as_mapping(message.get("function_call")):
        yield _tool_call(legacy, "")


def read_tools(request: dict[str, Any]) -> tuple[ToolDefinition, ...]:
    """The tools offered by a request, old form (`functions`) and new."""
    tools = []
    for tool in as_list(request.get("tools")):
        fields = as_mapping(tool)
        described = as_mapping(fields.get("function") or fields.get("custom")) or fields
        tools.append(_tool_definition(described, as_text(fields.get("type"))))
    tools.extend(_tool_definition(as_mapping(f), "") for f in as_list(request.get("functions")))
    return tuple(tools)


def inline_media(modality: str, url: str, *, mime_type: str = "") -> MediaPart:
    """A medium by its URL; of a data URL only type and size."""
    if not url.startswith("data:"):
        return MediaPart(modality=modality, uri=url, mime_type=mime_type)
    head, _, encoded = url[5:].partition(",")
    declared, _, encoding = head.partition(";")
    is_base64 = encoding.endswith("base64")
    size = base64_size(encoded) if is_base64 else len(encoded)
    return MediaPart(modality=modality, mime_type=declared or mime_type, size_bytes=size)


def base64_size(encoded: str) -> int:
    """How many bytes a base64 text stands for."""
    return max(0, len(encoded) * 3 // 4 - encoded[-2:].count("="))


def _tool_definition(described: dict[str, Any], kind: str) -> ToolDefinition:
    return ToolDefinition(
        name=as_text(described.get("name")) or kind,
        description=as_text(described.get("description")),
        parameters=described.get("parameters") or described.get("format"),
    )


def _tool_call(function: dict[str, Any], id: str) -> ToolCallPart:
    arguments = function.get("arguments", function.get("input"))
    if isinstance(arguments, str):
        arguments = decode_text(arguments)
    return ToolCallPart(name=as_text(function.get("name")), id=id, arguments=arguments)


def _tool_result(message: dict[str, Any]) -> ToolResultPart:
    content = message.get("content")
    texts = [as_mapping(part).get("text") for part in as_list(content)]
    if texts and all(isinstance(text, str) for text in texts):
        content = "".join(str(text) for text in texts)
    return ToolResultPart(id=as_text(message.get("tool_call_id")), result=content)


def _read_audio(value: object) -> Iterator[Part]:
    """The spoken answer: what was said as text, the sound by its size."""
    audio = as_mapping(value)
    if transcript := as_text(audio.get("transcript")):
        yield TextPart(content=transcript)
    if audio:
        size = base64_size(as_text(audio.get("data")))
        yield MediaPart(modality="audio", file_id=as_text(audio.get("id")), size_bytes=size)


def _read_part(value: object) -> Part:
    if isinstance(value, str):
        return TextPart(content=value)
    part = as_mapping(value)
    read = _PARTS.get(as_text(part.get("type")))
    return RawPart(content=value) if read is None else read(part)


def _text(part: dict[str, Any]) -> Part:
    text = part.get("text")
    return TextPart(content=text) if isinstance(text, str) else RawPart(content=part)


def _image(part: dict[str, Any]) -> Part:
    image = part.get("image_url")
    url = image if isinstance(image, str) else as_text(as_mapping(image).get("url"))
    if not url and (file_id := as_text(part.get("file_id"))):
        return MediaPart(modality="image", file_id=file_id)
    return inline_media("image", url)


def _sound(part: dict[str, Any]) -> Part:
    audio = as_mapping(part.get("input_audio"))
    kind = as_text(audio.get("format"))
    size = base64_size(as_text(audio.get("data")))
    return MediaPart(modality="audio", mime_type=f"audio/{kind}" if kind else "", size_bytes=size)


def _video(part: dict[str, Any]) -> Part:
    return inline_media("video", as_text(as_mapping(part.get("video_url")).get("url")))


def _file(part: dict[str, Any]) -> Part:
    file = as_mapping(part.get("file")) or part
    if encoded := as_text(file.get("file_data")):
        return inline_media("file", encoded if encoded.startswith("data:") else f"data:,{encoded}")
    return MediaPart(
        modality="file",
        uri=as_text(file.get("file_url")),
        file_id=as_text(file.get("file_id")),
    )


def _thinking(part: dict[str, Any]) -> Part:
    thinking = part.get("thinking")
    if isinstance(thinking, list):
        thinking = "".join(as_text(as_mapping(item).get("text")) for item in thinking)
    return ReasoningPart(content=as_text(thinking), signature=as_text(part.get("signature")))


def _refusal(part: dict[str, Any]) -> Part:
    return RefusalPart(content=as_text(part.get("refusal")))


_PARTS: dict[str, Callable[[dict[str, Any]], Part]] = {
    "text": _text,
    "input_text": _text,
    "output_text": _text,
    "image_url": _image,
    "input_image": _image,
    "input_audio": _sound,
    "video_url": _video,
    "file": _file,
    "input_file": _file,
    "thinking": _thinking,
    "refusal": _refusal,
}
