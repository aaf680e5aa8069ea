"""Whole answers of the messages format."""

import json
from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from tests.support.conversations import answers
from tests.support.official import check_anthropic_answer
from tests.support.recordings import whole
from vedette.dialects.anthropic_answer import (
    peek_answer,
    read_answer,
    stop_reason,
    write_answer,
)
from vedette.dialects.contract import WriteContext
from vedette.dialects.openai_answer_head import head_of
from vedette.dialects.reading import Unreadable
from vedette.dialects.tool_names import fit_name
from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Message,
    Part,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolDefinition,
)
from vedette.model.usage import Usage

CONTEXT = WriteContext(
    request=ChatRequest(model="asked"), model="asked", id="0123456789abcdef", created_s=5
)


def write(answer: Answer) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(write_answer(answer, CONTEXT))
    check_anthropic_answer(written)
    return written


def said(*parts: Part, reason: str = "stop", **fields: Any) -> Answer:
    message = Message(role="assistant", parts=parts, finish_reason=reason)
    return Answer(messages=(message,), finish_reasons=(reason,), **fields)


def test_an_answer_is_read_whole() -> None:
    answer = read_answer(whole("anthropic/tools"))
    assert (answer.id, answer.model) == ("msg_01", "claude-sonnet-4-20250514")
    assert answer.finish_reasons == ("tool_use",)
    assert answer.messages[0].parts == (
        ReasoningPart(content="I need the weather.", signature="EqQBCg==", source="anthropic"),
        TextPart(content="Let me look."),
        ToolCallPart(name="weather", id="toolu_1", arguments={"city": "Zürich"}),
        ToolCallPart(name="now", id="toolu_2", arguments={}),
    )
    assert answer.usage == Usage(
        input_uncached=4, cache_read=20, cache_write=1000, cache_write_1h=163, output_text=57
    )


def test_at_home_an_answer_comes_back_as_it_was() -> None:
    given_answer = json.loads(whole("anthropic/tools")) | {"container": None, "later": {"a": 1}}
    given_answer["stop_sequence"] = "END"
    given_answer["content"] += [
        {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"q": 1}},
        {"type": "web_search_tool_result", "tool_use_id": "s", "content": []},
        {"type": "text", "text": "a", "citations": [{"type": "page_location"}]},
    ]
    answer = read_answer(json.dumps(given_answer).encode())
    del given_answer["container"]
    neutral = replace(answer.messages[0], finish_reason="tool_call")
    written = json.loads(write_answer(replace(answer, messages=(neutral,)), CONTEXT))
    assert written == given_answer


@given(answers())
def test_what_is_written_is_what_the_official_client_knows(answer: Answer) -> None:
    written = write(answer)
    again = read_answer(json.dumps(written).encode())
    assert (again.id, again.model, again.usage) == (answer.id, answer.model, answer.usage)
    assert list(map(as_text, again.messages[0].parts)) == [
        as_text(part) for part in answer.messages[0].parts
    ]


def as_text(part: Part) -> Part:
    """The format has no refusals but as text, and no mark for an unsigned thought of its own."""
    if isinstance(part, ReasoningPart) and not part.signature and part.source == "anthropic":
        return replace(part, source="")
    return TextPart(content=part.content) if isinstance(part, RefusalPart) else part


def test_what_the_provider_does_not_say_is_made() -> None:
    written = write(said(ToolCallPart(name="f"), ToolCallPart(name="g", arguments="{")))
    assert (written["id"], written["model"]) == ("msg_0123456789abcdef", "asked")
    assert written["stop_reason"] == "tool_use"
    assert [(block["id"], block["input"]) for block in written["content"]] == [
        ("toolu_0123456789abcdef00", {}),
        ("toolu_0123456789abcdef01", {"INVALID_JSON": "{"}),
    ]
    assert written["usage"]["input_tokens"] == 0


def test_a_shortened_name_is_the_clients_own_again() -> None:
    name = "mcp__server__" + "a" * 60
    request = ChatRequest(model="asked", tools=(ToolDefinition(name=name),))
    answer = said(ToolCallPart(name=fit_name(name), id="t"))
    written = json.loads(write_answer(answer, replace(CONTEXT, request=request)))
    assert written["content"][0]["name"] == name


def test_extras_of_others_are_left_out() -> None:
    part = TextPart(content="a", extra={"annotations": [1]})
    written = write(said(part, TextPart(content=""), MediaPart(modality="image", data="AAAA"),
                         extra={"groundingMetadata": {}}, dialect="gemini"))  # fmt: skip
    assert written["content"] == [{"type": "text", "text": "a"}]
    assert "groundingMetadata" not in written


def test_an_empty_answer_is_one_all_the_same() -> None:
    assert write(Answer())["content"] == []


@pytest.mark.parametrize(
    ("word", "calls", "refused", "reason"),
    [
        ("stop", False, False, "end_turn"),
        ("stop", True, False, "tool_use"),
        ("length", True, False, "max_tokens"),
        ("stop", False, True, "refusal"),
        ("", False, False, "end_turn"),
        ("content_filter", False, False, "refusal"),
        ("pause", False, False, "pause_turn"),
        ("error", False, False, "max_tokens"),
        ("novel", False, False, "end_turn"),
    ],
)
def test_why_it_ended(word: str, calls: bool, refused: bool, reason: str) -> None:
    assert stop_reason(word, calls=calls, refused=refused) == reason


@pytest.mark.parametrize(
    "body",
    [
        b'{"type":"error","error":{"type":"overloaded_error","message":"busy"}}',
        b'{"id":5,"usage":[],"stop_reason":7}',
        b"{}",
        whole("anthropic/tools"),
    ],
)
def test_the_head_says_what_the_whole_reading_says(body: bytes) -> None:
    assert peek_answer(body) == head_of(read_answer(body))


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b"{"])
def test_what_is_no_object_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        peek_answer(body)
