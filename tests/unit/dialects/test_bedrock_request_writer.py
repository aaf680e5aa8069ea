"""Requests of other dialects for the Converse API; botocore's model checks each of them."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import aws
from tests.support.bedrock import CLAUDE, LLAMA, called, chat
from vedette.dialects import anthropic, openai_chat
from vedette.dialects.bedrock import write_request
from vedette.dialects.contract import Unsupported
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Message,
    OutputFormat,
    Part,
    Reasoning,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolChoice,
    ToolDefinition,
    ToolResultPart,
)

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}}


def write(request: ChatRequest) -> tuple[dict[str, Any], list[str]]:
    written = write_request(request)
    aws.params(written.body)
    return json.loads(written.body), list(written.dropped)


CLOSED = {**SCHEMA, "additionalProperties": False}
EMPTY = {"type": "object", "properties": {}}
ASKED = {
    "model": "x",
    "messages": [
        {"role": "system", "content": "be kind"},
        {
            "role": "user",
            "name": "ann",
            "content": [
                {"type": "text", "text": "what is it?"},
                {
                    "type": "image_url",
                    "image_url": {
                        "url": "data:image/png;base64,AAAA",
                        "detail": "low",
                    },
                },
            ],
        },
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {
                    "id": "call_1",
                    "type": "function",
                    "function": {"name": "look", "arguments": '{"at": "it"}'},
                },
                {
                    "id": "call_2",
                    "type": "function",
                    "function": {"name": "wait", "arguments": ""},
                },
            ],
        },
        {"role": "tool", "tool_call_id": "call_1", "content": "a cat"},
        {"role": "tool", "tool_call_id": "call_2", "content": ""},
    ],
    "tools": [
        {
            "type": "function",
            "function": {"name": "look", "parameters": SCHEMA, "strict": True},
        },
        {"type": "function", "function": {"name": "wait"}},
    ],
    "parallel_tool_calls": False,
    "max_completion_tokens": 9000,
    "temperature": 0.2,
    "stop": "END",
    "seed": 7,
    "user": "u",
    "metadata": {"a": "b"},
    "reasoning_effort": "low",
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True},
    },
    "service_tier": "auto",
    "logprobs": False,
    "stream": True,
}
"""What an OpenAI client sends."""
WRITTEN: dict[str, Any] = {
    "system": [{"text": "be kind"}],
    "messages": [
        {
            "role": "user",
            "content": [
                {"text": "what is it?"},
                {"image": {"format": "png", "source": {"bytes": "AAAA"}}},
            ],
        },
        {
            "role": "assistant",
            "content": [
                {
                    "toolUse": {
                        "toolUseId": "call_1",
                        "name": "look",
                        "input": {"at": "it"},
                    }
                },
                {"toolUse": {"toolUseId": "call_2", "name": "wait", "input": {}}},
            ],
        },
        {
            "role": "user",
            "content": [
                {"toolResult": {"toolUseId": "call_1", "content": [{"text": "a cat"}]}},
                {"toolResult": {"toolUseId": "call_2", "content": []}},
            ],
        },
    ],
    "inferenceConfig": {"maxTokens": 9000, "temperature": 0.2, "stopSequences": ["END"]},
    "toolConfig": {
        "tools": [
            {"toolSpec": {"name": "look", "inputSchema": {"json": CLOSED}, "strict": True}},
            {"toolSpec": {"name": "wait", "inputSchema": {"json": EMPTY}}},
        ]
    },
    "outputConfig": {
        "textFormat": {"type": "json_schema", "structure": {"jsonSchema": {"name": "answer"}}}
    },
    "additionalModelRequestFields": {
        "tool_choice": {"type": "auto", "disable_parallel_tool_use": True}
    },
    "additionalModelResponseFieldPaths": ["/stop_sequence"],
}
"""What Claude gets of it, but for the schema."""


def test_an_openai_client_asks_claude() -> None:
    request = openai_chat.read_request(json.dumps(ASKED).encode())
    body, dropped = write(replace(request, model=CLAUDE))
    schema = body["outputConfig"]["textFormat"]["structure"]["jsonSchema"].pop("schema")
    assert json.loads(schema) == CLOSED
    assert body == WRITTEN
    assert set(dropped) >= {
        "messages.name", "messages.detail", "seed", "user", "metadata", "service_tier",
        # The turn that goes on came without its thoughts.
        "reasoning_effort",
    }  # fmt: skip


def test_an_anthropic_client_keeps_its_cache_and_its_thoughts() -> None:
    request = anthropic.read_request(
        json.dumps(
            {
                "model": "x",
                "max_tokens": 4000,
                "system": [
                    {"type": "text", "text": "long", "cache_control": {"type": "ephemeral"}}
                ],
                "thinking": {"type": "enabled", "budget_tokens": 2000},
                "metadata": {"user_id": "u"},
                "messages": [
                    {"role": "user", "content": "go"},
                    {
                        "role": "assistant",
                        "content": [
                            {"type": "thinking", "thinking": "hm", "signature": "sig"},
                            {"type": "redacted_thinking", "data": "cmVk"},
                            {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {}},
                        ],
                    },
                    {
                        "role": "user",
                        "content": [
                            {
                                "type": "tool_result",
                                "tool_use_id": "toolu_1",
                                "is_error": True,
                                "content": [{"type": "text", "text": "no"}],
                            },
                            {"type": "text", "text": "well?"},
                        ],
                    },
                ],
                "tools": [{"name": "f", "input_schema": SCHEMA}],
                "tool_choice": {"type": "auto"},
            }
        ).encode()
    )
    body, dropped = write(replace(request, model=CLAUDE))
    assert body["system"] == [{"text": "long"}, {"cachePoint": {"type": "default"}}]
    assert body["messages"][1]["content"][:2] == [
        {"reasoningContent": {"reasoningText": {"text": "hm", "signature": "sig"}}},
        {"reasoningContent": {"redactedContent": "cmVk"}},
    ]
    assert body["messages"][2]["content"] == [
        {"toolResult": {"toolUseId": "toolu_1", "content": [{"text": "no"}], "status": "error"}},
        {"text": "well?"},
    ]
    assert body["additionalModelRequestFields"] == {
        "thinking": {"type": "enabled", "budget_tokens": 2000}
    }
    assert dropped == ["metadata.user_id"]


def test_json_without_a_schema_is_an_instruction() -> None:
    body, dropped = write(replace(chat(TextPart(content="a")), output_format=OutputFormat("json")))
    assert "one JSON object" in body["system"][-1]["text"]
    assert "outputConfig" not in body
    assert not dropped
    plain = replace(chat(TextPart(content="a")), output_format=OutputFormat("text"))
    assert "system" not in write(plain)[0]


def test_thinking_and_top_k_stand_among_the_models_own_fields() -> None:
    request = replace(
        chat(TextPart(content="a"), model="amazon.nova-2-lite-v1:0"),
        settings={"top_k": 4},
        reasoning=Reasoning(effort="low"),
    )
    assert write(request)[0]["additionalModelRequestFields"] == {
        "inferenceConfig": {"topK": 4},
        "reasoningConfig": {"type": "enabled", "maxReasoningEffort": "low"},
    }
    adaptive = replace(request, model="anthropic.claude-opus-4-7-v1")
    body, dropped = write(adaptive)
    assert body["outputConfig"] == {"effort": "low"}
    assert dropped == ["top_k"]
    assert write(replace(request, model=LLAMA))[1] == ["top_k", "reasoning"]


@pytest.mark.parametrize(
    ("unknown", "field"),
    [({"logprobs": True}, "logprobs"), ({"modalities": ["text", "audio"]}, "modalities")],
)
def test_what_changes_the_answer_is_refused(unknown: dict[str, Any], field: str) -> None:
    with pytest.raises(Unsupported) as raised:
        write(replace(chat(dialect="openai_chat"), unknown=unknown))
    assert raised.value.param == field


IMAGE = MediaPart(modality="image", mime_type="image/png", data="AAAA")
PDF = MediaPart(modality="file", mime_type="application/pdf", data="AAAA", name="Ä/ö.pdf")
TEXTS = st.text(max_size=4)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(lambda text: TextPart(content=text), TEXTS),
    st.sampled_from((IMAGE, PDF)),
    st.builds(
        lambda text, signature, source: ReasoningPart(
            content=text, signature=signature, source=source
        ),
        TEXTS,
        st.sampled_from(("", "s")),
        st.sampled_from(("", "anthropic", "gemini")),
    ),
    st.builds(lambda id, a: ToolCallPart(name="f", id=id, arguments=a), TEXTS,
              st.none() | TEXTS | st.lists(TEXTS) | st.dictionaries(TEXTS, TEXTS)),
    st.builds(lambda id, result, e: ToolResultPart(id=id, result=result, is_error=e), TEXTS,
              st.none() | TEXTS | st.lists(TEXTS) | st.dictionaries(TEXTS, TEXTS), st.booleans()),
    st.just(ToolResultPart(id="c", result="", parts=(TextPart(content="a"), IMAGE, PDF))),
)  # fmt: skip
MESSAGES = st.builds(
    lambda role, parts: Message(role, tuple(parts)),
    st.sampled_from(("user", "assistant", "tool", "function")),
    st.lists(PARTS, max_size=3),
)
TOOLS = st.builds(
    ToolDefinition,
    st.sampled_from(("f", "g")),
    TEXTS,
    st.none() | st.just(SCHEMA) | st.just({}),
    st.none() | st.booleans(),
)


@given(
    st.builds(
        ChatRequest,
        model=st.sampled_from((CLAUDE, LLAMA, "amazon.nova-2-lite-v1:0", "arn:x")),
        messages=st.lists(MESSAGES, max_size=5).map(tuple),
        tools=st.lists(TOOLS, max_size=2).map(tuple),
        tool_choice=st.none() | st.sampled_from(
            (ToolChoice("required"), ToolChoice("tool", ("f",)))),
        parallel_tools=st.none() | st.booleans(),
        output_format=st.none() | st.sampled_from(
            (OutputFormat("json"), OutputFormat("json_schema", SCHEMA, "n"))),
        reasoning=st.none() | st.builds(Reasoning, effort=st.sampled_from(("", "low", "x")),
                                        budget_tokens=st.none() | st.integers(0, 9000)),
        settings=st.fixed_dictionaries({}, optional={
            "max_tokens": st.integers(1, 9000), "temperature": st.floats(0, 2), "top_k": st.just(3),
            "stop_sequences": st.just(["X"]), "seed": st.just(1)}),
        dialect=st.sampled_from(("openai_chat", "anthropic", "gemini")),
    )
)  # fmt: skip
def test_every_request_is_one_that_boto3_would_send(request: ChatRequest) -> None:
    body, _ = write(request)
    roles = [message["role"] for message in body["messages"]]
    assert all(one != other for one, other in pairwise(roles))
    for message in body["messages"]:
        assert message["content"]
        kinds = ["toolResult" in block for block in message["content"]]
        assert kinds == sorted(kinds, reverse=True)


def test_a_conversation_with_calls_needs_no_tools() -> None:
    body, _ = write(replace(chat(), messages=called()))
    assert [tool["toolSpec"]["name"] for tool in body["toolConfig"]["tools"]] == ["f"]
