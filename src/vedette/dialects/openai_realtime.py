"""What is said over a WebSocket of OpenAI's, from the lines that the gateway keeps of it.

Read only, for the record: events of the realtime API and of the responses API over a WebSocket,
one a line, those of a client (with the transcripts of what a user said) apart from those of a
provider. A line that is none of them, or is cut, is left out.

https://platform.openai.com/docs/api-reference/realtime-client-events
"""

from collections.abc import Iterator
from typing import Any

from vedette.dialects.openai_errors import find_error
from vedette.dialects.openai_responses_answer import read_response
from vedette.dialects.openai_responses_items import read_input
from vedette.dialects.openai_responses_tools import read_tools
from vedette.dialects.reading import as_list, as_mapping, as_text, decode
from vedette.model.chat import Answer, ChatRequest, Message, TextPart, ToolDefinition

NAME = "openai_realtime"
TRANSCRIBED = "conversation.item.input_audio_transcription.completed"
ANSWERED = frozenset(
    {"response.done", "response.completed", "response.incomplete", "response.failed"}
)
_SOUNDS = frozenset({"audio", "output_audio", "input_audio"})


def read_request(body: bytes) -> ChatRequest:
    """All that the client said, in one request."""
    messages: list[Message] = []
    tools: tuple[ToolDefinition, ...] = ()
    model = ""
    for event in _events(body):
        match event.get("type"):
            case "session.update":
                session = as_mapping(event.get("session"))
                messages += _instructions(session)
                tools = read_tools(session.get("tools")) or tools
            case "conversation.item.create":
                messages += _items([event.get("item")])
            case "response.create":
                asked = as_mapping(event.get("response")) or event
                model = as_text(asked.get("model")) or model
                tools = read_tools(asked.get("tools")) or tools
                messages += _instructions(asked)
                messages += _items(as_list(asked.get("input")) or [asked.get("input")])
            case kind if kind == TRANSCRIBED:
                messages += _text("user", event.get("transcript"))
            case _:
                pass
    return ChatRequest(model=model, messages=tuple(messages), tools=tools, stream=True)


def read_answer(body: bytes) -> Answer:
    """All that the provider said, in one answer; usage is left to who heard it."""
    answers = []
    error = ""
    for event in _events(body):
        if event.get("type") in ANSWERED:
            response = as_mapping(event.get("response"))
            answers.append(read_response({**response, "output": _spoken(response)}))
        # One that was followed by an answer has ended nothing.
        error = find_error(event)
    last = answers[-1] if answers else Answer()
    return Answer(
        id=last.id,
        model=last.model,
        messages=tuple(message for answer in answers for message in answer.messages),
        finish_reasons=last.finish_reasons,
        error=last.error or error,
        dialect=NAME,
    )


def _events(body: bytes) -> Iterator[dict[str, Any]]:
    return (as_mapping(decode(line)) for line in body.split(b"\n") if line)


def _instructions(fields: dict[str, Any]) -> list[Message]:
    return _text("system", fields.get("instructions"))


def _text(role: str, said: object) -> list[Message]:
    text = as_text(said)
    return [Message(role=role, parts=(TextPart(content=text),))] if text else []


def _items(items: list[Any]) -> list[Message]:
    if len(items) == 1 and isinstance(items[0], str):
        return _text("user", items[0])
    return list(read_input([_in_words(as_mapping(item)) for item in items if item]))


def _spoken(response: dict[str, Any]) -> list[Any]:
    return [_in_words(as_mapping(item)) for item in as_list(response.get("output"))]


def _in_words(item: dict[str, Any]) -> dict[str, Any]:
    """The item with the words of its sounds in their place; sounds without words are left out."""
    kind = "output_text" if item.get("role") == "assistant" else "input_text"
    content = []
    for part in as_list(item.get("content")):
        said = as_mapping(part)
        if said.get("type") not in _SOUNDS:
            content.append({**said, "type": kind} if said.get("type") == "text" else part)
        elif words := as_text(said.get("transcript")):
            content.append({"type": kind, "text": words})
    return {**item, "content": content} if "content" in item else item
