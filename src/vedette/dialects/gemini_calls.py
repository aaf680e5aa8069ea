"""Tool calls and their results in a conversation: who belongs to whom.

Gemini tells calls apart by name and order; ids came later and clients may leave them out. Other
dialects need one on every call, so the reader numbers those without, and the writer takes these
numbers off again. The numbers have nine letters and digits: Mistral takes no other ids.
"""

import re
from collections import deque
from collections.abc import Iterable

from msgspec.structs import replace

from vedette.model.chat import Message, Part, ToolCallPart, ToolResultPart

_MADE = re.compile(r"vdt\d{6}")


def number_calls(messages: Iterable[Message]) -> tuple[Message, ...]:
    """The messages with an id on every call, and on every result that of its call.

    A result without an id answers the first open call of its name, else the first open one.
    """
    numbering = _Numbering()
    return tuple(
        replace(message, parts=tuple(numbering.numbered(part) for part in message.parts))
        for message in messages
    )


class _Numbering:
    def __init__(self) -> None:
        self._made = 0
        self._open: dict[str, None] = {}
        """Ids of the calls that wait for a result, in their order."""
        self._by_name: dict[str, deque[str]] = {}

    def numbered(self, part: Part) -> Part:
        if isinstance(part, ToolCallPart):
            id = part.id or self._make()
            self._open[id] = None
            self._by_name.setdefault(part.name, deque()).append(id)
            return part if part.id else replace(part, id=id)
        if isinstance(part, ToolResultPart):
            id = part.id or self._named(part.name) or next(iter(self._open), "") or self._make()
            self._open.pop(id, None)
            return part if part.id else replace(part, id=id)
        return part

    def _named(self, name: str) -> str:
        """The first open call of this name; "" where there is none."""
        waiting = self._by_name.get(name) or deque()
        while waiting:
            if (id := waiting.popleft()) in self._open:
                return id
        return ""

    def _make(self) -> str:
        self._made += 1
        return f"vdt{self._made:06d}"


def own_id(id: str) -> str:
    """The id as Gemini gets it: none where `number_calls` made it."""
    return "" if _MADE.fullmatch(id) else id


class CallBook:
    """The calls of a conversation so far, for what a result must repeat of its call."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._order: dict[str, int] = {}

    def note(self, call: ToolCallPart) -> None:
        self._names[call.id] = call.name
        self._order[call.id] = len(self._order)

    def name_of(self, result: ToolResultPart) -> str:
        """The tool's name, which Gemini wants on the result; the id where nobody said it."""
        return result.name or self._names.get(result.id, result.id)

    def in_order(self, results: Iterable[ToolResultPart]) -> list[ToolResultPart]:
        """The results in the order of their calls."""
        last = len(self._order)
        return sorted(results, key=lambda result: self._order.get(result.id, last))
