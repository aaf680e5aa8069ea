"""Put a streamed answer together again.

What comes out equals what the same answer would have been unstreamed: pieces of one kind that
follow each other are one part, tool calls stand in their own order, figures are the last ones
seen (they are cumulative in every dialect).
"""

from collections.abc import Callable, Iterable
from typing import Any

from vedette.dialects.reading import decode_text
from vedette.model.chat import (
    Answer,
    Delta,
    ErrorDelta,
    MediaDelta,
    MediaPart,
    Message,
    Part,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
    RefusalPart,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


def assemble(deltas: Iterable[Delta]) -> Answer:
    """The answer that these deltas make; one that was cut has what came until then."""
    assembly = _Assembly()
    for delta in deltas:
        if (take := _TAKERS.get(type(delta))) is not None:
            take(assembly, delta)
    return assembly.answer()


class _Slot:
    """A part that is still growing."""

    __slots__ = ("call", "kind", "media", "redacted", "signature", "text")

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind
        self.text: list[str] = []
        self.signature = ""
        self.redacted = False
        self.call = ("", "")
        self.media = ("", "", 0)

    def part(self) -> Part:
        text = "".join(self.text)
        if self.kind is ReasoningDelta:
            return ReasoningPart(content=text, signature=self.signature, redacted=self.redacted)
        if self.kind is RefusalDelta:
            return RefusalPart(content=text)
        if self.kind is ToolStart:
            # A tool without parameters gets no arguments at all in some dialects.
            arguments = decode_text(text) if text else {}
            return ToolCallPart(id=self.call[0], name=self.call[1], arguments=arguments)
        if self.kind is MediaDelta:
            modality, file_id, size = self.media
            return MediaPart(modality=modality, file_id=file_id, size_bytes=size)
        return TextPart(content=text)


class _ChoiceParts:
    """The parts of one choice, in the order in which they began; media after the texts."""

    __slots__ = ("calls", "media", "reason", "slots")

    def __init__(self) -> None:
        self.slots: list[_Slot] = []
        self.calls: dict[int, _Slot] = {}
        self.media: _Slot | None = None
        self.reason = ""

    def slot(self, kind: type[Any]) -> _Slot:
        """The part that a piece of this kind continues."""
        if not self.slots or self.slots[-1].kind is not kind:
            self.slots.append(_Slot(kind))
        return self.slots[-1]

    def call(self, index: int) -> _Slot:
        if (slot := self.calls.get(index)) is None:
            slot = self.calls[index] = _Slot(ToolStart)
            self.slots.append(slot)
        return slot

    def message(self) -> Message:
        slots = list(self.slots)
        if self.media is not None:
            tools = (n for n, slot in enumerate(slots) if slot.kind is ToolStart)
            slots.insert(next(tools, len(slots)), self.media)
        parts = tuple(slot.part() for slot in slots)
        return Message(role="assistant", parts=parts, finish_reason=self.reason)


class _Assembly:
    def __init__(self) -> None:
        self.id = ""
        self.model = ""
        self.usage: Usage | None = None
        self.error = ""
        self.choices: dict[int, _ChoiceParts] = {}

    def choice(self, index: int) -> _ChoiceParts:
        if (choice := self.choices.get(index)) is None:
            choice = self.choices[index] = _ChoiceParts()
        return choice

    def answer(self) -> Answer:
        choices = [self.choices[index] for index in sorted(self.choices)]
        return Answer(
            id=self.id,
            model=self.model,
            messages=tuple(choice.message() for choice in choices),
            finish_reasons=tuple(choice.reason for choice in choices),
            usage=self.usage,
            error=self.error,
        )

    def start(self, delta: Start) -> None:
        self.id = self.id or delta.id
        self.model = self.model or delta.model

    def text(self, delta: TextDelta | RefusalDelta) -> None:
        self.choice(delta.choice).slot(type(delta)).text.append(delta.text)

    def reasoning(self, delta: ReasoningDelta) -> None:
        slot = self.choice(delta.choice).slot(ReasoningDelta)
        slot.text.append(delta.text)
        slot.signature += delta.signature
        slot.redacted = slot.redacted or delta.redacted

    def tool(self, delta: ToolStart) -> None:
        slot = self.choice(delta.choice).call(delta.index)
        slot.call = (delta.id or slot.call[0], delta.name or slot.call[1])

    def arguments(self, delta: ToolArguments) -> None:
        self.choice(delta.choice).call(delta.index).text.append(delta.fragment)

    def medium(self, delta: MediaDelta) -> None:
        choice = self.choice(delta.choice)
        slot = choice.media = choice.media or _Slot(MediaDelta)
        _, file_id, size = slot.media
        slot.media = (delta.modality, file_id or delta.file_id, size + delta.size_bytes)

    def stop(self, delta: Stop) -> None:
        self.choice(delta.choice).reason = delta.reason

    def figures(self, delta: UsageDelta) -> None:
        self.usage = delta.usage

    def failure(self, delta: ErrorDelta) -> None:
        self.error = self.error or ": ".join(w for w in (delta.type, delta.message) if w)


_TAKERS: dict[type, Callable[[_Assembly, Any], None]] = {
    Start: _Assembly.start,
    TextDelta: _Assembly.text,
    RefusalDelta: _Assembly.text,
    ReasoningDelta: _Assembly.reasoning,
    ToolStart: _Assembly.tool,
    ToolArguments: _Assembly.arguments,
    MediaDelta: _Assembly.medium,
    Stop: _Assembly.stop,
    UsageDelta: _Assembly.figures,
    ErrorDelta: _Assembly.failure,
}
