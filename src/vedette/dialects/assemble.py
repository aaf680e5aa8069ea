"""Put a streamed answer together again.

What comes out equals what the same answer would have been unstreamed: pieces of one kind that
follow each other are one part, tool calls stand in their own order, figures are the last ones
seen (they are cumulative in every dialect). A signature ends the thought it signs.
"""

import base64
from collections.abc import Callable, Iterable
from typing import Any

from vedette.dialects.reading import as_mapping, decode, decode_text
from vedette.model.chat import (
    Answer,
    Delta,
    ErrorDelta,
    MediaDelta,
    MediaPart,
    Message,
    Part,
    RawDelta,
    RawPart,
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


class _Texts:
    """Text, or a refusal, that is still growing."""

    __slots__ = ("kind", "pieces")

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind
        self.pieces: list[str] = []

    def part(self) -> Part:
        text = "".join(self.pieces)
        return RefusalPart(content=text) if self.kind is RefusalDelta else TextPart(content=text)


class _Thought:
    __slots__ = ("id", "pieces", "redacted", "signature", "source")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.signature = self.source = self.id = ""
        self.redacted = False

    def continues(self, delta: ReasoningDelta) -> bool:
        """Whether a piece belongs to this thought and not to a new one."""
        if self.signature or self.redacted or delta.redacted:
            return False
        return not delta.id or not self.id or delta.id == self.id

    def take(self, delta: ReasoningDelta) -> None:
        self.pieces.append(delta.text)
        self.signature = delta.signature
        self.redacted = delta.redacted
        self.source = delta.source or self.source
        self.id = delta.id or self.id

    def part(self) -> Part:
        return ReasoningPart(
            content="".join(self.pieces),
            signature=self.signature,
            redacted=self.redacted,
            source=self.source,
            id=self.id,
        )


class _Call:
    __slots__ = ("id", "name", "pieces", "signature", "source")

    def __init__(self) -> None:
        self.id = self.name = self.signature = self.source = ""
        self.pieces: list[str] = []

    def part(self) -> Part:
        text = "".join(self.pieces)
        return ToolCallPart(
            id=self.id,
            name=self.name,
            # A tool without parameters gets no arguments at all in some dialects.
            arguments=decode_text(text) if text else {},
            signature=self.signature,
            source=self.source,
        )


class _Medium:
    """A sound in pieces, or a picture."""

    __slots__ = ("file_id", "mime_type", "modality", "pieces", "size_bytes")

    def __init__(self, modality: str) -> None:
        self.modality = modality
        self.file_id = self.mime_type = ""
        self.size_bytes = 0
        self.pieces: list[str] = []

    def take(self, delta: MediaDelta) -> None:
        self.file_id = self.file_id or delta.file_id
        self.mime_type = self.mime_type or delta.mime_type
        self.size_bytes += delta.size_bytes
        if delta.data:
            self.pieces.append(delta.data)

    def part(self) -> Part:
        return MediaPart(
            modality=self.modality,
            file_id=self.file_id,
            mime_type=self.mime_type,
            size_bytes=self.size_bytes,
            data=join_base64(self.pieces),
        )


class _Raw:
    __slots__ = ("content", "dialect")

    def __init__(self, content: Any, dialect: str) -> None:
        self.content = content
        self.dialect = dialect

    def part(self) -> Part:
        return RawPart(content=self.content, dialect=self.dialect)


_Slot = _Texts | _Thought | _Call | _Medium | _Raw


def join_base64(pieces: list[str]) -> str:
    """Base64 of all that `pieces` stand for, each of them whole; what is none reads as nothing."""
    if len(pieces) < 2:
        return "".join(pieces)
    try:
        return base64.b64encode(b"".join(map(base64.b64decode, pieces))).decode()
    except ValueError:
        return ""


class _ChoiceParts:
    """The parts of one choice, in the order in which they began; a sound after the texts."""

    __slots__ = ("calls", "reason", "slots", "sound")

    def __init__(self) -> None:
        self.slots: list[_Slot] = []
        self.calls: dict[int, _Call] = {}
        self.sound: _Medium | None = None
        self.reason = ""

    def texts(self, kind: type[Any]) -> _Texts:
        """The part that a piece of this kind continues."""
        last = self.slots[-1] if self.slots else None
        if not isinstance(last, _Texts) or last.kind is not kind:
            last = _Texts(kind)
            self.slots.append(last)
        return last

    def thought(self, delta: ReasoningDelta) -> _Thought:
        last = self.slots[-1] if self.slots else None
        if not isinstance(last, _Thought) or not last.continues(delta):
            last = _Thought()
            self.slots.append(last)
        return last

    def call(self, index: int) -> _Call:
        if (slot := self.calls.get(index)) is None:
            slot = self.calls[index] = _Call()
            self.slots.append(slot)
        return slot

    def medium(self, modality: str) -> _Medium:
        if modality != "audio":
            self.slots.append(picture := _Medium(modality))
            return picture
        if self.sound is None:
            self.sound = _Medium(modality)
        return self.sound

    def message(self) -> Message:
        slots = list(self.slots)
        if self.sound is not None:
            tools = (n for n, slot in enumerate(slots) if isinstance(slot, _Call))
            slots.insert(next(tools, len(slots)), self.sound)
        parts = tuple(slot.part() for slot in slots)
        return Message(role="assistant", parts=parts, finish_reason=self.reason)


class _Assembly:
    def __init__(self) -> None:
        self.id = ""
        self.model = ""
        self.usage: Usage | None = None
        self.error = ""
        self.sequence = ""
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
            stop_sequence=self.sequence,
        )

    def start(self, delta: Start) -> None:
        self.id = self.id or delta.id
        self.model = self.model or delta.model

    def text(self, delta: TextDelta | RefusalDelta) -> None:
        self.choice(delta.choice).texts(type(delta)).pieces.append(delta.text)

    def reasoning(self, delta: ReasoningDelta) -> None:
        self.choice(delta.choice).thought(delta).take(delta)

    def tool(self, delta: ToolStart) -> None:
        slot = self.choice(delta.choice).call(delta.index)
        slot.id, slot.name = delta.id or slot.id, delta.name or slot.name
        if delta.signature:
            slot.signature, slot.source = delta.signature, delta.source

    def arguments(self, delta: ToolArguments) -> None:
        self.choice(delta.choice).call(delta.index).pieces.append(delta.fragment)

    def medium(self, delta: MediaDelta) -> None:
        self.choice(delta.choice).medium(delta.modality).take(delta)

    def raw(self, delta: RawDelta) -> None:
        """What comes whole of a provider's own tools: Anthropic's blocks, OpenAI's items, Gemini's
        parts."""
        event = as_mapping(decode(delta.data))
        if block := as_mapping(event.get("content_block")):
            self.choice(0).slots.append(_Raw(block, "anthropic"))
        elif item := as_mapping(event.get("item")):
            self.choice(0).slots.append(_Raw(item, "openai_responses"))
        elif part := as_mapping(event.get("gemini_part")):
            self.choice(0).slots.append(_Raw(part, "gemini"))

    def stop(self, delta: Stop) -> None:
        self.choice(delta.choice).reason = delta.reason
        self.sequence = delta.sequence or self.sequence

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
    RawDelta: _Assembly.raw,
    Stop: _Assembly.stop,
    UsageDelta: _Assembly.figures,
    ErrorDelta: _Assembly.failure,
}
