"""Neutral messages as `messages` of the chat completions format.

A turn of a user that holds results of tools becomes one message for each result and one for the
rest. Results are text; pictures in them follow in a user's message, each with the call that it
belongs to. That a result is an error is said in its text, for nothing else can say it.
"""

from collections.abc import Callable, Iterator

from vedette.dialects.openai_chat_part_writer import NAME, Members, PartWriter
from vedette.dialects.openai_models import is_openai
from vedette.dialects.openai_reasoning import reasoning_fields
from vedette.dialects.reading import as_mapping
from vedette.dialects.signatures import is_ours
from vedette.dialects.tool_calls import result_text, with_call_ids
from vedette.model.chat import (
    ChatRequest,
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

_BESIDE_CONTENT = (ReasoningPart, RefusalPart, ToolCallPart, ToolResultPart)
_APART = "\n\n"


def write_messages(request: ChatRequest, writer: PartWriter) -> list[Members]:
    """The value of `messages`. Raises Unsupported."""
    messages = request.messages if writer.is_own else with_call_ids(request.messages)
    written: list[Members] = []
    for message in messages:
        write = _ROLES.get(message.role, _write_user)
        for members in write(message, writer, request.model):
            if message.name:
                members.setdefault("name", message.name)
            written.append(members)
    return written


def _write_instructions(message: Message, writer: PartWriter, model: str) -> Iterator[Members]:
    """Servers that copy the format often know no developers."""
    role = message.role if writer.is_own or is_openai(model) else "system"
    content = writer.content(message.parts, _APART)
    if content or writer.is_own:
        yield {"role": role, "content": content, **writer.extras(message.extra)}


def _write_user(message: Message, writer: PartWriter, model: str) -> Iterator[Members]:
    pictures: list[Part] = []
    for part in message.parts:
        if isinstance(part, ToolResultPart):
            yield _result(part, writer, pictures)
    rest = tuple(part for part in message.parts if not isinstance(part, _BESIDE_CONTENT))
    content = writer.content((*pictures, *rest), _APART)
    if content or (writer.is_own and not any(_results(message))):
        role = message.role if writer.is_own else "user"
        yield {"role": role, "content": content, **writer.extras(message.extra)}


def _write_results(message: Message, writer: PartWriter, model: str) -> Iterator[Members]:
    if writer.is_own:
        for part in _results(message):
            yield {**_own_result(message.role, part, writer), **message.extra}
    else:
        yield from _write_user(message, writer, model)


def _results(message: Message) -> Iterator[ToolResultPart]:
    return (part for part in message.parts if isinstance(part, ToolResultPart))


def _own_result(role: str, part: ToolResultPart, writer: PartWriter) -> Members:
    content = writer.content(part.parts, "") if part.parts else part.result
    if role == "function":
        return {"role": role, "name": part.name, "content": content}
    return {"role": role, "tool_call_id": part.id, "content": content}


def _result(part: ToolResultPart, writer: PartWriter, pictures: list[Part]) -> Members:
    """A result as a message of its own; what is no text in it goes to `pictures`."""
    writer.extras(part.extra)
    id = writer.call_id(part.id)
    media = [inner for inner in part.parts if isinstance(inner, MediaPart)]
    texts = tuple(inner for inner in part.parts if isinstance(inner, TextPart | RefusalPart))
    for inner in part.parts:
        if isinstance(inner, RawPart):
            writer.drop("tool_result")
    content = writer.content(texts, _APART) if part.parts else result_text(part.result)
    if media:
        pictures += (TextPart(content=f"Of the result of {id}:"), *media)
        content = content or "The result follows."
    if part.is_error and "error" not in str(content).lower():
        content = f"Error: {content}".rstrip(": ")
    return {"role": "tool", "tool_call_id": id, "content": content}


def _write_assistant(message: Message, writer: PartWriter, model: str) -> Iterator[Members]:
    members: Members = {"role": "assistant", **_assistant_members(message, writer, model)}
    if not writer.is_own and members.keys() == {"role", "content"} and not members["content"]:
        return
    yield members


def _assistant_members(message: Message, writer: PartWriter, model: str) -> Members:
    """What an assistant said: content, thoughts that are its own, calls."""
    parts = message.parts
    said: list[Part] = [part for part in parts if not isinstance(part, _BESIDE_CONTENT)]
    if not writer.is_own and any(isinstance(part, MediaPart) for part in said):
        raise writer.refuse("holds media of the assistant, which this provider does not take.")
    extra = dict(writer.extras(message.extra))
    members: Members = media_members(said, extra) if writer.is_own else {}
    content = writer.content(said, "")
    calls = [part for part in parts if isinstance(part, ToolCallPart)]
    members["content"] = content or (None if calls or "audio" in members else "")
    members |= _thoughts(parts, writer, model)
    if refusals := [part.content for part in parts if isinstance(part, RefusalPart)]:
        members |= {"refusal": "".join(refusals), "content": content or None}
    return members | _calls(calls, writer) | extra


def media_members(said: list[Part], extra: Members) -> Members:
    """Sound and pictures stand beside the content: taken out of `said`, and of `extra`."""
    members: Members = {}
    sound = next((p for p in said if isinstance(p, MediaPart) and p.modality == "audio"), None)
    if sound is not None:
        said.remove(sound)
        data = {"data": sound.data} if sound.data else {}
        members["audio"] = {"id": sound.file_id, **data, **extra.pop("audio", {})}
        transcript = TextPart(content=str(members["audio"].get("transcript", "")))
        if transcript in said:
            said.remove(transcript)
    pictures = [p for p in said if isinstance(p, MediaPart) and p.modality == "image"]
    if pictures:
        own = PartWriter(ChatRequest(model="", dialect=NAME))
        images = enumerate(own.content(pictures, ""))
        members["images"] = [{**as_mapping(image), "index": index} for index, image in images]
        said[:] = [part for part in said if part not in pictures]
    return members


def _thoughts(parts: tuple[Part, ...], writer: PartWriter, model: str) -> Members:
    """The thoughts that the provider takes back; OpenAI takes none."""
    thoughts = [part for part in parts if isinstance(part, ReasoningPart)]
    takes_any = writer.is_own or not is_openai(model)
    ours = [part for part in thoughts if takes_any and is_ours(part.source, NAME)]
    if len(ours) < len(thoughts):
        writer.drop("reasoning")
    return reasoning_fields(ours, extras=writer.is_own)


def _calls(calls: list[ToolCallPart], writer: PartWriter) -> Members:
    if not calls:
        return {}
    if writer.is_own and calls[0].extra.get("type") == "function_call":
        call = writer.call(calls[0])
        return {"function_call": call["function"]}
    return {"tool_calls": [writer.call(call) for call in calls]}


_ROLES: dict[str, Callable[[Message, PartWriter, str], Iterator[Members]]] = {
    "system": _write_instructions,
    "developer": _write_instructions,
    "assistant": _write_assistant,
    "tool": _write_results,
    "function": _write_results,
}
