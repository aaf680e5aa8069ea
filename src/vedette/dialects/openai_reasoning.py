"""What a model thought, in the forms that OpenAI's chat format got from its copies.

| form | from | what it carries |
|---|---|---|
| `reasoning_content`, `reasoning` | DeepSeek, vLLM; Groq, OpenRouter | text |
| `reasoning_details` | OpenRouter | blocks with signatures, encrypted blocks |
| `thinking_blocks` | LiteLLM | blocks as Anthropic writes them |

Written are `reasoning_content` and, for blocks that are signed or encrypted, `reasoning_details`:
a block stands there whole, so that a client that keeps the list keeps the signatures. Of several
forms in one message the most telling is read; they say the same.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from vedette.dialects.openai_parts import leftover
from vedette.dialects.reading import as_list, as_mapping, as_text, first_text
from vedette.dialects.signatures import seal, unseal
from vedette.model.chat import Part, RawPart, ReasoningPart

DIALECT = "openai_chat"
FORMS = ("reasoning_content", "reasoning", "reasoning_details", "thinking_blocks")


def read_reasoning(message: dict[str, Any], source: str = "") -> Iterator[Part]:
    """The thoughts of a message; `source` is who thought them where nothing says it."""
    details = as_list(message.get("reasoning_details"))
    blocks = as_list(message.get("thinking_blocks"))
    if details:
        for value in details:
            yield _read_detail(value, source)
    elif blocks:
        for value in blocks:
            yield read_block(value, source)
    elif text := first_text(message.get("reasoning_content"), message.get("reasoning")):
        yield ReasoningPart(content=text, source=source)


def _read_detail(value: object, source: str) -> Part:
    """One of OpenRouter's `reasoning_details`."""
    detail = as_mapping(value)
    kind = as_text(detail.get("type"))
    if kind not in ("reasoning.text", "reasoning.summary", "reasoning.encrypted"):
        return RawPart(content=value, dialect=DIALECT)
    redacted = kind == "reasoning.encrypted"
    signed = as_text(detail.get("data" if redacted else "signature"))
    signature, signer = unseal(signed, DIALECT)
    return ReasoningPart(
        content="" if redacted else first_text(detail.get("text"), detail.get("summary")),
        signature=signature,
        redacted=redacted,
        source=signer or source,
        id=as_text(detail.get("id")),
        extra=leftover(detail, "type", "text", "summary", "signature", "data", "id", "index"),
    )


def read_block(value: object, source: str) -> Part:
    """One of LiteLLM's `thinking_blocks`. Their signatures are Anthropic's unless sealed."""
    block = as_mapping(value)
    kind = as_text(block.get("type"))
    if kind not in ("thinking", "redacted_thinking"):
        return RawPart(content=value, dialect=DIALECT)
    redacted = kind == "redacted_thinking"
    signed = as_text(block.get("data" if redacted else "signature"))
    signature, signer = unseal(signed, "anthropic")
    return ReasoningPart(
        content="" if redacted else as_text(block.get("thinking")),
        signature=signature,
        redacted=redacted,
        source=signer or source,
    )


def reasoning_fields(parts: Iterable[ReasoningPart], *, extras: bool) -> dict[str, Any]:
    """The members of a message that carry these thoughts; `extras`: those of the parts too."""
    parts = tuple(parts)
    fields: dict[str, Any] = {}
    if text := "".join(part.content for part in parts):
        fields["reasoning_content"] = text
    if any(part.signature or part.redacted for part in parts):
        fields["reasoning_details"] = [
            detail(part, index, extras=extras) for index, part in enumerate(parts)
        ]
    return fields


def detail(part: ReasoningPart, index: int, *, extras: bool = False) -> dict[str, Any]:
    """A thought as one of `reasoning_details`, its signature sealed."""
    kept = part.extra if extras else {}
    signature = seal(part.signature, part.source, DIALECT)
    written: dict[str, Any]
    if part.redacted:
        written = {"type": "reasoning.encrypted", "data": signature}
    else:
        written = {"type": "reasoning.text", "text": part.content, "signature": signature or None}
    if part.id:
        written["id"] = part.id
    return {**written, "index": index, **kept}
