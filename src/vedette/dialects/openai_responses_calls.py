"""Tool calls and their results, written as items."""

from typing import Any

import msgspec

from vedette.dialects.openai_responses_content import NAME, ContentWriter
from vedette.dialects.openai_responses_items import CUSTOM_CALL
from vedette.dialects.openai_responses_tools import INPUT
from vedette.dialects.reading import as_text
from vedette.dialects.signatures import is_ours, seal
from vedette.model.chat import ToolCallPart, ToolResultPart

Item = dict[str, Any]


def write_arguments(arguments: object) -> str:
    """The arguments of a call as JSON text; what the model wrote as it is."""
    if isinstance(arguments, str):
        return arguments
    return msgspec.json.encode({} if arguments is None else arguments).decode()


def sign_call(part: ToolCallPart) -> Item:
    """The members of a call that carry its signature (`openai_responses_items.call_signature`).

    In the place where Google's own clients of OpenAI's format have it.
    """
    if not part.signature:
        return {}
    signature = seal(part.signature, part.source, NAME)
    return {"extra_content": {"google": {"thought_signature": signature}}}


def call_item(part: ToolCallPart, id: str, customs: frozenset[str]) -> Item:
    """A call as an item, without what is its dialect's own; `customs`: names of custom tools."""
    if isinstance(part.arguments, dict) and part.name in customs and INPUT in part.arguments:
        text = as_text(part.arguments[INPUT])
        return {"type": CUSTOM_CALL, "call_id": id, "name": part.name, "input": text}
    arguments = write_arguments(part.arguments)
    return {"type": "function_call", "call_id": id, "name": part.name, "arguments": arguments}


class CallWriter:
    """Writes the calls and results of one request, in order; all have ids (`tool_calls`)."""

    def __init__(self, content: ContentWriter, customs: frozenset[str]) -> None:
        self._content = content
        self._customs = customs
        self._custom_ids: set[str] = set()

    def call(self, part: ToolCallPart) -> Item:
        extra = part.extra if self._content.is_own else {}
        is_custom = extra.get("type") == CUSTOM_CALL
        item = call_item(part, part.id, frozenset({part.name}) if is_custom else self._customs)
        if item["type"] == CUSTOM_CALL:
            self._custom_ids.add(part.id)
        signed = sign_call(part) if is_ours(part.source, NAME) else {}
        return {**signed, **extra, **item}

    def result(self, part: ToolResultPart) -> Item:
        is_custom = part.id in self._custom_ids
        kind = "custom_tool_call_output" if is_custom else "function_call_output"
        item: Item = {"type": kind, "call_id": part.id, "output": self._output(part)}
        if not self._content.is_own:
            return item
        named = {"name": part.name} if part.name else {}
        return {**item, **named, **part.extra}

    def _output(self, part: ToolResultPart) -> str | list[Item]:
        if part.parts:
            return self._content.texts(part.parts)
        if isinstance(part.result, str):
            return part.result
        return "" if part.result is None else msgspec.json.encode(part.result).decode()
