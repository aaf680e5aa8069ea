from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.ingest.part_shapes import read_call, read_part, read_parts, read_result
from vedette.model.chat import (
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

CALL = ToolCallPart(name="look", id="c1", arguments={"at": 1})


@pytest.mark.parametrize(
    "written",
    [{"type": "tool_call", "id": "c1", "name": "look", "arguments": {"at": 1}},
     {"id": "c1", "type": "function", "function": {"name": "look", "arguments": '{"at": 1}'}},
     {"toolCallId": "c1", "toolName": "look", "args": '{"at": 1}'},
     {"type": "tool-call", "toolCallId": "c1", "toolName": "look", "input": {"at": 1}},
     {"type": "tool_use", "id": "c1", "name": "look", "input": {"at": 1}},
     {"tool_call": {"id": "c1", "function": {"name": "look", "arguments": '{"at": 1}'}}},
     {"name": "look", "args": {"at": 1}, "id": "c1", "type": "tool_call"}],
)  # fmt: skip
def test_a_call_is_the_same_in_every_form(written: dict[str, Any]) -> None:
    assert read_call(written) == CALL


@pytest.mark.parametrize(
    "written",
    [{"type": "tool_call_response", "id": "c1", "result": "4 °C"},
     {"type": "tool_call_response", "id": "c1", "response": "4 °C"},
     {"type": "tool-result", "toolCallId": "c1", "output": {"type": "text", "value": "4 °C"}},
     {"type": "tool_result", "tool_use_id": "c1", "content": [{"type": "text", "text": "4 °C"}]},
     {"tool_call_id": "c1", "content": "4 °C"}],
)  # fmt: skip
def test_a_result_is_the_same_in_every_form(written: dict[str, Any]) -> None:
    assert read_result(written) == ToolResultPart(id="c1", result="4 °C")


@pytest.mark.parametrize(
    ("written", "part"),
    [("hi", TextPart(content="hi")), ({"type": "text", "content": "hi"}, TextPart(content="hi")),
     ({"type": "output_text", "text": "hi"}, TextPart(content="hi")),
     ({"text": "hi"}, TextPart(content="hi")),
     ({"type": "reasoning", "content": "hm"}, ReasoningPart(content="hm")),
     ({"type": "thinking", "thinking": "hm", "signature": "s"},
      ReasoningPart(content="hm", signature="s")),
     ({"type": "redacted_thinking", "data": "s"},
      ReasoningPart(content="", signature="s", redacted=True)),
     ({"type": "refusal", "refusal": "no"}, RefusalPart(content="no")),
     ({"functionCall": {"name": "look", "args": {}}}, ToolCallPart(name="look", arguments={})),
     ({"message_content": {"type": "text", "text": "hi"}}, TextPart(content="hi")),
     ({"type": "invented", "x": 1}, RawPart(content={"type": "invented", "x": 1})),
     (7, RawPart(content=7))],
)  # fmt: skip
def test_a_part_is_read(written: Any, part: Part) -> None:
    assert read_part(written) == part


@pytest.mark.parametrize(
    ("written", "part"),
    [({"type": "uri", "modality": "image", "uri": "https://x/y.png", "mime_type": "image/png"},
      MediaPart(modality="image", mime_type="image/png", uri="https://x/y.png")),
     ({"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
      MediaPart(modality="image", mime_type="image/png", size_bytes=3)),
     ({"type": "image", "source": {"type": "base64", "media_type": "image/gif", "data": "AAAA"}},
      MediaPart(modality="image", mime_type="image/gif", size_bytes=3)),
     ({"type": "blob", "modality": "audio", "content": "AAAA", "mime_type": "audio/wav"},
      MediaPart(modality="audio", mime_type="audio/wav", size_bytes=3)),
     ({"type": "image", "image": {"image": {"url": "https://x"}}}, MediaPart(modality="image")),
     ({"type": "file", "file_id": "f1"}, MediaPart(modality="file", file_id="f1")),
     ({"type": "image", "image": "A" * 400}, MediaPart(modality="image", size_bytes=300))],
)  # fmt: skip
def test_of_inline_media_only_the_size_is_kept(written: dict[str, Any], part: MediaPart) -> None:
    assert read_part(written) == part


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "content", "image_url", "function", "id", "source",
                             "functionCall", "functionResponse", "result"]),
            inner | st.sampled_from(["text", "tool_call", "tool_result", "image", "reasoning"]),
            max_size=4,
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_anything_becomes_parts_that_can_be_written(value: Any) -> None:
    assert msgspec.json.encode(tuple(read_parts(value)))
