"""Items of a streamed response while they are written: the events of each, in their order.

| item | begins | goes on | ends |
|---|---|---|---|
| message | `output_item.added` | `content_part.added`, `output_text.delta` or `refusal.delta` | `.done` of the text, the part, the item |
| reasoning | `output_item.added` | `reasoning_summary_part.added`, `reasoning_summary_text.delta` | `.done` of the text, the part, the item |
| function call | `output_item.added` | `function_call_arguments.delta` | `.done` of the arguments, the item |
| custom call | `output_item.added` | nothing | `custom_tool_call_input.delta` and `.done`, the item's |
| image | `output_item.added` | nothing | `image_generation_call.completed`, the item's |
"""  # noqa: E501

from typing import Any

import msgspec

from vedette.dialects.openai_responses_calls import Item, call_item, sign_call
from vedette.dialects.openai_responses_input import reasoning_item
from vedette.dialects.openai_responses_items import read_arguments
from vedette.dialects.openai_responses_output import (
    call_prefix,
    image_item,
    message_item,
    refusal_part,
    text_part,
)
from vedette.dialects.openai_responses_tools import INPUT
from vedette.model.chat import MediaDelta, ReasoningDelta, ReasoningPart, ToolCallPart, ToolStart

_encode = msgspec.json.Encoder().encode


class Events:
    """Writes events and counts them."""

    def __init__(self) -> None:
        self._next = 0

    def number(self) -> int:
        number = self._next
        self._next += 1
        return number

    def write(self, kind: str, **fields: Any) -> bytes:
        """One event, framing included."""
        data = _encode({"type": kind, "sequence_number": self.number(), **fields})
        return b"event: %b\ndata: %b\n\n" % (kind.encode(), data)


class _Item:
    """Where the item stands and what its events are called after."""

    def __init__(self, events: Events, index: int, id: str) -> None:
        self.id = id
        self.index = index
        self._events = events

    def _event(self, kind: str, **fields: Any) -> bytes:
        """An event about a piece of the item."""
        place = {"item_id": self.id, "output_index": self.index}
        return self._events.write(f"response.{kind}", **place, **fields)

    def _item_event(self, kind: str, item: Item) -> bytes:
        return self._events.write(
            f"response.output_item.{kind}", output_index=self.index, item=item
        )


class MessageItem(_Item):
    """What the assistant says: texts and refusals."""

    def __init__(self, events: Events, index: int, id: str) -> None:
        super().__init__(events, index, id)
        self._content: list[Item] = []
        self._pieces: list[str] = []
        self._is_refusal: bool | None = None
        self._head = b""

    def begin(self) -> bytes:
        return self._item_event("added", message_item(self.id, [], "in_progress"))

    def text(self, piece: str) -> bytes:
        opened = b"" if self._is_refusal is False else self._open(is_refusal=False)
        self._pieces.append(piece)
        # Nearly all events are these: what is the same in all of them is written once.
        return b'%b%b%d%b%b,"logprobs":[]}\n\n' % (
            opened, _TEXT_DELTA, self._events.number(), self._head, _encode(piece),
        )  # fmt: skip

    def refusal(self, piece: str) -> bytes:
        opened = b"" if self._is_refusal else self._open(is_refusal=True)
        self._pieces.append(piece)
        place = len(self._content)
        return opened + self._event("refusal.delta", content_index=place, delta=piece)

    def end(self, status: str) -> tuple[bytes, Item]:
        closed = self._close()
        item = message_item(self.id, self._content, status)
        return closed + self._item_event("done", item), item

    def _open(self, *, is_refusal: bool) -> bytes:
        closed = self._close()
        self._is_refusal = is_refusal
        place = len(self._content)
        self._head = b',"item_id":%b,"output_index":%d,"content_index":%d,"delta":' % (
            _encode(self.id), self.index, place,
        )  # fmt: skip
        part = refusal_part("") if is_refusal else text_part("")
        return closed + self._event("content_part.added", content_index=place, part=part)

    def _close(self) -> bytes:
        if self._is_refusal is None:
            return b""
        place, text = len(self._content), "".join(self._pieces)
        self._pieces.clear()
        if self._is_refusal:
            part = refusal_part(text)
            done = self._event("refusal.done", content_index=place, refusal=text)
        else:
            part = text_part(text)
            done = self._event("output_text.done", content_index=place, text=text, logprobs=[])
        self._content.append(part)
        self._is_refusal = None
        return done + self._event("content_part.done", content_index=place, part=part)


_TEXT_DELTA = (
    b"event: response.output_text.delta\n"
    b'data: {"type":"response.output_text.delta","sequence_number":'
)


class ThoughtItem(_Item):
    """A thought, told as a summary; its signature comes last."""

    def __init__(self, events: Events, index: int, id: str) -> None:
        super().__init__(events, index, id)
        self._pieces: list[str] = []
        self._is_open = False
        self._part = ReasoningPart(content="")
        self._provider_id = ""

    def continues(self, delta: ReasoningDelta) -> bool:
        """Whether `delta` is more of the same thought, as `assemble` sees it."""
        if self._part.signature or self._part.redacted or delta.redacted:
            return False
        return not delta.id or not self._provider_id or delta.id == self._provider_id

    def begin(self) -> bytes:
        item = {"id": self.id, "type": "reasoning", "summary": []}
        return self._item_event("added", item)

    def piece(self, delta: ReasoningDelta) -> bytes:
        self._provider_id = self._provider_id or delta.id
        self._part = ReasoningPart(
            content="",
            signature=delta.signature,
            redacted=delta.redacted,
            source=delta.source or self._part.source,
        )
        if not delta.text:
            return b""
        self._pieces.append(delta.text)
        opened = self._open()
        return opened + self._event(
            "reasoning_summary_text.delta", summary_index=0, delta=delta.text
        )

    def end(self, status: str) -> tuple[bytes, Item]:
        text = "".join(self._pieces)
        part = self._part
        item = {"id": self.id, **reasoning_item(
            ReasoningPart(
                content=text, signature=part.signature, redacted=part.redacted, source=part.source
            )
        )}  # fmt: skip
        told = self._open() if item["summary"] else b""
        if self._is_open:
            told += self._event("reasoning_summary_text.done", summary_index=0, text=text)
            summary = item["summary"][0]
            told += self._event("reasoning_summary_part.done", summary_index=0, part=summary)
        return told + self._item_event("done", item), item

    def _open(self) -> bytes:
        if self._is_open:
            return b""
        self._is_open = True
        part = {"type": "summary_text", "text": ""}
        return self._event("reasoning_summary_part.added", summary_index=0, part=part)


class CallItem(_Item):
    """A call of a function or of a custom tool.

    The text of a custom call is a JSON string until it is whole, so it is told in one piece.
    """

    def __init__(self, events: Events, index: int, id: str, start: ToolStart, custom: bool) -> None:
        self._start = start
        self._is_custom = custom
        self._pieces: list[str] = []
        super().__init__(events, index, id)

    def begin(self) -> bytes:
        return self._item_event("added", self._item("", "in_progress"))

    def piece(self, fragment: str) -> bytes:
        self._pieces.append(fragment)
        if self._is_custom:
            return b""
        return self._event("function_call_arguments.delta", delta=fragment)

    def end(self, status: str) -> tuple[bytes, Item]:
        told = b""
        if status == "completed" and not self._is_custom and not self._pieces:
            # A call without arguments is `{}` in every client's eyes.
            told = self.piece("{}")
        text = "".join(self._pieces)
        if text and isinstance(read_arguments(text), dict):
            # What was told to its end is complete, whatever cut the answer off.
            status = "completed"
        item = self._item(text, status)
        if self._is_custom:
            told = self._event("custom_tool_call_input.delta", delta=item["input"])
            told += self._event("custom_tool_call_input.done", input=item["input"])
        else:
            told += self._event("function_call_arguments.done", arguments=item["arguments"])
        return told + self._item_event("done", item), item

    def _item(self, text: str, status: str) -> Item:
        start = self._start
        arguments: Any = text
        if self._is_custom:
            read = read_arguments(text)
            arguments = read if isinstance(read, dict) and INPUT in read else {INPUT: text}
        part = ToolCallPart(
            name=start.name, arguments=arguments, signature=start.signature, source=start.source
        )
        customs = frozenset({start.name}) if self._is_custom else frozenset()
        item = call_item(part, start.id, customs)
        return {"id": self.id, "status": status, **item, **sign_call(part)}


def call_item_prefix(*, custom: bool) -> str:
    return call_prefix({"type": "custom_tool_call" if custom else "function_call"})


class ImageItem(_Item):
    """A picture, which comes whole."""

    def write(self, delta: MediaDelta) -> tuple[bytes, Item]:
        item = image_item(self.id, delta.mime_type, delta.data)
        begun = self._item_event("added", {**item, "status": "in_progress", "result": None})
        made = self._event("image_generation_call.completed")
        return begun + made + self._item_event("done", item), item
