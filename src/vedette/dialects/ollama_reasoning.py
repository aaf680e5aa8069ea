"""Thoughts and their proofs in Ollama's messages.

Ollama knows thoughts as one text, `thinking`, and no proofs. Those of other providers stand beside
it in `reasoning_details`, OpenRouter's form, sealed: a client that sends messages back as it got
them (raw JSON, the JavaScript client) keeps them, one with types of its own (the Python client)
loses them. Then the thought comes back as text without a proof.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.dialects.signatures import seal, unseal
from vedette.model.chat import ReasoningPart

_TEXT = "reasoning.text"
_ENCRYPTED = "reasoning.encrypted"


def read_reasoning(message: dict[str, Any], dialect: str) -> Iterator[ReasoningPart]:
    """The thoughts of a message: with their proofs where these belong to the same text."""
    thinking = as_text(message.get("thinking"))
    details = [
        part
        for detail in as_list(message.get("reasoning_details"))
        if (part := _read_detail(as_mapping(detail), dialect)) is not None
    ]
    if thinking and "".join(part.content for part in details) != thinking:
        yield ReasoningPart(content=thinking)
        details = [part for part in details if part.redacted]
    yield from details


def _read_detail(detail: dict[str, Any], dialect: str) -> ReasoningPart | None:
    kind, id = as_text(detail.get("type")), as_text(detail.get("id"))
    if kind == _ENCRYPTED:
        signature, source = unseal(as_text(detail.get("data")), dialect)
        return ReasoningPart(content="", signature=signature, redacted=True, source=source, id=id)
    if kind != _TEXT:
        return None
    signature, source = unseal(as_text(detail.get("signature")), dialect)
    return ReasoningPart(
        content=as_text(detail.get("text")), signature=signature, source=source, id=id
    )


def write_reasoning(parts: Iterable[ReasoningPart], dialect: str) -> dict[str, Any]:
    """The fields of a message: `thinking`, and the details where there is more than text."""
    thoughts = list(parts)
    fields: dict[str, Any] = {}
    if thinking := "".join(part.content for part in thoughts):
        fields["thinking"] = thinking
    if any(part.signature or part.redacted or part.id for part in thoughts):
        fields["reasoning_details"] = [
            write_detail(part, index, dialect) for index, part in enumerate(thoughts)
        ]
    return fields


def write_detail(part: ReasoningPart, index: int, dialect: str) -> dict[str, Any]:
    """One thought with its proof. In a stream the pieces with one index are one thought."""
    sealed = seal(part.signature, part.source, dialect)
    if part.redacted:
        detail: dict[str, Any] = {"type": _ENCRYPTED, "data": sealed}
    else:
        detail = {"type": _TEXT, "text": part.content}
        if sealed:
            detail["signature"] = sealed
    if part.id:
        detail["id"] = part.id
    return detail | {"index": index}
