"""A conversation as `contents` and `systemInstruction`.

Gemini knows two speakers who take turns. System messages stand apart, wherever they were said;
what follows each other in one role is one turn; the results of a turn's calls are a turn of their
own, in the order of the calls. A conversation that was Gemini's already is written as it was.
"""

from typing import Any

from msgspec.structs import replace

from vedette.dialects.foreign import messages_name
from vedette.dialects.gemini_calls import CallBook, number_calls, own_id
from vedette.dialects.gemini_drops import Drops
from vedette.dialects.gemini_fields import NAME
from vedette.dialects.gemini_part_writer import write_part, write_parts
from vedette.dialects.gemini_results import write_result
from vedette.dialects.gemini_thinking import has_levels
from vedette.dialects.signatures import is_ours
from vedette.model.chat import (
    ChatRequest,
    Message,
    Part,
    ReasoningPart,
    ToolCallPart,
    ToolResultPart,
)

_SYSTEM = frozenset({"system", "developer"})
_ROLES = {"assistant": "model", "tool": "user"}

UNSIGNED_CALL = "skip_thought_signature_validator"
"""What stands for the signature of a call that Gemini did not make: without one, models since
Gemini 3 refuse the turn. https://ai.google.dev/gemini-api/docs/thought-signatures"""


def write_conversation(request: ChatRequest, drops: Drops) -> dict[str, Any]:
    """`contents` and, where there is one, `systemInstruction`. Raises Unsupported."""
    conversation = _Conversation(request, drops)
    for message in request.messages if drops.is_ours else number_calls(request.messages):
        conversation.add(message)
    return conversation.written()


class _Conversation:
    def __init__(self, request: ChatRequest, drops: Drops) -> None:
        self._drops = drops
        self._where = messages_name(request.dialect)
        self._has_levels = has_levels(request.model)
        self._book = CallBook()
        self._system: list[dict[str, Any]] = []
        self._system_extra: dict[str, Any] = {}
        self._contents: list[dict[str, Any]] = []
        self._results: list[ToolResultPart] = []
        """Results of the turn before, which wait until all are there."""
        self._speaker = ""
        """Whose turn the last content is; empty where nothing may be added to it."""

    def add(self, message: Message) -> None:
        if message.name:
            self._drops.note(f"{self._where}.name")
        extra = self._drops.extras(message.extra)
        if message.role in _SYSTEM:
            self._system += write_parts(message.parts, self._part)
            self._system_extra |= extra
        elif self._drops.is_ours:
            role = _ROLES.get(message.role, message.role)
            parts = write_parts(message.parts, self._part)
            self._contents.append({"role": role, "parts": parts, **extra})
        else:
            self._take_turn(message)

    def written(self) -> dict[str, Any]:
        self._close_results()
        if not self._contents and self._system and not self._drops.is_ours:
            # Somebody has to speak in a conversation.
            return {"contents": [{"role": "user", "parts": self._system}]}
        fields: dict[str, Any] = {"contents": self._contents}
        if self._system or self._system_extra:
            fields["systemInstruction"] = {"parts": self._system, **self._system_extra}
        return fields

    def _take_turn(self, message: Message) -> None:
        self._results += [part for part in message.parts if isinstance(part, ToolResultPart)]
        rest = [part for part in message.parts if not isinstance(part, ToolResultPart)]
        parts = write_parts(rest, self._part)
        if not parts:
            return
        self._close_results()
        role = "model" if message.role == "assistant" else "user"
        if role == "model" and self._has_levels:
            _sign_first_call(parts)
        if role == self._speaker:
            self._contents[-1]["parts"] += parts
        else:
            self._contents.append({"role": role, "parts": parts})
            self._speaker = role

    def _close_results(self) -> None:
        if not self._results:
            return
        parts = [
            piece for result in self._book.in_order(self._results) for piece in self._result(result)
        ]
        self._contents.append({"role": "user", "parts": parts})
        self._results = []
        self._speaker = ""

    def _part(self, part: Part) -> dict[str, Any] | None:
        match part:
            case ToolResultPart():
                return self._result(part)[0]
            case ToolCallPart():
                self._book.note(part)
                part = replace(part, id=own_id(part.id))
                if not is_ours(part.source, NAME):
                    part = replace(part, signature="")
            case ReasoningPart() if not self._is_taken(part):
                self._drops.note(f"{self._where}.reasoning")
                return None
            case _:
                pass
        return write_part(part, self._drops.extras)

    def _is_taken(self, part: ReasoningPart) -> bool:
        """Whether Gemini takes this thought: its own, signed ones; in its own dialect all but
        those of others."""
        if self._drops.is_ours:
            return is_ours(part.source, NAME)
        return bool(part.signature) and part.source == NAME

    def _result(self, result: ToolResultPart) -> list[dict[str, Any]]:
        return write_result(
            result,
            own_id(result.id),
            self._book.name_of(result),
            self._drops.extras,
            media_inside=self._drops.is_ours or self._has_levels,
        )


def _sign_first_call(parts: list[dict[str, Any]]) -> None:
    """Only the first of several calls at once carries a signature."""
    call = next((part for part in parts if "functionCall" in part), None)
    if call is not None:
        call.setdefault("thoughtSignature", UNSIGNED_CALL)
