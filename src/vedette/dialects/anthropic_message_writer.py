"""Neutral messages as `system` and `messages` of the Anthropic format.

What Anthropic wants: instructions apart from the conversation; turns of `user` and `assistant`
alternating; all results of a turn in one user message, and before anything else in it. So what
stands elsewhere in other dialects is moved: instructions in the middle of a conversation join those
at its beginning (models that take them in the middle are few, clouds that do fewer), results go
into the user's turn, and neighbours of one role become one message. Instructions that nobody says
anything after are said by the user, for there has to be a message.
In its own dialect every message stays where it was.
"""

from collections.abc import Iterable
from typing import Any

from vedette.dialects.anthropic_block_writer import Block, BlockWriter
from vedette.dialects.tool_calls import with_call_ids
from vedette.model.chat import ChatRequest, Message

_INSTRUCTIONS = frozenset({"system", "developer"})


def write_messages(request: ChatRequest, writer: BlockWriter) -> dict[str, Any]:
    """The members `system`, where there are instructions, and `messages`. Raises Unsupported."""
    if writer.is_own:
        return _as_they_were(request.messages, writer)
    system: list[Block] = []
    turns: list[tuple[str, list[Block]]] = []
    for message in with_call_ids(request.messages):
        if message.name:
            writer.drop("name")
        writer.extras(message.extra)
        if message.role in _INSTRUCTIONS:
            system += writer.blocks(message.parts)
        else:
            _add_turn(turns, message, writer)
    if not turns and system:
        turns, system = [("user", system)], []
    members: dict[str, Any] = {"system": _simple(system)} if system else {}
    members["messages"] = [
        {"role": role, "content": _simple(blocks)} for role, blocks in _finished(turns)
    ]
    return members


def _add_turn(turns: list[tuple[str, list[Block]]], message: Message, writer: BlockWriter) -> None:
    blocks = writer.blocks(message.parts)
    if not blocks:
        return
    role = "assistant" if message.role == "assistant" else "user"
    if turns and turns[-1][0] == role:
        turns[-1][1].extend(blocks)
    else:
        turns.append((role, blocks))


def _finished(turns: list[tuple[str, list[Block]]]) -> Iterable[tuple[str, list[Block]]]:
    """The turns with results first; the last of the assistant ends without white space."""
    for number, (role, blocks) in enumerate(turns):
        if role == "user":
            blocks.sort(key=lambda block: block["type"] != "tool_result")
        elif number == len(turns) - 1:
            blocks = _without_trailing_space(blocks)
        if blocks:
            yield role, blocks


def _without_trailing_space(blocks: list[Block]) -> list[Block]:
    last = blocks[-1]
    if last["type"] != "text":
        return blocks
    text = last["text"].rstrip()
    return [*blocks[:-1], {**last, "text": text}] if text else blocks[:-1]


def _simple(blocks: list[Block]) -> str | list[Block]:
    """One plain text as a string: shorter, and what every copy of the format understands."""
    if len(blocks) == 1 and blocks[0].keys() == {"type", "text"}:
        text: str = blocks[0]["text"]
        return text
    return blocks


def _as_they_were(messages: tuple[Message, ...], writer: BlockWriter) -> dict[str, Any]:
    members: dict[str, Any] = {}
    if messages and messages[0].role == "system":
        members["system"] = _simple(writer.blocks(messages[0].parts))
        messages = messages[1:]
    members["messages"] = [
        {"role": message.role, "content": _simple(writer.blocks(message.parts)), **message.extra}
        for message in messages
    ]
    return members
