"""Content blocks of the Converse API, read."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.bedrock_blocks import (
    close_blob,
    close_call_signature,
    open_blob,
    open_call_signature,
    read_blocks,
    read_message,
)
from vedette.model.chat import (
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

PNG = {"format": "png", "source": {"bytes": "AAAA"}}
IMAGE = MediaPart(modality="image", mime_type="image/png", data="AAAA", size_bytes=3)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"text": "hi"}, TextPart(content="hi")),
        ({"image": PNG}, IMAGE),
        (
            {"toolUse": {"toolUseId": "t", "name": "f", "input": {"a": 1}}},
            ToolCallPart(id="t", name="f", arguments={"a": 1}),
        ),
        (
            {"toolUse": {"toolUseId": "t", "name": "f", "input": {}, "type": "server_tool_use"}},
            ToolCallPart(id="t", name="f", arguments={}, extra={"type": "server_tool_use"}),
        ),
        (
            {"reasoningContent": {"reasoningText": {"text": "hm", "signature": "s"}}},
            ReasoningPart(content="hm", signature="s", source="bedrock"),
        ),
        (
            {"reasoningContent": {"reasoningText": {"text": "hm"}}},
            ReasoningPart(content="hm"),
        ),
        (
            {"reasoningContent": {"reasoningText": {"text": "hm", "signature": "vdt:gemini:s"}}},
            ReasoningPart(content="hm", signature="s", source="gemini"),
        ),
        (
            {"reasoningContent": {"redactedContent": "cmVk"}},
            ReasoningPart(content="", signature="cmVk", redacted=True, source="bedrock"),
        ),
        (
            {"guardContent": {"text": {"text": "hi", "qualifiers": ["query"]}}},
            TextPart(content="hi", extra={"guardContent": {"qualifiers": ["query"]}}),
        ),
        (
            {"guardContent": {"image": PNG}},
            MediaPart(
                modality="image",
                mime_type="image/png",
                data="AAAA",
                size_bytes=3,
                extra={"guardContent": {}},
            ),
        ),
        (
            {"citationsContent": {"content": [{"text": "so"}], "citations": [{"title": "t"}]}},
            TextPart(content="so", extra={"citationsContent": {"citations": [{"title": "t"}]}}),
        ),
        (
            {"citationsContent": {"content": [{"text": "a"}, {"text": "b"}]}},
            TextPart(
                content="ab",
                extra={"citationsContent": {"content": [{"text": "a"}, {"text": "b"}]}},
            ),
        ),
    ],
)
def test_blocks_become_parts(block: dict[str, Any], expected: Part) -> None:
    assert tuple(read_blocks([block])) == (expected,)


@pytest.mark.parametrize(
    "block",
    [
        {"cachePoint": {"type": "default"}},
        {"searchResult": {"source": "s", "title": "t", "content": [{"text": "x"}]}},
        {"novel": 1},
        {"text": "a", "novel": 1},
        {"text": 5},
        {"image": "x"},
        {"toolUse": {}},
        {"toolResult": None},
        {"guardContent": {"text": "x"}},
        {"reasoningContent": {"novel": 1}},
        {"citationsContent": []},
        "text",
        None,
        [],
    ],
)
def test_what_is_unknown_stays_as_it_came(block: Any) -> None:
    assert tuple(read_blocks([block])) == (RawPart(content=block, dialect="bedrock"),)


def result(content: list[Any], **more: Any) -> Part:
    (part,) = read_blocks([{"toolResult": {"toolUseId": "t", "content": content, **more}}])
    return part


def test_results_of_one_text_or_one_json() -> None:
    assert result([{"text": "42"}]) == ToolResultPart(id="t", result="42")
    assert result([{"json": {"a": 1}}]) == ToolResultPart(id="t", result={"a": 1})
    assert result([{"json": [1]}]) == ToolResultPart(id="t", result=[1])
    assert result([]) == ToolResultPart(id="t", result="")


def test_results_of_several_parts() -> None:
    assert result([{"text": "see "}, {"json": {"a": 1}}, {"image": PNG}]) == ToolResultPart(
        id="t",
        result='see {"a":1}',
        parts=(
            TextPart(content="see "),
            TextPart(content='{"a":1}', extra={"json": True}),
            IMAGE,
        ),
    )
    assert result([{"json": "x"}]) == ToolResultPart(
        id="t", result='"x"', parts=(TextPart(content='"x"', extra={"json": True}),)
    )


def test_a_failed_result_says_so() -> None:
    assert result([{"text": "no"}], status="error") == ToolResultPart(
        id="t", result="no", is_error=True
    )
    assert result([{"text": "ok"}], status="success", type="x") == ToolResultPart(
        id="t", result="ok", extra={"status": "success", "type": "x"}
    )


def test_a_signature_before_a_call_is_the_calls() -> None:
    def signed(signature: str) -> dict[str, Any]:
        return {"reasoningContent": {"reasoningText": {"text": "", "signature": signature}}}

    mark = close_call_signature("sig", "gemini")
    call = {"toolUse": {"toolUseId": "t", "name": "f", "input": {}}}
    bare = ToolCallPart(id="t", name="f", arguments={})
    own = ToolCallPart(id="t", name="f", arguments={}, signature="sig", source="gemini")
    assert tuple(read_blocks([signed(mark), call, call])) == (own, bare)
    # A thought that shows nothing is still one.
    assert tuple(read_blocks([signed("vdt:anthropic:s"), call])) == (
        ReasoningPart(content="", signature="s", source="anthropic"),
        bare,
    )
    assert tuple(read_blocks([signed(mark), {"text": "a"}, call])) == (
        TextPart(content="a"),
        bare,
    )
    assert open_call_signature("s") == ("", "")
    assert not close_call_signature("", "gemini")


def test_a_message_keeps_what_else_it_has() -> None:
    assert read_message({"role": "assistant", "content": [{"text": "a"}], "x": 1}) == Message(
        "assistant", (TextPart(content="a"),), extra={"x": 1}
    )
    assert read_message(None, role="assistant") == Message("assistant")


@given(st.text(max_size=20))
def test_a_blob_is_always_base64_and_tells_what_it_was(signature: str) -> None:
    blob = close_blob(signature)
    base64.b64decode(blob, validate=True)
    assert open_blob(blob) == (signature, "bedrock")
    sealed = close_blob(f"vdt:gemini:{signature}")
    base64.b64decode(sealed, validate=True)
    assert open_blob(sealed) == (signature, "gemini")


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("text", "image", "document", "source", "bytes", "s3Location", "toolUse", "json",
                 "toolResult", "content", "guardContent", "reasoningContent", "reasoningText",
                 "redactedContent", "citationsContent", "format")
            ),
            inner,
            max_size=2,
        )
    ),
    max_leaves=12,
)  # fmt: skip


@given(VALUES)
def test_nothing_that_is_sent_raises(value: Any) -> None:
    list(read_blocks(value))
    list(read_blocks([value]))
