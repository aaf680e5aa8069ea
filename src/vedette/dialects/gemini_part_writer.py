"""The parts of a `content`, written from neutral ones: for requests and for answers."""

from collections.abc import Callable, Iterable
from typing import Any

from vedette.dialects.gemini_fields import NAME
from vedette.dialects.gemini_media import write_media
from vedette.dialects.gemini_signatures import write_signature
from vedette.dialects.reading import as_mapping, decode
from vedette.model.chat import (
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
)

Extras = Callable[[dict[str, Any]], dict[str, Any]]
"""Which of a part's extras may be written."""

UNREADABLE_ARGUMENTS = "arguments"
"""Where the text of a call stands whose arguments are no JSON object: `args` must be one."""


def write_parts(
    parts: Iterable[Part], write: Callable[[Part], dict[str, Any] | None]
) -> list[dict[str, Any]]:
    """The parts in their order, each as `write` has it; None leaves one out.

    A signature behind a text or a medium goes onto it, as Gemini itself writes it.
    """
    written: list[dict[str, Any]] = []
    for part in parts:
        if (piece := write(part)) is None:
            continue
        if _is_mere_signature(part) and _is_open(written):
            written[-1]["thoughtSignature"] = piece["thoughtSignature"]
        else:
            written.append(piece)
    return written


def write_part(part: Part, extras: Extras) -> dict[str, Any] | None:
    """One part; None for what has no place in this dialect, and for tool results, which need to
    know their call (`gemini_results`). Raises Unsupported for a medium that cannot be sent."""
    match part:
        case TextPart(content=text):
            return {"text": text, **extras(part.extra)}
        case RefusalPart(content=text):
            return {"text": text}
        case ReasoningPart():
            return thought_part(part) | extras(part.extra)
        case MediaPart():
            return write_media(part, extras)
        case ToolCallPart():
            return call_part(part, extras)
        case RawPart(content=content, dialect=dialect) if dialect == NAME:
            return content if isinstance(content, dict) else None
        case _:
            return None


def thought_part(part: ReasoningPart) -> dict[str, Any]:
    """A thought, or the signature that stands where one was.

    Only thoughts that show something are marked as thoughts, and redacted ones: see
    `gemini_parts`.
    """
    written: dict[str, Any] = {"text": part.content}
    if part.content or part.redacted:
        written["thought"] = True
    if part.signature:
        written["thoughtSignature"] = write_signature(part.signature, part.source, part.id)
    return written


def call_part(part: ToolCallPart, extras: Extras) -> dict[str, Any]:
    extra = dict(extras(part.extra))
    call: dict[str, Any] = {"id": part.id} if part.id else {}
    call |= {"name": part.name, "args": call_arguments(part.arguments)}
    call |= as_mapping(extra.pop("functionCall", None))
    written: dict[str, Any] = {"functionCall": call}
    if part.signature:
        written["thoughtSignature"] = write_signature(part.signature, part.source)
    return written | extra


def call_arguments(arguments: object) -> dict[str, Any]:
    """The arguments as an object, whatever the model wrote."""
    if isinstance(arguments, str) and arguments:
        read = decode(arguments)
        arguments = arguments if read is None else read
    if isinstance(arguments, dict):
        return arguments
    return {} if arguments in (None, "") else {UNREADABLE_ARGUMENTS: arguments}


def _is_mere_signature(part: Part) -> bool:
    return (
        isinstance(part, ReasoningPart)
        and bool(part.signature)
        and not (part.content or part.redacted or part.extra)
    )


def _is_open(written: list[dict[str, Any]]) -> bool:
    """Whether the last part is one that a signature behind it belongs to."""
    if not written or "thoughtSignature" in written[-1] or written[-1].get("thought"):
        return False
    return bool(written[-1].get("text")) or not _MEDIA.isdisjoint(written[-1])


_MEDIA = frozenset({"inlineData", "fileData", "functionResponse"})
