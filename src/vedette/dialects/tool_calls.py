"""What writers make of tool calls: ids for those that have none, results as text.

The functions of before tools were known by their names. Where a dialect wants ids each call gets
one by its place in the conversation, so that the same conversation has the same ids with every
turn; a result without id belongs to the first call of its name that has no result yet, else to the
first of any name.
"""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from vedette.model.chat import Message, Part, ToolCallPart, ToolResultPart


def with_call_ids(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The messages with an id for every call and every result; the same where all have one."""
    if all(part.id for part in _calls_and_results(messages)):
        return messages
    numbering = _Numbering()
    return tuple(
        replace(message, parts=tuple(map(numbering.number, message.parts))) for message in messages
    )


def result_text(result: object) -> str:
    """A result as text: a text as it is, JSON as JSON."""
    if isinstance(result, str):
        return result
    return "" if result is None else msgspec.json.encode(result).decode()


def _calls_and_results(messages: Iterable[Message]) -> Iterable[ToolCallPart | ToolResultPart]:
    for message in messages:
        for part in message.parts:
            if isinstance(part, ToolCallPart | ToolResultPart):
                yield part


class _Numbering:
    def __init__(self) -> None:
        self._count = 0
        self._open: list[tuple[str, str]] = []

    def number(self, part: Part) -> Part:
        if isinstance(part, ToolCallPart):
            self._count += 1
            part = part if part.id else replace(part, id=f"call_{self._count}")
            self._open.append((part.id, part.name))
        elif isinstance(part, ToolResultPart):
            id = self._answered(part)
            part = part if part.id else replace(part, id=id)
        return part

    def _answered(self, result: ToolResultPart) -> str:
        """The id of the call that this result answers; it is answered from now on."""
        for known in (0, 1):
            wanted = (result.id, result.name)[known]
            for call in self._open:
                if wanted and call[known] == wanted:
                    self._open.remove(call)
                    return call[0]
        if result.id or not self._open:
            return result.id or f"call_{self._count}"
        return self._open.pop(0)[0]
