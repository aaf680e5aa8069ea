"""Counting tokens with `CountTokens`."""

import base64
import json

import pytest
from msgspec.structs import replace

from tests.support import aws
from tests.support.bedrock import chat
from vedette.dialects.bedrock_count import (
    read_count_answer,
    read_count_request,
    write_count_answer,
    write_count_request,
)
from vedette.dialects.reading import Unreadable
from vedette.errors import BadRequest
from vedette.model.chat import Message, TextPart, ToolDefinition

HI = (Message("user", (TextPart(content="hi"),)),)


def test_a_request_of_converse_is_counted() -> None:
    body = {"input": {"converse": {"messages": [{"role": "user", "content": [{"text": "hi"}]}]}}}
    assert read_count_request(json.dumps(body).encode()).messages == HI


def test_a_body_of_invoke_is_counted() -> None:
    claude = {"anthropic_version": "x", "messages": [{"role": "user", "content": "hi"}]}
    encoded = base64.b64encode(json.dumps(claude).encode()).decode()
    body = {"input": {"invokeModel": {"body": encoded}}}
    assert read_count_request(json.dumps(body).encode()).messages == HI


INVOKED = b'{"input":{"invokeModel":{"body":"%b"}}}'


@pytest.mark.parametrize("body", [b"[]", INVOKED % b"A", INVOKED % b"W10="])
def test_what_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_count_request(body)


def test_what_is_written_is_what_boto3_would_send() -> None:
    request = replace(
        chat(TextPart(content="hi")),
        tools=(ToolDefinition(name="f"),),
        settings={"max_tokens": 9, "seed": 1},
    )
    written = write_count_request(request)
    counted = json.loads(written.body)["input"]["converse"]
    assert counted.keys() == {"messages", "toolConfig"}
    assert counted.keys() <= aws.operation("CountTokens").input_shape.members[
        "input"
    ].members["converse"].members.keys()  # fmt: skip
    assert written.dropped == ("seed",)


def test_answers() -> None:
    assert read_count_answer(write_count_answer(42)) == 42
    for body in (b"{}", b"[]", b'{"message":"no"}'):
        with pytest.raises(Unreadable):
            read_count_answer(body)
