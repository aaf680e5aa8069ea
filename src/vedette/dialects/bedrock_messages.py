"""Neutral messages, written for the Converse API.

| of the client's | becomes |
|---|---|
| system and developer messages, wherever they stand | `system`, in their order |
| tool results | blocks of the user's message, before everything else in it |
| messages of one role in a row | one message: roles must alternate |
| empty texts and messages | nothing: Bedrock refuses them |
| calls and results without ids | ids by their place |
| a mark of what to cache | a cache point behind the part, for models that know them |
| a picture, document, video, sound inline or on S3 | its block; by URL or file id it is refused |
| thoughts that this signer signed | themselves; all others are left out |
| a refusal | text |
| JSON as a tool's result | `json` where it is an object, else text |
| arguments that are no object | an object with their text |
| ids of calls in other letters, or too long | ids that are allowed, for calls and results alike |

A request in this dialect keeps the order and number of its messages.
"""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from vedette.dialects import bedrock_block_writer as blocks
from vedette.dialects.bedrock_blocks import NAME
from vedette.dialects.bedrock_media import DocumentNames, why_not
from vedette.dialects.bedrock_models import takes_cache_points
from vedette.dialects.bedrock_tools import CACHE_CONTROL, cache_point
from vedette.dialects.contract import Unsupported
from vedette.dialects.foreign import messages_name
from vedette.dialects.signatures import is_ours
from vedette.dialects.tool_calls import with_call_ids
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

_SYSTEM = frozenset(("system", "developer"))
_ID = re.compile(r"[a-zA-Z0-9_.:-]{1,64}")
_NOT_OF_AN_ID = re.compile(r"[^a-zA-Z0-9_.:-]")
_ID_HEAD = 47

Block = dict[str, Any]


class MessageWriter:
    """Writes the messages of one request.

    `dropped` are the client's names of what is left out, but for extras and raw parts: those are
    named by `foreign`.
    """

    def __init__(self, request: ChatRequest) -> None:
        self.dropped: dict[str, None] = {}
        self._own = request.dialect == NAME
        self._where = messages_name(request.dialect)
        self._names = DocumentNames()
        self._caches = not self._own and takes_cache_points(request.model)
        self._messages = request.messages if self._own else with_call_ids(request.messages)

    def write(self) -> tuple[list[Block], list[Block]]:
        """`system` and `messages`. Raises Unsupported."""
        system: list[Block] = []
        messages: list[Block] = []
        for message in self._messages:
            written = [block for part in message.parts for block in self._write(part)]
            if message.name:
                self.dropped[f"{self._where}.name"] = None
            if message.role in _SYSTEM and not (self._own and messages):
                system += map(self._of_system, written)
            else:
                self._add(messages, message, written)
        return system, messages if self._own else list(_finished(messages))

    def _add(self, messages: list[Block], message: Message, written: list[Block]) -> None:
        if self._own:
            messages.append({"role": message.role, "content": written, **message.extra})
            return
        role = "assistant" if message.role == "assistant" else "user"
        if not written:
            return
        if messages and messages[-1]["role"] == role:
            messages[-1]["content"] += written
        else:
            messages.append({"role": role, "content": written})

    def _of_system(self, block: Block) -> Block:
        if _IN_SYSTEM.isdisjoint(block) and not self._own:
            raise Unsupported(self._where, "has more than text in its system message.")
        return block

    def _write(self, part: Part) -> Iterator[Block]:
        """The blocks of a part, and the cache point behind them."""
        if (write := _WRITERS.get(type(part))) is None:
            return
        yield from write(self, part)
        mark = getattr(part, "extra", {}).get(CACHE_CONTROL)
        if mark and self._caches:
            yield cache_point(mark)

    def _text(self, part: TextPart) -> Iterator[Block]:
        if part.content.strip() or self._own:
            yield blocks.text_block(part, own=self._own)

    def _refusal(self, part: RefusalPart) -> Iterator[Block]:
        if part.content.strip():
            yield {"text": part.content}

    def _reasoning(self, part: ReasoningPart) -> Iterator[Block]:
        # Not all families sign: what is unsigned goes back to where it came from, and only there.
        if not (part.signature or self._own) or not is_ours(part.source, NAME):
            self.dropped[f"{self._where}.reasoning"] = None
            return
        block = blocks.reasoning_block(part, part.signature)
        if self._own and not part.redacted:
            block["reasoningContent"]["reasoningText"] |= part.extra
        yield block

    def _media(self, part: MediaPart) -> Iterator[Block]:
        name = part.name if self._own else ""
        block = blocks.media_block(part, name, own=self._own)
        if block is None:
            raise Unsupported(self._where, why_not(part))
        if (document := block.get("document")) is not None and not self._own:
            document["name"] = self._names.name(part.name)
        yield block

    def _call(self, part: ToolCallPart) -> Iterator[Block]:
        yield blocks.call_block(part, self._id(part.id), own=self._own)

    def _result(self, part: ToolResultPart) -> Iterator[Block]:
        if part.parts:
            content = [block for inner in part.parts for block in self._write(inner)]
            content = [block for block in content if "cachePoint" not in block or self._own]
        else:
            content = list(blocks.plain_result(part.result, own=self._own))
        yield blocks.result_block(part, self._id(part.id), content, own=self._own)

    def _raw(self, part: RawPart) -> Iterator[Block]:
        block = blocks.raw_block(part, NAME)
        if block is not None and self._own:
            yield block

    def _id(self, id: str) -> str:
        """A call's id as Bedrock takes it: the same wherever the client writes the same."""
        if self._own or _ID.fullmatch(id):
            return id
        head = _NOT_OF_AN_ID.sub("_", id)[:_ID_HEAD]
        return f"{head}_{sha256(id.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _finished(messages: list[Block]) -> Iterator[Block]:
    """The messages as Claude wants them: the results of its calls before everything else, no
    white space at the end of what it shall go on with."""
    for number, message in enumerate(messages, 1):
        content = message["content"]
        content.sort(key=lambda block: "toolResult" not in block)
        if number == len(messages) and message["role"] == "assistant" and "text" in content[-1]:
            content[-1] = {"text": content[-1]["text"].rstrip()}
        yield message


_IN_SYSTEM = frozenset(("text", "guardContent", "cachePoint"))
_WRITERS: dict[type, Callable[[MessageWriter, Any], Iterator[Block]]] = {
    TextPart: MessageWriter._text,
    RefusalPart: MessageWriter._refusal,
    ReasoningPart: MessageWriter._reasoning,
    MediaPart: MessageWriter._media,
    ToolCallPart: MessageWriter._call,
    ToolResultPart: MessageWriter._result,
    RawPart: MessageWriter._raw,
}
