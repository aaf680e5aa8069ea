"""Requests to generate content, read and written."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.contract import Unsupported
from vedette.dialects.gemini_request import peek, read_request, write_request
from vedette.dialects.openai_chat import read_request as read_openai
from vedette.errors import BadRequest
from vedette.model.chat import (
    ChatRequest,
    Message,
    OutputFormat,
    Reasoning,
    TextPart,
    ToolChoice,
    ToolDefinition,
)

REQUEST: dict[str, Any] = {
    "systemInstruction": {"parts": [{"text": "be kind"}]},
    "contents": [
        {"role": "user", "parts": [{"text": "hi"}, {"text": "ho", "partMetadata": {"a": 1}}]},
        {
            "role": "model",
            "parts": [
                {"text": "hm", "thought": True},
                {"functionCall": {"name": "f", "args": {"a": 1}}, "thoughtSignature": "QUJD"},
                {"functionCall": {"name": "f", "args": {}, "id": "x1"}},
                {"executableCode": {"language": "PYTHON", "code": "1"}},
            ],
        },
        {
            "role": "user",
            "parts": [
                {"functionResponse": {"name": "f", "response": {"output": "42"}}},
                {"functionResponse": {"id": "x1", "name": "f", "response": {"error": "bad"}}},
            ],
        },
        {"role": "model", "parts": [{"text": "Done", "thoughtSignature": "REVG"}]},
    ],
    "tools": [
        {"functionDeclarations": [{"name": "f", "parametersJsonSchema": {
            "type": "object", "properties": {"a": {"type": "integer"}}}}]},
        {"googleSearch": {}},
    ],
    "toolConfig": {"functionCallingConfig": {"mode": "VALIDATED"}},
    "generationConfig": {
        "temperature": 0.5,
        "maxOutputTokens": 100,
        "responseMimeType": "application/json",
        "thinkingConfig": {"thinkingLevel": "LOW", "includeThoughts": True},
        "speechConfig": {"languageCode": "de-DE"},
    },
    "safetySettings": [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"}],
    "cachedContent": "cachedContents/1",
    "labels": {"team": "a"},
    "store": True,
}  # fmt: skip


def read(value: Any) -> ChatRequest:
    return read_request(json.dumps(value).encode())


def test_a_request_is_read_whole() -> None:
    request = read(REQUEST)
    assert request.dialect == "gemini"
    assert [message.role for message in request.messages] == [
        "system", "user", "assistant", "user", "assistant",
    ]  # fmt: skip
    assert request.settings == {"temperature": 0.5, "max_tokens": 100}
    assert request.output_format == OutputFormat("json")
    assert request.reasoning == Reasoning(enabled=True, effort="low", summary="auto")
    assert request.tool_choice == ToolChoice("auto")
    assert [tool.name for tool in request.tools] == ["f", "googleSearch"]
    assert request.metadata == {"team": "a"}
    assert request.include_usage
    assert request.unknown == {
        "safetySettings": REQUEST["safetySettings"],
        "cachedContent": "cachedContents/1",
        "store": True,
        "generationConfig.speechConfig": {"languageCode": "de-DE"},
        "toolConfig.functionCallingConfig": {"mode": "VALIDATED"},
    }


def test_written_again_it_is_the_same() -> None:
    written = write_request(read(REQUEST))
    assert written.dropped == ()
    assert json.loads(written.body) == REQUEST


def snaked(value: Any) -> Any:
    """The value with every field name in snake case; names that are data have no capitals."""
    if isinstance(value, list):
        return [snaked(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name): inner
        if name == "parametersJsonSchema"
        else snaked(inner)
        for name, inner in value.items()
    }


def test_snake_case_reads_the_same() -> None:
    one = json.loads(write_request(read(snaked(REQUEST))).body)
    # What we have no name for keeps the names inside it: both are Google's.
    one["generationConfig"]["speechConfig"] = REQUEST["generationConfig"]["speechConfig"]
    assert one == REQUEST


def test_short_forms_of_contents() -> None:
    expected = (Message(role="user", parts=(TextPart(content="hi"),)),)
    for contents in ("hi", {"parts": {"text": "hi"}}, [{"parts": [{"text": "hi"}]}], ["hi"]):
        assert read({"contents": contents}).messages == expected
    system = read({"system_instruction": "be kind", "contents": []}).messages
    assert system == (Message(role="system", parts=(TextPart(content="be kind"),)),)


def test_the_model_without_its_collection() -> None:
    assert read({"model": "models/gemini-x", "contents": []}).model == "gemini-x"


@pytest.mark.parametrize("body", [b"", b"[]", b"nope", b"\xff"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_request(body)


def test_a_request_of_an_openai_client() -> None:
    asked = {
        "model": "gemini-3-flash",
        "messages": [
            {"role": "system", "content": "be kind"},
            {"role": "user", "content": [
                {"type": "text", "text": "what is it?"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
            ]},
            {"role": "assistant", "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
            {"role": "tool", "tool_call_id": "c1", "content": "42"},
        ],
        "tools": [{"type": "function", "function": {"name": "f", "parameters": {
            "type": "object", "properties": {}}}}],
        "max_tokens": 10,
        "stop": "x",
        "n": 2,
        "logit_bias": {"1": 2},
    }  # fmt: skip
    request = read_openai(json.dumps(asked).encode())
    written = write_request(
        ChatRequest(
            model="gemini-3-flash",
            messages=request.messages,
            tools=request.tools,
            settings=request.settings,
            unknown={"logit_bias": {"1": 2}},
            dialect="openai_chat",
        )
    )
    assert json.loads(written.body) == {
        "contents": [
            {"role": "user", "parts": [
                {"text": "what is it?"},
                {"inlineData": {"mimeType": "image/png", "data": "AAAA"}},
            ]},
            {"role": "model", "parts": [
                {"functionCall": {"id": "c1", "name": "f", "args": {}},
                 "thoughtSignature": "skip_thought_signature_validator"},
            ]},
            {"role": "user", "parts": [
                {"functionResponse": {"id": "c1", "name": "f", "response": {"output": "42"}}},
            ]},
        ],
        "systemInstruction": {"parts": [{"text": "be kind"}]},
        "tools": [{"functionDeclarations": [{"name": "f"}]}],
        "generationConfig": {"maxOutputTokens": 10, "stopSequences": ["x"], "candidateCount": 2},
    }  # fmt: skip
    assert written.dropped == ("logit_bias",)


def test_what_the_answer_depends_on_is_refused() -> None:
    tools = (ToolDefinition(name="web", built_in="web_search", extra={"type": "web_search"}),)
    with pytest.raises(Unsupported):
        write_request(ChatRequest(model="m", tools=tools, dialect="anthropic"))


def test_the_head_of_a_request() -> None:
    head = peek(json.dumps(REQUEST).encode())
    assert (head.model, head.max_tokens, head.metadata) == ("", 100, {"team": "a"})
    snake = {"model": "models/m", "generation_config": {"max_output_tokens": 5,
                                                         "candidate_count": 2}}  # fmt: skip
    head = peek(json.dumps(snake).encode())
    assert (head.model, head.max_tokens, head.n) == ("m", 5, 2)
    odd = {"labels": "x", "generationConfig": {"maxOutputTokens": "5"}}
    head = peek(json.dumps(odd).encode())
    assert (head.metadata, head.max_tokens) == (None, None)


def test_a_head_that_cannot_be_read() -> None:
    with pytest.raises(BadRequest):
        peek(b"[1]")
    assert peek(b"[1]", needs_model=False).model == ""


names = st.sampled_from(
    ["contents", "parts", "text", "role", "tools", "toolConfig", "generationConfig", "labels",
     "functionCall", "functionResponse", "args", "systemInstruction", "thinkingConfig",
     "responseSchema", "functionDeclarations", "inline_data", "x"]
)  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(names, values, max_size=6))
def test_nothing_that_was_read_is_lost_when_it_is_written(value: dict[str, Any]) -> None:
    """However odd a request is, what we made of it survives."""
    request = read(value)
    written = write_request(request)
    assert read_request(written.body) == request
    assert written.dropped == ()
    peek(json.dumps(value).encode())
