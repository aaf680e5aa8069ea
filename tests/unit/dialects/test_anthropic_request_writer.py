"""Requests for Anthropic, from home and from abroad."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from tests.support.conversations import requests
from tests.support.official import check_anthropic_count, check_anthropic_request
from vedette.dialects.anthropic_request import read_request
from vedette.dialects.anthropic_request_writer import write_count_request, write_request
from vedette.dialects.contract import Unsupported
from vedette.model.chat import ChatRequest, Message, OutputFormat, Reasoning, TextPart

HI = (Message(role="user", parts=(TextPart(content="hi"),)),)


def abroad(**fields: Any) -> ChatRequest:
    return ChatRequest(
        **{"model": "claude-sonnet-4-5", "messages": HI, "dialect": "openai_chat", **fields}
    )


def write(request: ChatRequest) -> tuple[dict[str, Any], tuple[str, ...]]:
    written = write_request(request)
    members = json.loads(written.body)
    check_anthropic_request(members)
    return members, written.dropped


def test_a_request_at_home_comes_back_as_it_was() -> None:
    request = {
        "model": "claude",
        "max_tokens": 10,
        "system": "be kind",
        "messages": [{"role": "user", "content": "hi"}],
        "tools": [{"name": "f", "input_schema": {"type": "object"}}],
        "tool_choice": {"type": "auto", "disable_parallel_tool_use": False},
        "thinking": {"type": "adaptive", "display": "omitted"},
        "temperature": 1,
        "top_k": 5,
        "stop_sequences": ["\n"],
        "metadata": {"user_id": "ann", "x": 1},
        "stream": True,
        "service_tier": "auto",
        "output_config": {
            "effort": "low",
            "later": 1,
            "format": {"type": "json_schema", "schema": {"type": "integer", "minimum": 1}},
        },
        "context_management": {"edits": []},
    }
    written = write_request(read_request(json.dumps(request).encode()))
    assert json.loads(written.body) == request
    assert written.dropped == ()


@given(requests("anthropic", "claude-opus-5"))
def test_what_is_read_again_is_the_same(request: ChatRequest) -> None:
    first = read_request(write_request(request).body)
    assert read_request(write_request(first).body) == first


@given(requests("openai_chat", "claude-sonnet-4-5"))
def test_what_is_written_is_what_the_official_client_could_send(request: ChatRequest) -> None:
    members, dropped = write(request)
    roles = [message["role"] for message in members["messages"]]
    assert all(one != other for one, other in pairwise(roles))
    assert set(dropped) <= {"temperature", "reasoning_effort", "tools.strict"}


@pytest.mark.parametrize(
    ("model", "wanted", "limit"),
    [
        ("claude-sonnet-4-5", None, 64_000),
        ("claude-sonnet-4-5", 100, 100),
        ("claude-sonnet-4-5", 100_000, 64_000),
        ("kimi-k2", None, 4_096),
        ("kimi-k2", 100_000, 100_000),
    ],
)
def test_there_is_always_a_limit(model: str, wanted: int | None, limit: int) -> None:
    settings = {} if wanted is None else {"max_tokens": wanted}
    members, _ = write(abroad(model=model, settings=settings))
    assert members["max_tokens"] == limit


@pytest.mark.parametrize(
    ("model", "settings", "taken", "dropped"),
    [
        ("claude-sonnet-4", {"temperature": 0.5, "top_p": 0.9}, {"temperature", "top_p"}, ()),
        ("claude-opus-4-1", {"temperature": 0.5, "top_p": 0.9}, {"temperature"}, ("top_p",)),
        ("claude-opus-4-8", {"temperature": 0.5, "top_k": 5}, set(), ("temperature", "top_k")),
        ("claude-3-opus", {"temperature": 1.5}, {"temperature"}, ("temperature",)),
        ("claude-3-opus", {"seed": 1, "frequency_penalty": 0}, set(), ("seed",)),
        ("claude-3-opus", {"stop_sequences": ["END"]}, {"stop_sequences"}, ()),
        ("claude-3-opus", {"choice.count": 1}, set(), ()),
    ],
)
def test_sampling_is_what_the_model_takes(
    model: str, settings: dict[str, Any], taken: set[str], dropped: tuple[str, ...]
) -> None:
    members, left_out = write(abroad(model=model, settings=settings))
    assert members.keys() - {"model", "messages", "max_tokens"} == taken
    assert left_out == dropped
    assert members.get("temperature", 0) <= 1


def test_thinking_takes_no_sampling() -> None:
    members, dropped = write(
        abroad(reasoning=Reasoning(effort="low"), settings={"temperature": 0.5, "top_k": 3})
    )
    assert members["thinking"] == {"type": "enabled", "budget_tokens": 1_024}
    assert dropped == ("temperature", "top_k")


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"settings": {"choice.count": 2}}, "n"),
        ({"settings": {"stop_sequences": ["a", "\n\n"]}}, "stop"),
        ({"unknown": {"logprobs": True}}, "logprobs"),
        ({"unknown": {"modalities": ["text", "audio"]}}, "modalities"),
        (
            {"model": "claude-3-opus", "output_format": OutputFormat("json_schema", schema={})},
            "response_format",
        ),
    ],
)
def test_what_the_answer_would_miss_is_refused(fields: dict[str, Any], param: str) -> None:
    with pytest.raises(Unsupported) as refused:
        write_request(abroad(**fields))
    assert refused.value.param == param


def test_what_only_advises_is_named() -> None:
    unknown = {"seed": 1, "logit_bias": {"5": 1}, "store": True, "logprobs": False}
    members, dropped = write(abroad(unknown=unknown, metadata={"team": "x"}, user="ann"))
    assert dropped == ("seed", "logit_bias", "store", "logprobs", "metadata")
    assert members["metadata"] == {"user_id": "ann"}


@pytest.mark.parametrize(
    ("user", "unknown", "metadata", "dropped"),
    [
        ("", {"safety_identifier": "ann"}, {"user_id": "ann"}, ()),
        ("a" * 257, {}, None, ("user",)),
        ("", {}, None, ()),
    ],
)
def test_the_user_is_told_by_an_id(
    user: str, unknown: dict[str, Any], metadata: Any, dropped: tuple[str, ...]
) -> None:
    members, left_out = write(abroad(user=user, unknown=unknown))
    assert members.get("metadata") == metadata
    assert left_out == dropped


def test_json_without_a_schema_is_asked_for_in_words() -> None:
    system = Message(role="system", parts=(TextPart(content="be kind"),))
    members, dropped = write(abroad(output_format=OutputFormat("json"), messages=(system, *HI)))
    assert [block["text"][:12] for block in members["system"]] == ["be kind", "Answer with "]
    assert dropped == ()
    members, _ = write(abroad(output_format=OutputFormat("json")))
    assert members["system"].startswith("Answer with one JSON object")


def test_a_schema_is_fitted_and_stands_beside_the_effort() -> None:
    members, _ = write(
        abroad(
            model="claude-opus-5",
            output_format=OutputFormat("json_schema", schema={"type": "object"}, name="x"),
            reasoning=Reasoning(effort="max"),
        )
    )
    schema = {"type": "object", "properties": {}, "additionalProperties": False}
    assert members["output_config"] == {
        "effort": "max",
        "format": {"type": "json_schema", "schema": schema},
    }


def test_a_request_to_count_has_no_limit() -> None:
    asked = abroad(settings={"max_tokens": 5, "stop_sequences": ["x"]}, stream=True, user="ann")
    members = json.loads(write_count_request(asked).body)
    check_anthropic_count(members)
    assert members == {
        "model": "claude-sonnet-4-5",
        "messages": [{"role": "user", "content": "hi"}],
    }
