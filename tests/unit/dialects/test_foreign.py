"""What stays behind when a request changes its dialect."""

from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.foreign import leave_out, messages_name, setting_name
from vedette.model.chat import ChatRequest, Message, Part, RawPart, TextPart, ToolDefinition


def request(dialect: str, *parts: Part, **unknown: Any) -> ChatRequest:
    messages = (Message(role="user", parts=parts),) if parts else ()
    return ChatRequest(model="m", messages=messages, unknown=unknown, dialect=dialect)


def test_what_only_advises_is_named() -> None:
    asked = request("openai_responses", store=True, truncation="auto", moderation=None)
    assert leave_out(asked, "anthropic") == ("store", "truncation")
    assert leave_out(asked, "openai_chat", kept=frozenset({"store"})) == ("truncation",)


def test_of_what_is_partly_read_the_rest_is_named() -> None:
    asked = request("openai_responses", text={"verbosity": "low"}, reasoning={"mode": "pro"})
    assert leave_out(asked, "anthropic") == ("text.verbosity", "reasoning.mode")
    odd = request("openai_responses", text="x", moderation={"model": "m"})
    assert leave_out(odd, "anthropic") == ("text", "moderation")


def test_nothing_is_left_out_in_the_same_dialect() -> None:
    asked = request("openai_responses", previous_response_id="r", store=True)
    assert leave_out(asked, "openai_responses") == ()


@pytest.mark.parametrize(
    ("dialect", "field", "value"),
    [
        ("openai_responses", "previous_response_id", "resp_1"),
        ("openai_responses", "conversation", {"id": "c"}),
        ("openai_responses", "background", True),
        ("openai_responses", "prompt", {"id": "p"}),
        ("openai_chat", "web_search_options", {}),
        ("openai_chat", "logprobs", True),
        ("openai_chat", "modalities", ["text", "audio"]),
        ("openai_completions", "suffix", "end"),
        ("openai_completions", "echo", True),
        ("openai_completions", "best_of", 2),
        ("openai_completions", "logprobs", 0),
    ],
)
def test_what_decides_the_answer_is_refused(dialect: str, field: str, value: object) -> None:
    with pytest.raises(Unsupported, match=f"'{field}'") as raised:
        leave_out(request(dialect, **{field: value}), "anthropic")
    assert raised.value.param == field


@pytest.mark.parametrize(
    ("dialect", "field", "value"),
    [
        ("openai_responses", "background", False),
        ("openai_responses", "previous_response_id", None),
        ("openai_chat", "logprobs", False),
        ("openai_chat", "modalities", ["text"]),
        ("openai_completions", "best_of", 1),
        ("openai_completions", "echo", False),
    ],
)
def test_what_asks_for_nothing_is_not(dialect: str, field: str, value: object) -> None:
    leave_out(request(dialect, **{field: value}), "anthropic")


def test_parts_that_only_their_dialect_knows_are_named() -> None:
    parts = (RawPart(content={"type": "computer_call"}), RawPart(content=5), TextPart(content="a"))
    assert leave_out(request("openai_responses", *parts), "bedrock") == (
        "input.computer_call",
        "input",
    )


def test_what_stands_beside_the_texts_is_named() -> None:
    marked = TextPart(content="a", extra={"cache_control": {"type": "ephemeral"}, "id": "x"})
    asked = ChatRequest(
        model="m",
        messages=(Message(role="user", parts=(marked, marked)),),
        tools=(
            ToolDefinition(name="f", extra={"type": "custom", "defer_loading": True}),
            ToolDefinition(name="s", built_in="web_search", extra={"x": 1}),
        ),
        dialect="anthropic",
    )
    assert leave_out(asked, "openai_chat") == ("messages.cache_control", "tools.defer_loading")
    kept = frozenset({"messages.cache_control"})
    assert leave_out(asked, "bedrock", kept=kept) == ("tools.defer_loading",)


@pytest.mark.parametrize(
    ("dialect", "content", "field"),
    [
        ("openai_responses", {"type": "item_reference", "id": "x"}, "input"),
        ("openai_completions", [1, 2], "prompt"),
    ],
)
def test_parts_that_only_their_provider_reads_are_refused(
    dialect: str, content: object, field: str
) -> None:
    with pytest.raises(Unsupported, match=f"'{field}'"):
        leave_out(request(dialect, RawPart(content=content)), "anthropic")


def test_several_prompts_are_no_chat() -> None:
    two = tuple(Message(role="user", parts=(TextPart(content=text),)) for text in "ab")
    asked = ChatRequest(model="m", messages=two, dialect="openai_completions")
    with pytest.raises(Unsupported, match="several prompts"):
        leave_out(asked, "anthropic")


def test_names_are_the_clients() -> None:
    assert messages_name("gemini") == "contents"
    assert messages_name("anthropic") == "messages"
    assert setting_name("gemini", "top_k") == "generationConfig.topK"
    assert setting_name("anthropic", "top_k") == "top_k"


def test_a_guardrail_of_bedrock_is_never_left_out() -> None:
    guarded = ChatRequest(
        model="m", unknown={"guardrailConfig": {"guardrailIdentifier": "g"}}, dialect="bedrock"
    )
    with pytest.raises(Unsupported, match="guardrail"):
        leave_out(guarded, "openai_chat")


def test_bedrocks_own_fields_are_named_one_by_one() -> None:
    point = RawPart(content={"cachePoint": {"type": "default"}}, dialect="bedrock")
    asked = ChatRequest(
        model="m",
        messages=(Message("user", (TextPart(content="a", extra={"json": True}), point)),),
        unknown={"additionalModelRequestFields": {"anthropic_beta": ["x"]}, "toolConfig": {}},
        dialect="bedrock",
    )
    assert leave_out(asked, "openai_chat") == (
        "additionalModelRequestFields.anthropic_beta",
        "toolConfig",
        "messages.cachePoint",
    )
