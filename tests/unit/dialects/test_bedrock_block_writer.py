"""Parts as content blocks; reading them again gives the same parts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects import bedrock_block_writer as blocks
from vedette.dialects.bedrock_blocks import read_block
from vedette.model.chat import (
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)


@pytest.mark.parametrize(
    "block",
    [
        {"text": "a"},
        {"guardContent": {"text": {"text": "a", "qualifiers": ["query"]}}},
        {"citationsContent": {"content": [{"text": "a"}], "citations": [{"title": "t"}]}},
        {"citationsContent": {"content": [{"text": "a"}, {"text": "b"}], "citations": []}},
    ],
)
def test_texts_keep_what_bedrock_made_of_them(block: dict[str, Any]) -> None:
    part = read_block(block)
    assert isinstance(part, TextPart)
    assert blocks.text_block(part, own=True) == block
    assert blocks.text_block(part, own=False) == {"text": part.content}


def test_json_in_a_result_is_json_again() -> None:
    part = TextPart(content='{"a":1}', extra={"json": True})
    assert blocks.text_block(part, own=True) == {"json": {"a": 1}}


def test_a_guarded_picture() -> None:
    block = {"guardContent": {"image": {"format": "png", "source": {"bytes": "AAAA"}}}}
    part = read_block(block)
    assert isinstance(part, MediaPart)
    assert blocks.media_block(part, own=True) == block
    assert blocks.media_block(part, own=False) == block["guardContent"]


def test_thoughts() -> None:
    thought = ReasoningPart(content="hm", signature="s")
    assert blocks.reasoning_block(thought, "sealed") == {
        "reasoningContent": {"reasoningText": {"text": "hm", "signature": "sealed"}}
    }
    assert blocks.reasoning_block(thought, "") == {
        "reasoningContent": {"reasoningText": {"text": "hm"}}
    }
    redacted = ReasoningPart(content="", signature="cmVk", redacted=True)
    assert blocks.reasoning_block(redacted, "cmVk") == {
        "reasoningContent": {"redactedContent": "cmVk"}
    }


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ({"a": 1}, {"a": 1}),
        (None, {}),
        ("", {}),
        ("{not json", {"INVALID_JSON": "{not json"}),
        ([1], {"INVALID_JSON": "[1]"}),
    ],
)
def test_arguments_are_an_object(arguments: Any, written: dict[str, Any]) -> None:
    part = ToolCallPart(name="f", id="c", arguments=arguments, extra={"type": "custom"})
    assert blocks.call_block(part, "d", own=False) == {
        "toolUse": {"toolUseId": "d", "name": "f", "input": written}
    }


def test_a_call_of_this_dialect_is_as_it_was() -> None:
    block = {"toolUse": {"toolUseId": "t", "name": "f", "input": [1], "type": "server_tool_use"}}
    part = read_block(block)
    assert isinstance(part, ToolCallPart)
    assert blocks.call_block(part, part.id, own=True) == block


@pytest.mark.parametrize(
    ("result", "own", "written"),
    [
        ("42", False, [{"text": "42"}]),
        (" ", False, []),
        (None, False, []),
        ({"a": 1}, False, [{"json": {"a": 1}}]),
        ([1, 2], False, [{"text": "[1,2]"}]),
        (True, False, [{"text": "true"}]),
        ([1, 2], True, [{"json": [1, 2]}]),
    ],
)
def test_results_of_one_value(result: Any, own: bool, written: list[Any]) -> None:
    assert list(blocks.plain_result(result, own=own)) == written


def test_results_say_whether_they_failed() -> None:
    failed = ToolResultPart(id="c", is_error=True, extra={"cache_control": {}})
    assert blocks.result_block(failed, "d", [], own=False) == {
        "toolResult": {"toolUseId": "d", "content": [], "status": "error"}
    }
    block = {"toolResult": {"toolUseId": "t", "content": [{"text": "a"}], "status": "success"}}
    part = read_block(block)
    assert isinstance(part, ToolResultPart)
    assert blocks.result_block(part, "t", [{"text": "a"}], own=True) == block


def test_raw_blocks_go_where_they_came_from() -> None:
    part = RawPart(content={"cachePoint": {}}, dialect="bedrock")
    assert blocks.raw_block(part, "bedrock") == {"cachePoint": {}}
    assert blocks.raw_block(RawPart(content={"type": "x"}, dialect="anthropic"), "bedrock") is None
    assert blocks.raw_block(RawPart(content="x", dialect="bedrock"), "bedrock") is None


@given(st.text(), st.sampled_from(("", "s")))
def test_what_was_written_reads_the_same(text: str, signature: str) -> None:
    for part, block in (
        (TextPart(content=text), blocks.text_block(TextPart(content=text), own=True)),
        (
            ReasoningPart(content=text, signature=signature, source="bedrock" if signature else ""),
            blocks.reasoning_block(ReasoningPart(content=text), signature),
        ),
    ):
        read: Part = read_block(block)
        assert read == part
