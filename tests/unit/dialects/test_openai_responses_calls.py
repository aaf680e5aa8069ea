"""Calls and results as items."""

from typing import Any

import pytest

from vedette.dialects.openai_responses_calls import (
    CallWriter,
    call_item,
    sign_call,
    write_arguments,
)
from vedette.dialects.openai_responses_content import NAME, ContentWriter
from vedette.model.chat import MediaPart, TextPart, ToolCallPart, ToolResultPart

OWN = ContentWriter(NAME, "input")
FOREIGN = ContentWriter("gemini", "contents")
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [(None, "{}"), ({}, "{}"), ({"a": 1}, '{"a":1}'), ('{"a": ', '{"a": '), ([1], "[1]")],
)
def test_arguments(arguments: Any, text: str) -> None:
    assert write_arguments(arguments) == text


def test_a_call_of_a_custom_tool_is_a_custom_call() -> None:
    part = ToolCallPart(name="p", arguments={"input": "a"})
    assert call_item(part, "1", frozenset({"p"})) == {
        "type": "custom_tool_call",
        "call_id": "1",
        "name": "p",
        "input": "a",
    }
    # The model did not keep to it: better a function call than an empty text.
    odd = ToolCallPart(name="p", arguments={"text": "a"})
    assert call_item(odd, "1", frozenset({"p"}))["type"] == "function_call"


def test_results_are_of_the_kind_of_their_call() -> None:
    writer = CallWriter(OWN, frozenset({"p"}))
    writer.call(ToolCallPart(name="p", id="1", arguments={"input": "a"}))
    writer.call(ToolCallPart(name="f", id="2"))
    kinds = [writer.result(ToolResultPart(id=id, result="x"))["type"] for id in "12"]
    assert kinds == ["custom_tool_call_output", "function_call_output"]


@pytest.mark.parametrize(
    ("part", "output"),
    [
        (ToolResultPart(id="1", result="x"), "x"),
        (ToolResultPart(id="1"), ""),
        (ToolResultPart(id="1", result={"a": 1}), '{"a":1}'),
        (ToolResultPart(id="1", result=["x"], parts=(TextPart(content="x"),)), "x"),
        (
            ToolResultPart(
                id="1",
                parts=(TextPart(content="x"), MediaPart(modality="image", uri="https://x.example")),
            ),
            [
                {"type": "input_text", "text": "x"},
                {"type": "input_image", "image_url": "https://x.example", "detail": "auto"},
            ],
        ),
    ],
)
def test_results(part: ToolResultPart, output: Any) -> None:
    assert CallWriter(FOREIGN, NONE).result(part) == {
        "type": "function_call_output",
        "call_id": "1",
        "output": output,
    }


def test_other_fields_go_only_home() -> None:
    call = ToolCallPart(name="f", id="1", extra={"id": "fc", "namespace": "n"})
    result = ToolResultPart(id="1", name="f", result="x", extra={"id": "o"})
    assert CallWriter(OWN, NONE).call(call).keys() >= {"id", "namespace"}
    assert CallWriter(OWN, NONE).result(result)["name"] == "f"
    assert not CallWriter(FOREIGN, NONE).call(call).keys() & {"id", "namespace"}
    assert "name" not in CallWriter(FOREIGN, NONE).result(result)


def test_signatures_are_sealed_for_clients_and_kept_from_other_providers() -> None:
    part = ToolCallPart(name="f", id="1", signature="s", source="gemini")
    signed = {"extra_content": {"google": {"thought_signature": "vdt:gemini:s"}}}
    assert sign_call(part) == signed
    assert sign_call(ToolCallPart(name="f")) == {}
    assert "extra_content" not in CallWriter(FOREIGN, NONE).call(part)
