"""Messages written as items of a responses request.

A message becomes as many items as its parts ask for, in their order. Thoughts go back to the
provider that signed them and to nobody else.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from vedette.dialects.foreign import messages_name
from vedette.dialects.openai_responses_calls import CallWriter, Item
from vedette.dialects.openai_responses_content import ITEM, NAME, ContentWriter
from vedette.dialects.reading import as_mapping, as_text
from vedette.dialects.signatures import is_ours, seal_thought
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
    ToolResultPart,
)


def split_instructions(request: ChatRequest) -> tuple[str, tuple[Message, ...]]:
    """`instructions` and the other messages.

    A system message of one plain text that comes first is what this format calls instructions.
    """
    if request.messages and (text := _plain_system(request.messages[0])):
        return text, request.messages[1:]
    return "", request.messages


def _plain_system(message: Message) -> str:
    if message.role != "system" or message.extra or len(message.parts) != 1:
        return ""
    part = message.parts[0]
    return part.content if isinstance(part, TextPart) and not part.extra else ""


class InputWriter:
    """Writes the messages of one request; `dropped` then names what had no place."""

    def __init__(self, request: ChatRequest, customs: frozenset[str]) -> None:
        self.dropped: dict[str, None] = {}
        self._field = messages_name(request.dialect)
        self._is_own = request.dialect == NAME
        self._content = ContentWriter(request.dialect, self._field)
        self._calls = CallWriter(self._content, customs)

    def write(self, messages: Iterable[Message]) -> list[Item]:
        items: list[Item] = []
        for message in messages:
            if message.name:
                self._drop("name")
            write = self._assistant if message.role == "assistant" else self._spoken
            written = list(write(message))
            if not written and not message.parts and self._is_own:
                written = [{"role": message.role, "content": ""}]
            items.extend(written)
        return items

    def _drop(self, what: str) -> None:
        self.dropped[f"{self._field}.{what}"] = None

    def _spoken(self, message: Message) -> Iterator[Item]:
        """What a user, the system or a tool says: results stand as items between the texts."""
        role = message.role if message.role in _ROLES else "user"
        for is_content, group in groupby(message.parts, _is_content):
            if not is_content:
                yield from self._items(group)
            elif content := self._content.texts(group):
                extra = message.extra if self._is_own else {}
                yield {**_typed(extra), "role": role, "content": content}

    def _assistant(self, message: Message) -> Iterator[Item]:
        for item, group in groupby(message.parts, _item_of):
            parts = list(group)
            if item is None:
                yield from self._items(parts)
            else:
                yield from self._said(parts, item if self._is_own else {})

    def _said(self, parts: list[Part], item: Item) -> Iterator[Item]:
        """One message of the assistant, in the form of an answer where it was one."""
        content = self._content.answer(parts)
        if "id" not in item:
            short = content[0]["text"] if _is_plain(content) else content
            if content:
                yield {**_typed(item), "role": "assistant", "content": short}
            return
        texts = [{"annotations": [], **part} if "text" in part else part for part in content]
        known = {"type": "message", "status": "completed", **item}
        yield {**known, "role": "assistant", "content": texts}

    def _items(self, parts: Iterable[Part]) -> Iterator[Item]:
        for part in parts:
            match part:
                case ReasoningPart():
                    yield from self._thought(part)
                case ToolCallPart():
                    yield self._calls.call(part)
                case ToolResultPart():
                    if part.is_error:
                        self._drop("is_error")
                    yield self._calls.result(part)
                case MediaPart():
                    # An assistant cannot be shown what it drew; the user can show it.
                    yield {"role": "user", "content": self._content.texts([part])}
                case RawPart(content=dict() as item) if self._is_own:
                    yield item
                case _:
                    pass

    def _thought(self, part: ReasoningPart) -> Iterator[Item]:
        if not is_ours(part.source, NAME) or not (part.signature or self._is_own):
            self._drop("reasoning")
            return
        item = reasoning_item(part)
        if part.id:
            item["id"] = part.id
        if self._is_own:
            if "content" in part.extra:
                item["summary"] = []
            item.update(part.extra)
        yield item


def reasoning_item(part: ReasoningPart) -> Item:
    """A thought as an item, without an id.

    A summary with an empty text stands for a thought that its provider signs but does not show;
    no summary for one that is nothing but its signature.
    """
    is_told = bool(part.content) or (bool(part.signature) and not part.redacted)
    summary = [{"type": "summary_text", "text": part.content}] if is_told else []
    item: Item = {"type": "reasoning", "summary": summary}
    if sealed := seal_thought(part.signature, part.source, NAME):
        item["encrypted_content"] = sealed
    return item


_ROLES = frozenset({"user", "system", "developer"})


def _typed(extra: Item) -> Item:
    """Only a message that names its type may have more fields than role and content."""
    return {"type": "message", **extra} if extra else {}


def _is_plain(content: list[Item]) -> bool:
    return len(content) == 1 and content[0].keys() == {"type", "text"}


def _is_content(part: Part) -> bool:
    """Whether a part stands in the content of a message, and not as an item of its own."""
    match part:
        case TextPart() | RefusalPart() | MediaPart():
            return True
        case RawPart(content=content):
            kind = as_text(as_mapping(content).get("type"))
            return not kind or kind.startswith(("input_", "output_"))
        case _:
            return False


def _item_of(part: Part) -> Item | None:
    """The other fields of the item that an assistant's text is part of; None for other parts."""
    match part:
        case TextPart(extra=extra) | RefusalPart(extra=extra):
            return as_mapping(extra.get(ITEM))
        case _:
            return None
