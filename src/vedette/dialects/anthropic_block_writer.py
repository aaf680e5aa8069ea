"""Neutral parts as content blocks of the Anthropic messages format.

| part | block | not taken |
|---|---|---|
| text, refusal | `text`; an empty one is left out, for it is refused | |
| reasoning | `thinking`, `redacted_thinking` if Claude signed it | left out, named |
| image | `image` by base64 or URL | foreign file ids: Unsupported |
| file | `document`: PDF by base64 or URL, text as text | other types, foreign ids: Unsupported |
| audio, video | | Unsupported |
| tool call | `tool_use`; arguments that are no object under `INVALID_JSON` | |
| tool result | `tool_result`, part by part | |
| raw, each `extra` | as it came, in its own dialect | left out, named |
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from vedette.dialects.anthropic_blocks import INVALID, NAME, SEARCHED
from vedette.dialects.contract import Unsupported
from vedette.dialects.foreign import messages_name
from vedette.dialects.openai_media import is_text_file, media_text, media_type
from vedette.dialects.reading import as_mapping
from vedette.dialects.replay import arguments_text
from vedette.dialects.signatures import is_ours
from vedette.dialects.tool_calls import result_text
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

_NOT_IN_ID = re.compile(r"[^a-zA-Z0-9_-]")
_PDF = "application/pdf"
_EPHEMERAL = frozenset({"functions", "function", "type"})
"""Extras that only say in which form something stood."""

Block = dict[str, Any]


class BlockWriter:
    """Writes the parts of one request; `dropped` gathers the names of what has no place."""

    def __init__(self, request: ChatRequest) -> None:
        self.is_own = request.dialect == NAME
        self.dropped: dict[str, None] = {}
        self._where = messages_name(request.dialect)

    def blocks(self, parts: Iterable[Part]) -> list[Block]:
        """The blocks of these parts, in order. Raises Unsupported."""
        written = (_WRITERS[type(part)](self, part) for part in parts)
        return [block for block in written if block is not None]

    def extras(self, extra: dict[str, Any]) -> dict[str, Any]:
        """What may be written of an `extra`; the rest is named."""
        if self.is_own:
            return extra
        for name in extra:
            if name not in _EPHEMERAL:
                self.drop(name)
        return {}

    def drop(self, name: str) -> None:
        self.dropped[f"{self._where}.{name}"] = None

    def tool_id(self, id: str) -> str:
        """The id of a call, in the characters that are taken."""
        return id if self.is_own else _NOT_IN_ID.sub("_", id)

    def refuse(self, why: str) -> Unsupported:
        return Unsupported(self._where, why)

    def _text(self, part: TextPart) -> Block | None:
        if not part.content and not self.is_own:
            return None
        return {"type": "text", "text": part.content, **self.extras(part.extra)}

    def _refusal(self, part: RefusalPart) -> Block | None:
        return {"type": "text", "text": part.content} if part.content else None

    def _reasoning(self, part: ReasoningPart) -> Block | None:
        is_signed = bool(part.signature) or self.is_own
        if not is_signed or not is_ours(part.source, NAME):
            self.drop("reasoning")
            return None
        extra = self.extras(part.extra)
        if part.redacted:
            return {"type": "redacted_thinking", "data": part.signature, **extra}
        signed = {"thinking": part.content, "signature": part.signature}
        return {"type": "thinking", **signed, **extra}

    def _call(self, part: ToolCallPart) -> Block:
        return {
            "type": "tool_use",
            "id": self.tool_id(part.id),
            "name": part.name,
            "input": tool_input(part.arguments),
            **self.extras(part.extra),
        }

    def _result(self, part: ToolResultPart) -> Block:
        block: Block = {"type": "tool_result", "tool_use_id": self.tool_id(part.id)}
        if part.parts:
            block["content"] = self.blocks(part.parts)
        elif part.result is not None:
            block["content"] = result_text(part.result)
        if part.is_error:
            block["is_error"] = True
        return {**block, **self.extras(part.extra)}

    def _raw(self, part: RawPart) -> Block | None:
        is_ours = self.is_own and part.dialect in ("", NAME)
        return part.content if is_ours and isinstance(part.content, dict) else None

    def _media(self, part: MediaPart) -> Block:
        if self.is_own and SEARCHED in part.extra:
            return as_mapping(part.extra[SEARCHED])
        if self.is_own and "source" in part.extra:
            # A document made of blocks.
            title = {"title": part.name} if part.name else {}
            return {"type": "document", **title, **part.extra}
        if part.modality not in ("image", "file"):
            raise self.refuse(f"holds {part.modality}, which this provider does not take.")
        is_image = part.modality == "image"
        source = self._source(part) or (_image_source(part) if is_image else self._document(part))
        block: Block = {"type": "image" if is_image else "document", "source": source}
        if part.name and not is_image:
            block["title"] = part.name
        return {**block, **self.extras(part.extra)}

    def _source(self, part: MediaPart) -> Block | None:
        """Where the medium is, if it is not inline."""
        if part.file_id:
            if not self.is_own:
                raise self.refuse("names a file that only its own provider has.")
            return {"type": "file", "file_id": part.file_id}
        if not part.uri:
            return None
        if not self.is_own and not part.uri.startswith(("https://", "http://")):
            raise self.refuse("names a file that only its own provider can fetch.")
        return {"type": "url", "url": part.uri}

    def _document(self, part: MediaPart) -> Block:
        if is_text_file(part):
            return {"type": "text", "media_type": "text/plain", "data": media_text(part)}
        kind = media_type(part) or _PDF
        if kind != _PDF and not self.is_own:
            raise self.refuse(f"holds a file of type {kind!r}, expected a PDF or text.")
        return {"type": "base64", "media_type": kind, "data": part.data}


_WRITERS: dict[type, Callable[[BlockWriter, Any], Block | None]] = {
    TextPart: BlockWriter._text,
    RefusalPart: BlockWriter._refusal,
    ReasoningPart: BlockWriter._reasoning,
    ToolCallPart: BlockWriter._call,
    ToolResultPart: BlockWriter._result,
    MediaPart: BlockWriter._media,
    RawPart: BlockWriter._raw,
}


def tool_input(arguments: object) -> dict[str, Any]:
    """Arguments as `input` takes them: an object, or one around what is none."""
    if isinstance(arguments, dict):
        return arguments
    return {} if arguments is None else {INVALID: arguments_text(arguments)}


def _image_source(part: MediaPart) -> Block:
    kind = media_type(part) or "image/png"
    kind = "image/jpeg" if kind == "image/jpg" else kind
    return {"type": "base64", "media_type": kind, "data": part.data}
