"""The response object."""

import json
from typing import Any

import pytest
from msgspec.structs import replace
from openai.types.responses import Response

from vedette.dialects.contract import WriteContext
from vedette.dialects.openai_responses_output import (
    Ending,
    Ids,
    ResponseShape,
    call_prefix,
    output_items,
    repeated,
)
from vedette.dialects.openai_responses_request import read_request
from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolDefinition,
)
from vedette.model.usage import Usage

CONTEXT = WriteContext(
    request=ChatRequest(model="m", dialect="openai_responses"), model="m", id="1f", created_s=7
)
CITED = {"start_index": 0, "end_index": 1, "title": "t", "url": "https://x.example"}


def items(*parts: Part, dialect: str = "", word: str = "stop") -> list[dict[str, Any]]:
    answer = Answer(messages=(Message(role="assistant", parts=parts),), dialect=dialect)
    return output_items(answer, CONTEXT, Ending(word))


@pytest.mark.parametrize(
    ("word", "status", "details", "item"),
    [
        ("stop", "completed", None, "completed"),
        ("tool_call", "completed", None, "completed"),
        ("stop_sequence", "completed", None, "completed"),
        ("refusal", "incomplete", {"reason": "content_filter"}, "incomplete"),
        ("pause", "incomplete", {"reason": "max_output_tokens"}, "incomplete"),
        ("", "completed", None, "completed"),
        ("length", "incomplete", {"reason": "max_output_tokens"}, "incomplete"),
        ("content_filter", "incomplete", {"reason": "content_filter"}, "incomplete"),
        ("error", "failed", None, "incomplete"),
    ],
)
def test_how_a_response_ends(
    word: str, status: str, details: dict[str, str] | None, item: str
) -> None:
    ending = Ending(word)
    assert (ending.status, ending.details, ending.item_status) == (status, details, item)
    assert (ending.error is not None) == (status == "failed")


def test_a_failure_says_what_failed() -> None:
    assert Ending("stop", "t: m").error == {"code": "server_error", "message": "t: m"}


def test_what_was_said_together_is_one_item() -> None:
    assert items(TextPart(content="a"), RefusalPart(content="b")) == [
        {
            "id": "msg_1f0",
            "type": "message",
            "status": "completed",
            "content": [
                {"type": "output_text", "annotations": [], "logprobs": [], "text": "a"},
                {"type": "refusal", "refusal": "b"},
            ],
            "role": "assistant",
        }
    ]


def test_items_of_all_kinds() -> None:
    search = {"type": "web_search_call", "id": "ws"}
    parts: list[Part] = [
        ReasoningPart(content="hm", signature="s", source="anthropic"),
        TextPart(content="a"),
        ToolCallPart(name="f", id="c", arguments={"a": 1}, signature="s", source="gemini"),
        ToolCallPart(name="f", id="c"),
        MediaPart(modality="image", mime_type="image/jpeg", data="QUJD"),
        MediaPart(modality="audio", data="QUJD"),
        RawPart(content=search, dialect="openai_responses"),
        RawPart(content={"type": "x"}, dialect="anthropic"),
    ]
    assert [(item["type"], item["id"]) for item in items(*parts)] == [
        ("reasoning", "rs_1f0"),
        ("message", "msg_1f1"),
        ("function_call", "fc_1f2"),
        ("function_call", "fc_1f3"),
        ("image_generation_call", "ig_1f4"),
        ("web_search_call", "ws"),
    ]
    _, _, first, second, image, _ = items(*parts)
    assert first["extra_content"] == {"google": {"thought_signature": "vdt:gemini:s"}}
    assert (first["call_id"], second["call_id"]) == ("c", "call_1f3")
    assert image["output_format"] == "jpeg"


def test_a_call_of_a_custom_tool() -> None:
    tools = (ToolDefinition(name="p", extra={"type": "custom"}),)
    context = WriteContext(
        request=ChatRequest(model="m", tools=tools), model="m", id="1f", created_s=7
    )
    call = ToolCallPart(name="p", id="c", arguments={"input": "x"})
    answer = Answer(messages=(Message(role="assistant", parts=(call,)),))
    assert output_items(answer, context, Ending("stop")) == [
        {
            "id": "ctc_1f0",
            "status": "completed",
            "type": "custom_tool_call",
            "call_id": "c",
            "name": "p",
            "input": "x",
        }
    ]


def test_only_what_was_being_written_is_incomplete() -> None:
    def statuses(*parts: Part) -> list[str]:
        return [item["status"] for item in items(*parts, word="length")]

    text, whole = TextPart(content="a"), ToolCallPart(name="f", id="c", arguments={"a": 1})
    assert statuses(whole, text) == ["completed", "incomplete"]
    assert statuses(text, whole) == ["completed", "completed"]
    assert statuses(text, replace(whole, arguments='{"a"')) == ["completed", "incomplete"]
    thought = ReasoningPart(content="hm")
    assert "status" not in items(thought, word="length")[0]


def test_citations_of_both_forms() -> None:
    flat = {"type": "url_citation", **CITED}
    nested = {"type": "url_citation", "url_citation": CITED}

    def annotations(dialect: str, *values: Any) -> Any:
        text = TextPart(content="a", extra={"annotations": list(values), "logprobs": []})
        return items(text, dialect=dialect)[0]["content"][0]["annotations"]

    assert annotations("openai_responses", flat) == [flat]
    assert annotations("openai_chat", nested, 5, {"url_citation": {"url": 1}}) == [flat]
    assert annotations("anthropic", flat) == []


def test_a_request_is_repeated_with_its_defaults() -> None:
    plain = repeated(ChatRequest(model="m"))
    assert plain["tools"] == []
    assert plain["tool_choice"] == "auto"
    assert plain["text"] == {"format": {"type": "text"}}
    assert plain["store"] is False
    body = {
        "model": "m",
        "instructions": "be kind",
        "input": "hi",
        "tools": [{"type": "web_search"}, {"type": "custom", "name": "p"}],
        "tool_choice": {"type": "file_search"},
        "text": {"format": {"type": "json_object"}, "verbosity": "low"},
        "reasoning": {"effort": "low"},
        "temperature": 0.5,
        "max_output_tokens": 9,
        "truncation": "auto",
        "metadata": {"a": "b", "n": 1},
        "store": True,
        "user": "u",
    }
    said = repeated(read_request(json.dumps(body).encode()))
    same = (
        "instructions", "tools", "tool_choice", "text", "temperature", "max_output_tokens",
        "truncation", "user",
    )  # fmt: skip
    assert {name: said[name] for name in same} == {name: body[name] for name in same}
    assert said["reasoning"] == {"effort": "low", "summary": None}
    assert said["metadata"] == {"a": "b"}


def test_response_objects() -> None:
    shape = ResponseShape(CONTEXT)
    running, ending = shape.running(), Ending("length")
    assert (running["id"], running["status"], running["model"]) == ("resp_1f", "in_progress", "m")
    shape.id, shape.model = "x", "y"
    ended = shape.ended(ending, items(TextPart(content="a")), Usage(output_text=2))
    assert (ended["id"], ended["status"], ended["model"]) == ("x", "incomplete", "y")
    for response in (running, ended):
        Response.model_validate(response, strict=True)


def test_no_id_comes_twice() -> None:
    ids = Ids(CONTEXT)
    assert [ids.call("a", 0), ids.call("a", 1), ids.call("", 2)] == ["a", "call_1f1", "call_1f2"]
    assert call_prefix({"type": "custom_tool_call"}) == "ctc"
