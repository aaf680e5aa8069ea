"""Requests of the Converse API, read whole."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support import aws
from vedette.dialects.bedrock import peek, read_request, write_request
from vedette.errors import BadRequest
from vedette.model.chat import (
    Message,
    OutputFormat,
    RawPart,
    Reasoning,
    TextPart,
    ToolChoice,
    ToolDefinition,
)

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}}
WHOLE: dict[str, Any] = {
    "system": [{"text": "be kind"}, {"cachePoint": {"type": "default"}}],
    "messages": [{"role": "user", "content": [{"text": "hi"}]}],
    "inferenceConfig": {"maxTokens": 10, "temperature": 0.5, "topP": 0.9, "stopSequences": ["X"]},
    "toolConfig": {
        "tools": [{"toolSpec": {"name": "f", "inputSchema": {"json": SCHEMA}}}],
        "toolChoice": {"any": {}},
    },
    "guardrailConfig": {"guardrailIdentifier": "g", "guardrailVersion": "1", "trace": "enabled"},
    "additionalModelRequestFields": {
        "top_k": 5,
        "thinking": {"type": "enabled", "budget_tokens": 2000},
    },
    "additionalModelResponseFieldPaths": ["/stop_sequence"],
    "requestMetadata": {"team": "a"},
    "performanceConfig": {"latency": "optimized"},
    "serviceTier": {"type": "flex"},
    "outputConfig": {
        "textFormat": {
            "type": "json_schema",
            "structure": {
                "jsonSchema": {
                    "schema": json.dumps(SCHEMA, separators=(",", ":")),
                    "name": "count",
                    "description": "d",
                }
            },
        },
        "effort": "low",
    },
}


def test_a_request_is_read_whole() -> None:
    read = read_request(json.dumps(WHOLE).encode())
    assert (read.model, read.stream, read.include_usage, read.dialect) == (
        "", False, True, "bedrock",
    )  # fmt: skip
    point = RawPart(content={"cachePoint": {"type": "default"}}, dialect="bedrock")
    assert read.messages == (
        Message("system", (TextPart(content="be kind"), point)),
        Message("user", (TextPart(content="hi"),)),
    )
    assert read.tools == (ToolDefinition(name="f", parameters=SCHEMA),)
    assert read.tool_choice == ToolChoice("required")
    assert read.output_format == OutputFormat("json_schema", SCHEMA, "count", "d")
    assert read.reasoning == Reasoning(enabled=True, effort="low", budget_tokens=2000)
    assert read.settings == {
        "max_tokens": 10, "temperature": 0.5, "top_p": 0.9, "stop_sequences": ["X"], "top_k": 5,
    }  # fmt: skip
    assert read.metadata == {"team": "a"}
    assert read.unknown == {
        name: WHOLE[name]
        for name in (
            "guardrailConfig", "additionalModelRequestFields", "additionalModelResponseFieldPaths",
            "performanceConfig", "serviceTier",
        )
    }  # fmt: skip


def again(request: dict[str, Any]) -> Any:
    written = write_request(read_request(json.dumps(request).encode()))
    assert not written.dropped
    return json.loads(written.body)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"inferenceConfig": {"maxTokens": 1, "topK": 3}},
        {"toolConfig": {"novel": 1}},
        {"outputConfig": {"effort": "max", "novel": 1}},
        {"outputConfig": {"textFormat": {"type": "novel"}}},
        {"additionalModelRequestFields": {"reasoning_effort": "low"}, "outputConfig": {}},
        {"novel": [1]},
        {"inferenceConfig": 5},
        {"promptVariables": {"a": {"text": "b"}}},
    ],
)
def test_what_was_read_is_written_as_it_was(change: dict[str, Any]) -> None:
    request = {name: value for name, value in (WHOLE | change).items() if value != {}}
    assert again(request) == request


REQUESTS = aws.values(aws.operation("ConverseStream").input_shape).filter(
    # Read as instructions: then they are written as such.
    lambda request: (
        request.get("messages", [{}])[:1] != []
        and all(message.get("role") != "system" for message in request.get("messages", ()))
    )
)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(REQUESTS)
def test_every_request_that_boto3_allows_is_written_as_it_was(request: dict[str, Any]) -> None:
    written = again(request)
    assert without_empties(written) == without_empties(request)
    aws.params(json.dumps(written).encode(), stream=True)


def without_empties(request: dict[str, Any]) -> dict[str, Any]:
    """Lists and objects that are not there and those that are empty say the same."""
    return {name: value for name, value in request.items() if value not in ({}, [])}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b"\xff"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_request(body)
    with pytest.raises(BadRequest):
        peek(body)
    assert peek(body, needs_model=False).max_tokens is None


def test_the_head_has_no_model() -> None:
    head = peek(json.dumps(WHOLE).encode())
    assert (head.model, head.max_tokens, head.metadata) == ("", 10, {"team": "a"})
    assert peek(b'{"inferenceConfig":{"maxTokens":"x"}}').max_tokens is None
