"""The texts of messages as the guard sees them, in an order that can be found again later.

Documents with texts (of blocks, search results, text files) come last, those first that are kept in
records: so the others keep their places.
"""

import binascii
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from vedette.guard.engine import Passage
from vedette.model.chat import (
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
from vedette.model.policy import Where
from vedette.ports.detector import Evidence

WHERE_OF_ROLE: MappingProxyType[str, Where] = MappingProxyType(
    {"system": "system", "developer": "system", "assistant": "output", "tool": "tool_result"}
)
_DEPTH = 32
_GIVEN: frozenset[Where] = frozenset({"system", "input"})
_TEXTS = ("text/", "application/json", "application/xml", "application/yaml", "application/x-yaml")
_NOTHING = Evidence()


def passages_of(
    said: Sequence[Message] | str | None, *, default: Where, evidence: Evidence = _NOTHING
) -> list[Passage]:
    """The texts of messages that are not empty; what is no message stands at `default`."""
    if said is None:
        return []
    if isinstance(said, str):
        return [Passage(text=said, where=default, evidence=evidence)] if said else []
    found: list[Passage] = []
    media: list[tuple[MediaPart, Where]] = []
    for message in said:
        where = WHERE_OF_ROLE.get(message.role, default)
        found += of_parts(message.parts, where, evidence)
        _gather(message.parts, where, media)
    if media:
        for read in (texts_of_blocks, text_of_file):
            for part, where in media:
                found += (Passage(text=t, where=where, evidence=evidence) for t in read(part))
    return [passage for passage in found if passage.text]


def _gather(parts: Iterable[Part], where: Where, media: list[tuple[MediaPart, Where]]) -> None:
    for part in parts:
        if isinstance(part, MediaPart):
            media.append((part, "document" if where in _GIVEN else where))
        elif isinstance(part, ToolResultPart) and part.parts:
            _gather(part.parts, "tool_result", media)


def texts_of_blocks(medium: MediaPart) -> list[str]:
    """What a document says that is made of blocks, beside its title."""
    texts = list(_told(medium.extra)) if medium.extra else []
    if texts and medium.modality == "file" and medium.name:
        texts.append(medium.name)
    return texts


def text_of_file(medium: MediaPart) -> list[str]:
    """What a text file says that came inline, and is not made of blocks."""
    if not medium.data or not medium.mime_type.lower().startswith(_TEXTS) or _has_blocks(medium):
        return []
    try:
        return [b64decode(medium.data + "==").decode("utf-8", "replace")]
    except (binascii.Error, ValueError):
        return []


def _has_blocks(medium: MediaPart) -> bool:
    inside = (value for value in medium.extra.values() if isinstance(value, dict))
    return any(text for value in inside for text in _told(value))


def _told(value: Any, name: str = "", depth: int = 0) -> Iterator[str]:
    """The texts in blocks: what stands under these names, however deep."""
    if isinstance(value, str):
        if name in _SAYING:
            yield value
    elif depth > _DEPTH:
        return
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _told(inner, name, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _told(inner, name, depth + 1)


_SAYING = frozenset({"text", "content", "title", "context"})


def of_parts(parts: Iterable[Part], where: Where, base: Evidence) -> Iterator[Passage]:
    """The texts of the parts of one message."""
    for part in parts:
        match part:
            case TextPart(content=text) | RefusalPart(content=text):
                yield Passage(text=text, where=where, evidence=base)
            case ReasoningPart(content=text, redacted=False):
                yield Passage(text=text, where="reasoning", evidence=base)
            case ToolCallPart(name=name, arguments=arguments):
                said = arguments if isinstance(arguments, str) else _json(arguments)
                evidence = with_tool(base, name)
                yield Passage(text=said, where="tool_arguments", evidence=evidence)
            case ToolResultPart(result=result, parts=inner):
                texts = (
                    list(of_parts(inner, "tool_result", base))
                    if inner
                    else [
                        Passage(text=text, where="tool_result", evidence=base)
                        for text in leaves(result)
                    ]
                )
                yield from texts
            case RawPart(content=content):
                for text in leaves(content):
                    yield Passage(text=text, where=where, evidence=base)
            case _:
                pass


def with_tool(evidence: Evidence, name: str) -> Evidence:
    """The same for the arguments of this tool."""
    return msgspec.structs.replace(evidence, tool_name=name)


def leaves(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif depth > _DEPTH:
        return
    elif isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, depth + 1)


def _json(value: Any) -> str:
    return "" if value is None else msgspec.json.encode(value).decode()
