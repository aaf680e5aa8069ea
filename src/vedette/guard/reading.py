"""The texts of messages as the guard sees them, in an order that can be found again later."""

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from vedette.guard.engine import Passage
from vedette.model.chat import (
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from vedette.model.policy import Where
from vedette.ports.detector import Evidence

WHERE_OF_ROLE: MappingProxyType[str, Where] = MappingProxyType(
    {"system": "system", "developer": "system", "assistant": "output", "tool": "tool_result"}
)
_DEPTH = 32
_NOTHING = Evidence()


def passages_of(
    said: Sequence[Message] | str | None, *, default: Where, evidence: Evidence = _NOTHING
) -> list[Passage]:
    """The texts of messages that are not empty; what is no message stands at `default`."""
    if said is None:
        return []
    if isinstance(said, str):
        return [Passage(text=said, where=default, evidence=evidence)] if said else []
    found: list[Passage] = []
    for message in said:
        where = WHERE_OF_ROLE.get(message.role, default)
        found += of_parts(message.parts, where, evidence)
    return [passage for passage in found if passage.text]


def of_parts(parts: Iterable[Part], where: Where, base: Evidence) -> Iterator[Passage]:
    """The texts of the parts of one message."""
    for part in parts:
        match part:
            case TextPart(content=text) | RefusalPart(content=text):
                yield Passage(text=text, where=where, evidence=base)
            case ReasoningPart(content=text, redacted=False):
                yield Passage(text=text, where="reasoning", evidence=base)
            case ToolCallPart(name=name, arguments=arguments):
                said = arguments if isinstance(arguments, str) else _json(arguments)
                evidence = with_tool(base, name)
                yield Passage(text=said, where="tool_arguments", evidence=evidence)
            case ToolResultPart(result=result, parts=inner):
                texts = (
                    list(of_parts(inner, "tool_result", base))
                    if inner
                    else [
                        Passage(text=text, where="tool_result", evidence=base)
                        for text in leaves(result)
                    ]
                )
                yield from texts
            case RawPart(content=content):
                for text in leaves(content):
                    yield Passage(text=text, where=where, evidence=base)
            case _:
                pass


def with_tool(evidence: Evidence, name: str) -> Evidence:
    """The same for the arguments of this tool."""
    return msgspec.structs.replace(evidence, tool_name=name)


def leaves(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif depth > _DEPTH:
        return
    elif isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, depth + 1)


def _json(value: Any) -> str:
    return "" if value is None else msgspec.json.encode(value).decode()
