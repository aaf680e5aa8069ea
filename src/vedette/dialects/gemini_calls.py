"""Tool calls and their results in a conversation: who belongs to whom.

Gemini tells calls apart by name and order; ids came later and clients may leave them out. Other
dialects need one on every call, so the reader numbers those without, and the writer takes these
numbers off again. The numbers have nine letters and digits: Mistral takes no other ids.
"""

import re
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
        self._open: list[tuple[str, str]] = []
        """Id and name of the calls that wait for a result."""

    def numbered(self, part: Part) -> Part:
        if isinstance(part, ToolCallPart):
            id = part.id or self._make()
            self._open.append((id, part.name))
            return part if part.id else replace(part, id=id)
        if isinstance(part, ToolResultPart):
            id = self._answered(part)
            return part if part.id else replace(part, id=id)
        return part

    def _answered(self, result: ToolResultPart) -> str:
        matches = [call for call in self._open if call[0] == result.id]
        if not result.id:
            named = [call for call in self._open if call[1] == result.name]
            matches = named or self._open
        if not matches:
            return result.id or self._make()
        self._open.remove(matches[0])
        return matches[0][0]

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
