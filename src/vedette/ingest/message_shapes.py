"""Conversations as instrumentations write them, read into neutral messages.

The attribute that holds them says little about their shape: the same `input.value` may be an
OpenAI request, LangChain's own classes or a plain text. So the shape is told by what stands in it.
What is no conversation stays what it is: the caller keeps it as a text.
"""

from collections.abc import Iterator
from typing import Any

from vedette.dialects.reading import as_list, as_mapping, as_text, decode, first_text
from vedette.ingest.part_shapes import read_call, read_parts, read_result
from vedette.model.chat import Message, Part, RefusalPart, TextPart

_ROLES = {
    "human": "user", "ai": "assistant", "model": "assistant", "bot": "assistant",
    "humanmessage": "user", "aimessage": "assistant", "systemmessage": "system",
    "toolmessage": "tool", "humanmessagechunk": "user", "aimessagechunk": "assistant",
    "request": "user", "response": "assistant",
}  # fmt: skip
_SPEAKERS = frozenset((*_ROLES, "user", "assistant", "system", "developer", "tool", "function"))
_LISTS = ("messages", "input", "contents", "prompt", "output", "content")
"""Members of a request or an answer under which its messages stand."""
_MAX_MESSAGES = 5_000


def read_conversation(value: Any, *, role: str) -> tuple[Message, ...]:
    """The messages that `value` holds; none where it is no conversation.

    `role` is for messages that name none. A text is looked into only where it may be JSON.
    """
    if isinstance(value, str):
        value = decode(value) if value[:1] in ("[", "{") else None
    if isinstance(value, dict):
        return _read_object(value, role)
    if isinstance(value, list):
        return _read_list(value, role)
    return ()


def plain(value: Any, *, role: str) -> tuple[Message, ...]:
    """A text as the only message."""
    return (Message(role, (TextPart(content=value),)),) if isinstance(value, str) and value else ()


def _read_list(items: list[Any], role: str) -> tuple[Message, ...]:
    if len(items) == 1 and isinstance(items[0], list):
        items = items[0]
    if not items or not all(map(_is_message, items)):
        return ()
    return tuple(read_message(item, role=role) for item in items[:_MAX_MESSAGES])


def _is_message(item: Any) -> bool:
    fields = as_mapping(item)
    if "message" in fields:
        return isinstance(fields["message"], dict)
    speaker = first_text(fields.get("role"), fields.get("type"), fields.get("kind")).lower()
    return speaker in _SPEAKERS or "lc" in fields or ("role" in fields and "content" in fields)


def _read_object(fields: dict[str, Any], role: str) -> tuple[Message, ...]:
    if isinstance(choices := fields.get("choices") or fields.get("candidates"), list):
        return tuple(_read_choice(choice, role) for choice in map(as_mapping, choices))
    if isinstance(generations := fields.get("generations"), list):
        return _read_generations(generations, role)
    if _is_message(fields):
        return (read_message(fields, role=role),)
    for name in _LISTS:
        if found := read_conversation(fields.get(name), role=role):
            return (*_instructions(fields), *found)
    text = fields.get("combined_chunk_content")
    return plain(text, role=role) or _parts_alone(fields, role)


def _parts_alone(fields: dict[str, Any], role: str) -> tuple[Message, ...]:
    """Anthropic's answer without its envelope, Responses' list of items."""
    items = as_list(fields.get("content")) or as_list(fields.get("output"))
    if not items or not all("type" in as_mapping(item) for item in items):
        return ()
    return (Message(role, tuple(_item_parts(items))),)


def _item_parts(items: list[Any]) -> Iterator[Part]:
    for item in map(as_mapping, items):
        if item.get("type") == "message":
            yield from read_parts(item.get("content"))
        else:
            yield from read_parts(item)


def _instructions(fields: dict[str, Any]) -> tuple[Message, ...]:
    said = fields.get("system") or fields.get("instructions") or fields.get("system_instruction")
    parts = tuple(read_parts(said)) if said else ()
    return (Message("system", parts),) if parts else ()


def _read_choice(choice: dict[str, Any], role: str) -> Message:
    inner = choice.get("message") or choice.get("content") or choice
    reason = first_text(choice.get("finish_reason"), choice.get("finishReason"))
    return read_message(inner, role=role, finish_reason=reason)


def _read_generations(groups: list[Any], role: str) -> tuple[Message, ...]:
    """LangChain's results: a list for each prompt."""
    flat = [item for group in groups for item in (group if isinstance(group, list) else [group])]
    found = []
    for each in map(as_mapping, flat):
        info = as_mapping(each.get("generation_info"))
        inner = each.get("message") or {"content": each.get("text")}
        found.append(
            read_message(inner, role=role, finish_reason=as_text(info.get("finish_reason")))
        )
    return tuple(found)


def read_message(value: Any, *, role: str, finish_reason: str = "") -> Message:
    """One message in any shape; `role` is for one that names none."""
    if not isinstance(value, dict):
        return Message(role, tuple(read_parts(value)))
    if isinstance(inner := value.get("message"), dict):
        reason = finish_reason or as_text(value.get("finish_reason"))
        return read_message(inner, role=as_text(value.get("role")) or role, finish_reason=reason)
    value = _unwrap(value)
    speaker = first_text(value.get("role"), value.get("kind"), value.get("type"))
    speaker = _ROLES.get(speaker.lower(), speaker if "role" in value else role) or role
    return Message(
        speaker,
        tuple(_parts(value, speaker)),
        name=as_text(value.get("name")) if speaker not in ("tool", "function") else "",
        finish_reason=finish_reason or first_text(value.get("finish_reason"), _stop(value)),
    )


def _stop(value: dict[str, Any]) -> Any:
    return value.get("stop_reason") or value.get("finishReason")


def _unwrap(value: dict[str, Any]) -> dict[str, Any]:
    """LangChain writes its classes as `{"lc": 1, "id": [..., "HumanMessage"], "kwargs": {...}}`."""
    if isinstance(inner := value.get("kwargs"), dict):
        names = as_list(value.get("id"))
        return inner | {"role": as_text(names[-1] if names else "")}
    if isinstance(inner := value.get("data"), dict) and "content" in inner:
        return inner | {"role": as_text(value.get("type"))}
    return value


def _parts(value: dict[str, Any], speaker: str) -> Iterator[Part]:
    if speaker in ("tool", "function") and _is_result(value):
        yield read_result({**value, "name": value.get("name")})
        return
    if (thought := value.get("reasoning_content") or value.get("reasoning")) is not None:
        yield from read_parts({"type": "reasoning", "content": as_text(thought)})
    content = next((value[name] for name in _CONTENTS if value.get(name)), None)
    yield from read_parts(_maybe_list(content))
    if refusal := as_text(value.get("refusal")):
        yield RefusalPart(content=refusal)
    for call in as_list(value.get("tool_calls") or value.get("toolCalls")):
        yield read_call(call)
    if isinstance(call := value.get("function_call"), dict):
        yield read_call(call)


_CONTENTS = ("parts", "contents", "content", "text")


def _is_result(value: dict[str, Any]) -> bool:
    """Not where the results stand as parts, as in the conventions and the AI SDK."""
    content = value.get("parts") or value.get("content")
    return not (isinstance(content, list) and any("type" in as_mapping(item) for item in content))


def _maybe_list(content: Any) -> Any:
    """Some write the list of parts as JSON where a text is meant to stand."""
    if isinstance(content, str) and content.startswith("[{"):
        decoded = decode(content)
        if isinstance(decoded, list) and all("type" in as_mapping(item) for item in decoded):
            return decoded
    return content
