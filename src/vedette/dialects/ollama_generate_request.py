"""Requests of Ollama's `/api/generate`, read and written.

https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-completion
One prompt with an optional system message. `context`, `template`, `raw` and `suffix` say how the
server makes its input of them: no other dialect can, so `foreign` refuses them. On the way here a
conversation is refused: it has no place but `/api/chat`.
"""

from typing import Any

import msgspec

from vedette.dialects.contract import Unsupported, Written
from vedette.dialects.foreign import leave_out, messages_name
from vedette.dialects.ollama_chat_request import read_common, write_common
from vedette.dialects.ollama_media import read_images
from vedette.dialects.ollama_message_writer import MessageWriter
from vedette.dialects.ollama_options import BORROWED
from vedette.dialects.reading import as_text, decode_request
from vedette.model.chat import ChatRequest, Message, Part, TextPart

NAME = "ollama_generate"

_KNOWN = frozenset({"model", "prompt", "system", "images", "stream", "format", "think", "options"})
_TAKEN = frozenset({*BORROWED, "suffix"})


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    system, prompt = as_text(request.get("system")), as_text(request.get("prompt"))
    messages = []
    if system:
        messages.append(Message(role="system", parts=(TextPart(content=system),)))
    text: tuple[Part, ...] = (TextPart(content=prompt),) if prompt else ()
    if parts := (*text, *read_images(request.get("images"))):
        messages.append(Message(role="user", parts=parts))
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=tuple(messages),
        dialect=NAME,
        **read_common(request, _KNOWN),
    )


def write_request(request: ChatRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    is_own = request.dialect == NAME
    left_out = leave_out(request, NAME, kept=_TAKEN)
    writer = MessageWriter(request, NAME)
    fields: dict[str, Any] = {"model": request.model}
    if request.tools:
        raise Unsupported("tools", "cannot be offered with a single prompt.")
    for message in writer.write():
        name = _FIELDS.get(message["role"])
        if name is None or name in fields:
            where = messages_name(request.dialect)
            raise Unsupported(where, "must be one prompt, with at most one system message.")
        fields[name] = message["content"]
        if "images" in message:
            fields["images"] = message["images"]
    if not is_own and request.unknown.get("suffix"):
        fields["suffix"] = request.unknown["suffix"]
    common, dropped = write_common(request, is_own=is_own)
    body = msgspec.json.encode(fields | common)
    return Written(body, tuple(dict.fromkeys([*left_out, *writer.dropped, *dropped])))


_FIELDS = {"system": "system", "user": "prompt"}
