"""Capture modes: how much of what was said is kept.

| mode | what is kept |
|---|---|
| `full` | everything, the raw bodies too |
| `redacted` | messages, tools and settings with personal data and secrets replaced; no raw bodies |
| `hash` | every text as a keyed hash and its length: equal texts can be told, none can be read |
| `none` | no messages, no settings: figures, ids, timing |
"""

import hmac
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, TypeVar

import msgspec

from vedette.dialects.reading import decode
from vedette.ingest.bodies import drop_cut_word, mend_json
from vedette.ingest.contents import Contents
from vedette.ingest.redaction import redact, redact_text
from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Message,
    Part,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolDefinition,
    ToolResultPart,
)

Kept = TypeVar("Kept", ChatRequest, Answer)
Texts = Callable[[str], str]
_PLAIN_ATTRIBUTES = ("server.", "http.", "network.", "url.path", "gen_ai.provider.name", "vedette.")


class Hasher:
    """Turns texts into keyed hashes: HMAC-SHA-256, 128 bits of it, and the length of the text.

    Without a key a hash of a short text could be guessed: then only the length is kept.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def text(self, text: str) -> str:
        if not text:
            return ""
        if not self._key:
            return f"[hidden]:{len(text)}"
        digest = hmac.new(self._key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()
        return f"hmac:{digest[:32]}:{len(text)}"

    def value(self, value: Any) -> Any:
        """A number or truth value as it is, anything with text in it as the hash of its JSON."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self.text(value)
        return self.text(msgspec.json.encode(value, order="deterministic").decode())


def apply_capture(contents: Contents, mode: str, *, key: bytes) -> Contents:
    """What of `contents` may be kept in this mode; an unknown mode keeps nothing."""
    return _MODES.get(mode, _keep_none)(contents, key)


def _keep_full(contents: Contents, _: bytes) -> Contents:
    return contents


def _keep_redacted(contents: Contents, _: bytes) -> Contents:
    request, answer = contents.request, contents.answer
    # Where there are messages the text of the body is not kept at all.
    is_said, is_answered = request and request.messages, answer and answer.messages
    return msgspec.structs.replace(
        contents,
        request=_redact_struct(request, ChatRequest),
        answer=_redact_struct(answer, Answer),
        request_text="" if is_said else _redact_body(contents.request_text),
        response_text="" if is_answered else _redact_body(contents.response_text),
    )


def _redact_struct(value: Kept | None, kind: type[Kept]) -> Kept | None:
    if value is None:
        return None
    return msgspec.convert(redact(msgspec.to_builtins(value)), kind)


def _redact_body(text: str) -> str:
    """A JSON body value by value, for escapes can hide what is in it; other text as it is.

    Broken JSON with escapes in it is not kept: what it says cannot be seen.
    """
    value = decode(text)
    if value is None:
        value = decode(mend_json(drop_cut_word(text.encode("utf-8", "replace"))))
    if isinstance(value, dict | list):
        return msgspec.json.encode(redact(value)).decode()
    return "" if "\\" in text else redact_text(text)


def _keep_hashes(contents: Contents, key: bytes) -> Contents:
    hasher = Hasher(key)
    request, answer = contents.request, contents.answer
    return msgspec.structs.replace(
        contents,
        request=None if request is None else _hash_request(request, hasher),
        answer=None if answer is None else _hash_answer(answer, hasher),
        request_text=hasher.text(contents.request_text),
        response_text=hasher.text(contents.response_text),
    )


def _hash_request(request: ChatRequest, hasher: Hasher) -> ChatRequest:
    return ChatRequest(
        model=request.model,
        messages=tuple(_hash_message(message, hasher) for message in request.messages),
        tools=tuple(_hash_tool(tool, hasher) for tool in request.tools),
        settings={name: hasher.value(value) for name, value in request.settings.items()},
        stream=request.stream,
        user=hasher.text(request.user),
        metadata={hasher.text(n): hasher.value(v) for n, v in request.metadata.items()},
        unknown={hasher.text(n): hasher.value(v) for n, v in request.unknown.items()},
    )


def _hash_answer(answer: Answer, hasher: Hasher) -> Answer:
    return Answer(
        id=answer.id,
        model=answer.model,
        messages=tuple(_hash_message(message, hasher) for message in answer.messages),
        finish_reasons=answer.finish_reasons,
        usage=answer.usage,
        error=hasher.text(answer.error),
    )


def _hash_tool(tool: ToolDefinition, hasher: Hasher) -> ToolDefinition:
    return ToolDefinition(
        name=hasher.text(tool.name),
        description=hasher.text(tool.description),
        parameters=hasher.value(tool.parameters),
    )


def _hash_message(message: Message, hasher: Hasher) -> Message:
    role = message.role if message.role in _ROLES else hasher.text(message.role)
    return Message(
        role=role,
        parts=tuple(_hash_part(part, hasher) for part in message.parts),
        name=hasher.text(message.name),
        finish_reason=message.finish_reason,
    )


_ROLES = frozenset(("system", "developer", "user", "assistant", "tool", "function"))


def _hash_part(part: Part, hasher: Hasher) -> Part:
    match part:
        case TextPart():
            return TextPart(content=hasher.text(part.content))
        case RefusalPart():
            return RefusalPart(content=hasher.text(part.content))
        case ReasoningPart():
            return ReasoningPart(content=hasher.text(part.content), redacted=part.redacted)
        case MediaPart():
            return MediaPart(
                modality=part.modality,
                mime_type=hasher.text(part.mime_type),
                uri=hasher.text(part.uri),
                file_id=hasher.text(part.file_id),
                size_bytes=part.size_bytes,
            )
        case ToolCallPart():
            return ToolCallPart(
                name=hasher.text(part.name),
                id=hasher.text(part.id),
                arguments=hasher.value(part.arguments),
            )
        case ToolResultPart():
            return ToolResultPart(id=hasher.text(part.id), result=hasher.value(part.result))
        case _:
            return type(part)(content=hasher.value(part.content))


def _keep_none(contents: Contents, _: bytes) -> Contents:
    answer = contents.answer
    if answer is not None:
        answer = Answer(
            id=answer.id,
            model=answer.model,
            finish_reasons=answer.finish_reasons,
            usage=answer.usage,
            error="error" if answer.error else "",
        )
    return msgspec.structs.replace(
        contents, request=None, answer=answer, request_text="", response_text=""
    )


_MODES: dict[str, Callable[[Contents, bytes], Contents]] = {
    "full": _keep_full,
    "redacted": _keep_redacted,
    "hash": _keep_hashes,
    "none": _keep_none,
}


def keep_attributes(attributes: Mapping[str, str], mode: str, *, key: bytes) -> dict[str, Any]:
    """The attributes the gateway noted, as this mode keeps them.

    Where `hash` or `none` hold, what a client can have written (metadata, headers) is hidden.
    """
    if mode == "full":
        return dict(attributes)
    if mode == "redacted":
        return {redact_text(name): redact_text(text) for name, text in attributes.items()}
    plain = {
        name: text
        for name, text in attributes.items()
        if name.startswith(_PLAIN_ATTRIBUTES) and not name.startswith("vedette.metadata")
    }
    if mode != "hash":
        return plain
    hasher = Hasher(key)
    hidden = {n: hasher.text(text) for n, text in attributes.items() if n not in plain}
    return {**plain, **hidden}


def keep_user(user_id: str, mode: str, *, key: bytes) -> str:
    """Who called, as this mode keeps it: in `hash` and `none` one can still group by it."""
    if mode == "full":
        return user_id
    return redact_text(user_id) if mode == "redacted" else Hasher(key).text(user_id)


def keep_label(label: str, mode: str) -> str:
    """A session or tag: chosen by the operator to find calls by, so they stay as they are.

    Only `redacted` looks at them, as at every text.
    """
    return redact_text(label) if mode == "redacted" else label
