"""Counting the tokens of a request: `CountTokens`, both directions.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html
"""

import base64

import msgspec

from vedette.dialects import bedrock_invoke
from vedette.dialects.bedrock_request import read_request
from vedette.dialects.bedrock_request_writer import write_request
from vedette.dialects.contract import Written
from vedette.dialects.reading import (
    Unreadable,
    as_count,
    as_mapping,
    as_text,
    decode,
    decode_answer,
    decode_request,
)
from vedette.model.chat import ChatRequest

_COUNTED = frozenset(("messages", "system", "toolConfig", "additionalModelRequestFields"))


def read_count_request(body: bytes) -> ChatRequest:
    """The request to be counted: one of Converse, or the body of an `InvokeModel`.

    Raises BadRequest where `body` is not a JSON object.
    """
    asked = as_mapping(decode_request(body).get("input"))
    invoked = as_text(as_mapping(asked.get("invokeModel")).get("body"))
    if not invoked:
        return read_request(msgspec.json.encode(as_mapping(asked.get("converse"))))
    try:
        return bedrock_invoke.read_request(base64.b64decode(invoked))
    except ValueError:
        return bedrock_invoke.read_request(b"")


def write_count_request(request: ChatRequest) -> Written:
    """The same as would be asked, to be counted only. Raises Unsupported."""
    written = write_request(request)
    fields = as_mapping(decode(written.body))
    counted = {name: value for name, value in fields.items() if name in _COUNTED}
    return Written(msgspec.json.encode({"input": {"converse": counted}}), written.dropped)


def read_count_answer(body: bytes) -> int:
    """How many tokens. Raises Unreadable where `body` does not say it."""
    answer = decode_answer(body)
    if "inputTokens" not in answer:
        raise Unreadable("The provider's answer has no 'inputTokens'.")
    return as_count(answer["inputTokens"])


def write_count_answer(tokens: int) -> bytes:
    return msgspec.json.encode({"inputTokens": tokens})
