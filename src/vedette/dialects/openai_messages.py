"""Messages of the OpenAI chat format, read into neutral parts.

Reads what clients and vendors really send: typed parts, data URLs, the `developer` role, vendor
reasoning fields, and the functions of before tools.
"""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from vedette.dialects.openai_media import base64_size, encoded_media, inline_media
from vedette.dialects.openai_parts import leftover, read_content
from vedette.dialects.openai_reasoning import FORMS, read_reasoning
from vedette.dialects.openai_tools import read_tools
from vedette.dialects.reading import as_list, as_mapping, as_text, decode_text
from vedette.dialects.signatures import unseal
from vedette.model.chat import (
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

__all__ = [
    "base64_size", "inline_media", "read_content", "read_message", "read_tool_calls", "read_tools",
]  # fmt: skip

_KNOWN = frozenset(
    (
        "role", "content", "name", "tool_calls", "tool_call_id", "function_call", "refusal",
        "audio", "images", *FORMS,
    )
)  # fmt: skip
_SPEAKERS = ("user", "assistant", "system", "developer")
_SAID = ("content", "role")
_DIALECT = "openai_chat"


def read_message(
    value: object, *, finish_reason: str = "", role: str = "user", source: str = ""
) -> Message:
    """One message of a request or an answer; `role` is used where it names none.

    `source` is the dialect of who thought what it holds, where that is known.
    """
    message = as_mapping(value)
    if (said := _only_text(message)) is not None:
        parts = (TextPart(content=said),)
        return Message(role=message["role"], parts=parts, finish_reason=finish_reason)
    if not message and value:
        return Message(role=role, parts=(RawPart(content=value, dialect=_DIALECT),))
    return _read_message(message, finish_reason, as_text(message.get("role")) or role, source)


def _only_text(message: dict[str, Any]) -> str | None:
    """The text of a message that has a role and a text and nothing else, as nearly all have."""
    content, role = message.get("content"), message.get("role")
    if type(content) is not str or not content or role not in _SPEAKERS:
        return None
    if len(message) > 2:
        for name, value in message.items():
            if value is not None and value != [] and name not in _SAID:
                return None
    return content


def _read_message(message: dict[str, Any], finish_reason: str, role: str, source: str) -> Message:
    parts: list[Part] = list(read_reasoning(message, source))
    if role in ("tool", "function"):
        parts.append(_tool_result(message))
    else:
        for part in read_content(message.get("content"), _DIALECT):
            parts.append(_thought_by(source, part) if source else part)
    if refusal := as_text(message.get("refusal")):
        parts.append(RefusalPart(content=refusal))
    parts.extend(_read_audio(message.get("audio")))
    images = [leftover(image, "index") for image in map(as_mapping, as_list(message.get("images")))]
    parts.extend(read_content([image for image in images if image], _DIALECT))
    parts.extend(read_tool_calls(message))
    extra = {name: kept for name, kept in message.items() if name not in _KNOWN and kept}
    if spoken := leftover(as_mapping(message.get("audio")), "id", "data"):
        extra["audio"] = spoken
    return Message(
        role=role,
        parts=tuple(parts),
        name="" if role == "function" else as_text(message.get("name")),
        finish_reason=finish_reason,
        extra=extra,
    )


def _thought_by(source: str, part: Part) -> Part:
    """The same part; of a thought that nobody signed it is known who thought it."""
    if isinstance(part, ReasoningPart) and not part.source:
        return replace(part, source=source)
    return part


def read_tool_calls(message: dict[str, Any]) -> Iterator[ToolCallPart]:
    """The tool calls of a message, old form and new."""
    for call in as_list(message.get("tool_calls")):
        fields = as_mapping(call)
        nested = as_mapping(fields.get("function") or fields.get("custom"))
        extra = leftover(fields, "id", "index", "type", "function", "custom", "extra_content")
        if fields.get("custom"):
            extra["type"] = "custom"
        yield _tool_call(nested, fields, extra)
    if legacy := as_mapping(message.get("function_call")):
        yield _tool_call(legacy, {}, {"type": "function_call"})


def _tool_call(
    function: dict[str, Any], call: dict[str, Any], extra: dict[str, Any]
) -> ToolCallPart:
    arguments = function.get("arguments", function.get("input"))
    if isinstance(arguments, str) and "input" not in function:
        arguments = decode_text(arguments)
    signature, source, content = read_signature(call.get("extra_content"))
    if content:
        extra["extra_content"] = content
    return ToolCallPart(
        name=as_text(function.get("name")),
        id=as_text(call.get("id")),
        arguments=arguments,
        signature=signature,
        source=source,
        extra=extra,
    )


def read_signature(value: object) -> tuple[str, str, dict[str, Any]]:
    """Signature of a tool call, who signed, and what else stands in its `extra_content`.

    https://ai.google.dev/gemini-api/docs/thought-signatures (OpenAI compatibility)
    """
    content = as_mapping(value)
    google = as_mapping(content.get("google"))
    signature, source = unseal(as_text(google.get("thought_signature")), _DIALECT)
    rest = leftover(content, "google")
    if others := leftover(google, "thought_signature"):
        rest["google"] = others
    return signature, source, rest


def _tool_result(message: dict[str, Any]) -> ToolResultPart:
    """A result as its text; part by part where it is more than one."""
    content = message.get("content")
    parts: tuple[Part, ...] = ()
    if isinstance(content, list):
        parts = tuple(read_content(content, _DIALECT))
        content = "".join(part.content for part in parts if isinstance(part, TextPart))
        if len(parts) == 1 and parts == (TextPart(content=content),):
            parts = ()
    return ToolResultPart(
        id=as_text(message.get("tool_call_id")),
        result=content,
        parts=parts,
        name=as_text(message.get("name")) if message.get("role") == "function" else "",
    )


def _read_audio(value: object) -> Iterator[Part]:
    """The spoken answer: what was said as text, and the sound."""
    audio = as_mapping(value)
    if transcript := as_text(audio.get("transcript")):
        yield TextPart(content=transcript)
    if audio:
        sound = encoded_media("audio", as_text(audio.get("data")))
        yield MediaPart(
            modality="audio",
            file_id=as_text(audio.get("id")),
            size_bytes=sound.size_bytes,
            data=sound.data,
        )
