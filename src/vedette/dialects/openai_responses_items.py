"""Items of the responses format, read into messages.

The format has no turns but a flat list: an assistant that thinks, speaks and calls two tools makes
four items. Here all of them are one message, as every other dialect wants it; a second message
item begins another one unless calls came before it, which must stay together with those after it.
What else stood in an item goes into `extra`: of the message where a user speaks, of the call, the
result or the thought, and of an assistant's text under `item`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from vedette.dialects.openai_media import encoded_media
from vedette.dialects.openai_parts import leftover, read_content
from vedette.dialects.openai_responses_content import ITEM, NAME
from vedette.dialects.reading import as_list, as_mapping, as_text, decode, first_text
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

CUSTOM_CALL = "custom_tool_call"


def read_input(items: Iterable[object]) -> list[Message]:
    """The messages that the items of a request make."""
    messages: list[Message] = []
    for value in items:
        item = as_mapping(value)
        kind = _kind(item)
        role = _role(item, kind)
        parts = tuple(_read_input_item(value, item, kind))
        if role == "assistant" and messages and _continues(messages[-1], kind):
            last = messages[-1]
            messages[-1] = Message(role=role, parts=last.parts + parts)
            continue
        is_spoken = kind == "message" and role != "assistant"
        extra = leftover(item, "type", "role", "content") if is_spoken else {}
        messages.append(Message(role=role, parts=parts, extra=_without_status(extra)))
    return messages


def _kind(item: dict[str, Any]) -> str:
    kind = as_text(item.get("type"))
    if not kind and "content" in item:
        return "message"
    return "item_reference" if not kind and item.keys() - {"type"} == {"id"} else kind


def _role(item: dict[str, Any], kind: str) -> str:
    if role := as_text(item.get("role")):
        return role
    if kind in _ASSISTANTS or kind.endswith("_call"):
        return "assistant"
    return "tool" if kind.endswith("_output") else "user"


_ASSISTANTS = frozenset({"reasoning", "mcp_list_tools", "mcp_approval_request", "program"})


def _continues(last: Message, kind: str) -> bool:
    """Whether an assistant's item of this kind belongs to the message before it."""
    if last.role != "assistant":
        return False
    kinds = {type(part) for part in last.parts}
    return kind != "message" or ToolCallPart in kinds or not kinds & {TextPart, RefusalPart}


def _read_input_item(value: object, item: dict[str, Any], kind: str) -> Iterable[Part]:
    if kind == "message":
        content = read_content(item.get("content"), NAME)
        return _with_item(content, item) if item.get("role") == "assistant" else content
    if kind == "item_reference":
        return [RawPart(content={**item, "type": kind}, dialect=NAME)]
    read = _READERS.get(kind)
    return [RawPart(content=value, dialect=NAME) if read is None else read(item)]


def _with_item(parts: Iterable[Part], item: dict[str, Any]) -> Iterable[Part]:
    extra = _without_status(leftover(item, "type", "role", "content"))
    for part in parts:
        if not extra:
            yield part
        elif isinstance(part, TextPart):
            yield TextPart(content=part.content, extra={**part.extra, ITEM: extra})
        elif isinstance(part, RefusalPart):
            yield RefusalPart(content=part.content, extra={**part.extra, ITEM: extra})
        else:
            yield part


def _without_status(extra: dict[str, Any]) -> dict[str, Any]:
    # Completed is what an item is that says nothing.
    return {name: value for name, value in extra.items() if (name, value) != _COMPLETED}


_COMPLETED = ("status", "completed")


def read_output(items: object) -> tuple[Part, ...]:
    """The parts of an answer, as a stream of it would make them.

    Thoughts that are neither shown nor signed are left out, as are the ids of items.
    """
    parts: list[Part] = []
    for value in as_list(items):
        item = as_mapping(value)
        kind = _kind(item)
        if kind == "message":
            parts.extend(read_content(item.get("content"), NAME))
        elif kind == "image_generation_call" and as_text(item.get("result")):
            parts.append(read_image(item))
        elif (read := _READERS.get(kind)) is None:
            parts.append(RawPart(content=value, dialect=NAME))
        else:
            part = read(item)
            if not isinstance(part, ReasoningPart) or part.content or part.signature:
                parts.append(replace(part, extra={}))
    return tuple(parts)


def read_reasoning(item: dict[str, Any]) -> ReasoningPart:
    """A thought: what the model thought where that is shown, else the summary.

    Without either it is redacted; a summary with an empty text in it is a thought that its provider
    signs but does not show (`openai_responses_input.reasoning_item`).
    """
    summary, content = _texts(item.get("summary")), _texts(item.get("content"))
    signature, source = unseal(as_text(item.get("encrypted_content")), NAME)
    extra = _without_status(leftover(item, "type", "id", "summary", "content", "encrypted_content"))
    if content:
        extra["content"] = item["content"]
    if len(summary) > 1 or (content and summary):
        extra["summary"] = item["summary"]
    return ReasoningPart(
        content=_joined(content) or _joined(summary),
        signature=signature,
        redacted=bool(signature) and not summary and not content,
        source=source,
        id=as_text(item.get("id")),
        extra=extra,
    )


def _texts(parts: object) -> list[str]:
    return [as_text(as_mapping(part).get("text")) for part in as_list(parts)]


def _joined(texts: list[str]) -> str:
    return SUMMARY_GAP.join(filter(None, texts))


SUMMARY_GAP = "\n\n"
"""Between the parts of a summary, each of which has its own heading."""


def read_image(item: dict[str, Any]) -> MediaPart:
    """A picture that the provider's own tool made."""
    kind = as_text(item.get("output_format")) or "png"
    return encoded_media("image", as_text(item.get("result")), mime_type=f"image/{kind}")


def read_arguments(text: str) -> Any:
    """The decoded arguments of a call; the text itself where it is no JSON, `{}` where empty.

    A JSON text (`"..."`) stays as it was written: decoded it would look like invalid JSON.
    """
    if not text.strip():
        return {}
    value = decode(text)
    return text if isinstance(value, str) or (value is None and text.strip() != "null") else value


def call_id(item: dict[str, Any]) -> str:
    return first_text(item.get("call_id"), item.get("id"))


def call_signature(item: dict[str, Any]) -> tuple[str, str]:
    """Signature and source of a call that another provider signed."""
    google = as_mapping(as_mapping(item.get("extra_content")).get("google"))
    return unseal(as_text(google.get("thought_signature")), NAME)


def _function_call(item: dict[str, Any]) -> Part:
    signature, source = call_signature(item)
    extra = leftover(
        item, "type", "call_id", "name", "arguments", *(["extra_content"] if signature else [])
    )
    return ToolCallPart(
        name=as_text(item.get("name")),
        id=call_id(item),
        arguments=read_arguments(as_text(item.get("arguments"))),
        signature=signature,
        source=source,
        extra=_without_status(extra),
    )


def _custom_call(item: dict[str, Any]) -> Part:
    signature, source = call_signature(item)
    extra = leftover(
        item, "type", "call_id", "name", "input", *(["extra_content"] if signature else [])
    )
    return ToolCallPart(
        name=as_text(item.get("name")),
        id=call_id(item),
        arguments={"input": as_text(item.get("input"))},
        signature=signature,
        source=source,
        extra={**_without_status(extra), "type": CUSTOM_CALL},
    )


def _call_output(item: dict[str, Any]) -> Part:
    output = item.get("output")
    parts: tuple[Part, ...] = ()
    if isinstance(output, list):
        parts = tuple(read_content(output, NAME))
        output = "".join(part.content for part in parts if isinstance(part, TextPart))
        if parts == (TextPart(content=output),):
            parts = ()
    extra = _without_status(leftover(item, "type", "call_id", "output", "name"))
    if item.get("type") != "function_call_output":
        extra["type"] = item["type"]
    return ToolResultPart(
        id=as_text(item.get("call_id")),
        result=output,
        parts=parts,
        name=as_text(item.get("name")),
        extra=extra,
    )


_READERS: dict[str, Callable[[dict[str, Any]], Part]] = {
    "function_call": _function_call,
    CUSTOM_CALL: _custom_call,
    "function_call_output": _call_output,
    "custom_tool_call_output": _call_output,
    "reasoning": read_reasoning,
}
