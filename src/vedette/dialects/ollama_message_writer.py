"""Neutral messages and tools, written for Ollama.

| of the client's | becomes |
|---|---|
| several texts in a message | one, parted by a blank line; an assistant's run together |
| tool results in a user's message | messages of role `tool` of their own, before the rest of it |
| JSON and several texts as a result | text |
| pictures, sounds, text files inline | `images`, and text |
| any other medium, or one by address or id | refused |
| role `developer` | `system` |
| thoughts that somebody else signed | left out |
| a result's mark that it is an error, a message's `name`, a tool's `strict` | left out |
| fields and parts that only the client's dialect knows | left out or refused, see `foreign` |
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from vedette.dialects.contract import Unsupported
from vedette.dialects.foreign import messages_name
from vedette.dialects.ollama_media import write_medium
from vedette.dialects.ollama_messages import RAW
from vedette.dialects.signatures import is_ours
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
    ToolChoice,
    ToolDefinition,
    ToolResultPart,
)

_ROLES = {"developer": "system"}


class MessageWriter:
    """Writes the messages of one request; `dropped` grows with what has no place."""

    def __init__(self, request: ChatRequest, dialect: str) -> None:
        self.dropped: dict[str, None] = {}
        self._request = request
        self._dialect = dialect
        self._is_own = request.dialect == dialect
        self._where = messages_name(request.dialect)
        self._tools: dict[str, str] = {}

    def write(self) -> Iterator[dict[str, Any]]:
        """The messages, in Ollama's form. Raises Unsupported."""
        for message in self._request.messages:
            yield from self._write(message)

    def content(self, parts: Iterable[Part], role: str) -> dict[str, Any]:
        """`content` and, where there are any, `images`. Raises Unsupported."""
        texts: list[str] = []
        images: list[str] = []
        for part in parts:
            match part:
                case TextPart(content=text) | RefusalPart(content=text):
                    texts.append(text)
                case MediaPart():
                    text, encoded = write_medium(part, self._where)
                    texts += [text] if text else []
                    images += [encoded] if encoded else []
                case RawPart(content=content) if self._is_own:
                    return {"content": content}
                case _:
                    pass
        content = ("" if role == "assistant" else "\n\n").join(texts)
        return {"content": content, "images": images} if images else {"content": content}

    def thinking(self, parts: Iterable[Part]) -> dict[str, str]:
        """The thoughts that a model behind Ollama may be shown again."""
        thoughts = [part for part in parts if isinstance(part, ReasoningPart)]
        shown = [
            part
            for part in thoughts
            if not part.redacted and (not part.signature or is_ours(part.source, self._dialect))
        ]
        if len(shown) < len(thoughts):
            self.dropped[f"{self._where}.reasoning"] = None
        text = "".join(part.content for part in shown)
        return {"thinking": text} if text else {}

    def _write(self, message: Message) -> Iterator[dict[str, Any]]:
        extra = message.extra if self._is_own else {}
        if message.name:
            self.dropped[f"{self._where}.name"] = None
        results = [part for part in message.parts if isinstance(part, ToolResultPart)]
        for result in results:
            yield self._result(result) | extra
        if results and len(results) == len(message.parts):
            return
        role = _ROLES.get(message.role, message.role)
        calls = [part for part in message.parts if isinstance(part, ToolCallPart)]
        self._tools |= {call.id: call.name for call in calls}
        written = {"role": role, **self.content(message.parts, role)}
        written |= self.thinking(message.parts)
        if calls:
            written["tool_calls"] = write_tool_calls(calls)
        yield written | extra

    def _result(self, result: ToolResultPart) -> dict[str, Any]:
        if result.parts:
            content = self.content(result.parts, "tool")
        else:
            content = {"content": _result_text(result.result)}
        if result.is_error:
            self.dropped[f"{self._where}.is_error"] = None
        written = {"role": "tool", **content}
        if name := result.name or self._tools.get(result.id, ""):
            written["tool_name"] = name
        if result.id:
            written["tool_call_id"] = result.id
        return written


def _result_text(result: Any) -> str:
    if result is None:
        return ""
    return result if isinstance(result, str) else msgspec.json.encode(result).decode()


def write_tool_calls(calls: Iterable[ToolCallPart]) -> list[dict[str, Any]]:
    """The calls of one message; their arguments are always an object."""
    written = []
    for index, call in enumerate(calls):
        function = {"index": index, "name": call.name, "arguments": as_object(call.arguments)}
        written.append({"id": call.id, "function": function} if call.id else {"function": function})
    return written


def as_object(arguments: Any) -> dict[str, Any]:
    """Arguments as the object that Ollama wants; what is none stands in it as text (`RAW`)."""
    if isinstance(arguments, dict):
        return arguments
    if arguments in (None, ""):
        return {}
    text = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
    return {RAW: text}


def write_tools(request: ChatRequest, *, is_own: bool) -> tuple[list[dict[str, Any]], list[str]]:
    """The tools that the model may call, and the client's names of what is left out.

    To have none called none is offered. Raises Unsupported where a call is demanded.
    """
    choice = request.tool_choice or ToolChoice("auto")
    if choice.mode in ("required", "tool"):
        raise Unsupported("tool_choice", "demands a call, and Ollama leaves that to the model.")
    if choice.mode == "none":
        return [], []
    dropped: dict[str, None] = {}
    tools = []
    for tool in request.tools:
        if choice.names and tool.name not in choice.names:
            continue
        if tool.built_in:
            raise Unsupported("tools", f"has {tool.built_in!r}, which only its own provider runs.")
        tools.append(_tool(tool, is_own=is_own))
        if tool.strict is not None:
            dropped["tools.strict"] = None
    return tools, list(dropped)


def _tool(tool: ToolDefinition, *, is_own: bool) -> dict[str, Any]:
    function: dict[str, Any] = {"name": tool.name}
    if tool.description:
        function["description"] = tool.description
    parameters = tool.parameters if isinstance(tool.parameters, dict) else {}
    # Ollama's own type always has both.
    function["parameters"] = {"type": "object", "properties": {}} | parameters
    extra = dict(tool.extra) if is_own else {}
    inner = extra.pop("function", {})
    return {"type": "function", "function": {**function, **inner}, **extra}
