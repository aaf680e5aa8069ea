"""Counting the tokens of a request: `countTokens`, both directions.

https://ai.google.dev/api/tokens
"""

from typing import Any

import msgspec

from vedette.dialects.contract import Written
from vedette.dialects.gemini_drops import Drops
from vedette.dialects.gemini_fields import camel_fields
from vedette.dialects.gemini_request import read_fields, write_fields
from vedette.dialects.reading import Unreadable, as_count, decode_answer, decode_request
from vedette.model.chat import ChatRequest

_FLAT = frozenset({"contents", "systemInstruction", "tools", "generationConfig"})


def read_count_request(body: bytes) -> ChatRequest:
    """The request to be counted, which stands in the body or in its `generateContentRequest`.

    Raises BadRequest where `body` is not a JSON object.
    """
    request = camel_fields(decode_request(body))
    inner = camel_fields(request.get("generateContentRequest"))
    return read_fields(inner or request)


def write_count_request(request: ChatRequest, *, flat: bool = False) -> Written:
    """The body. Raises Unsupported.

    `flat` is Vertex' form. Gemini's own takes system instructions and tools only inside a
    `generateContentRequest`, which has to name the model.
    """
    drops = Drops(request)
    fields = write_fields(request, drops)
    body: dict[str, Any]
    if flat:
        body = {name: value for name, value in fields.items() if name in _FLAT}
    else:
        model = request.model if "/" in request.model else f"models/{request.model}"
        body = {"generateContentRequest": {"model": model, **fields}}
    return Written(msgspec.json.encode(body), drops.names)


def read_count_answer(body: bytes) -> int:
    """How many tokens. Raises Unreadable where `body` does not say it."""
    answer = camel_fields(decode_answer(body))
    if "totalTokens" not in answer:
        raise Unreadable("The provider's answer has no 'totalTokens'.")
    return as_count(answer["totalTokens"])


def write_count_answer(tokens: int) -> bytes:
    details = [{"modality": "TEXT", "tokenCount": tokens}]
    return msgspec.json.encode({"totalTokens": tokens, "promptTokensDetails": details})
