"""Events of ConverseStream, from our own tapes and one by one."""

import base64
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.bedrock import TAPES, deltas, plain, streamed, whole
from vedette.dialects.assemble import assemble
from vedette.dialects.bedrock import StreamReader, read_answer
from vedette.dialects.eventstream import exception_frame, frame
from vedette.dialects.openai_stream import is_output
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    RawDelta,
    ReasoningDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


@pytest.mark.parametrize("tape", TAPES)
def test_streamed_and_whole_are_the_same(tape: str) -> None:
    answer = assemble(deltas(streamed(tape)))
    assert answer == plain(read_answer(whole(tape)))
    assert answer.messages[0].parts


@given(st.sampled_from(TAPES), st.lists(st.integers(0, 3000), max_size=30))
def test_any_split_gives_the_same_deltas(tape: str, cuts: list[int]) -> None:
    stream = streamed(tape)
    bounds = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    assert deltas(*(stream[a:b] for a, b in pairwise(bounds))) == deltas(stream)


def test_calls_are_counted_and_the_figures_come_last() -> None:
    assert deltas(streamed("tools")) == [
        Start(),
        TextDelta("Let me look."),
        ToolStart(0, "tooluse_A1b2C3d4", "get_weather"),
        ToolArguments(0, '{"city"'),
        ToolArguments(0, ': "Zür'),
        ToolArguments(0, 'ich", "days": 2}'),
        ToolEnd(0),
        ToolStart(1, "tooluse_E5f6G7h8", "get_time"),
        ToolEnd(1),
        Stop("tool_use"),
        UsageDelta(
            Usage(
                input_uncached=40,
                cache_read=900,
                cache_write=200,
                cache_write_1h=100,
                output_text=77,
            )
        ),
        End(),
    ]


def read(**event: Any) -> list[Delta]:
    return StreamReader().read(msgspec.json.encode(event))


def delta(**piece: Any) -> list[Delta]:
    return read(contentBlockDelta={"contentBlockIndex": 3, "delta": piece, "p": "abc"})


def test_thoughts_come_with_their_signatures() -> None:
    assert delta(reasoningContent={"text": "hm"}) == [ReasoningDelta("hm")]
    assert delta(reasoningContent={"signature": "s"}) == [
        ReasoningDelta("", signature="s", source="bedrock")
    ]
    assert delta(reasoningContent={"redactedContent": "cmVk"}) == [
        ReasoningDelta("", signature="cmVk", redacted=True, source="bedrock")
    ]


def test_a_sealed_signature_names_its_signer() -> None:
    assert delta(reasoningContent={"signature": "vdt:gemini:s"}) == [
        ReasoningDelta("", signature="s", source="gemini")
    ]
    sealed = base64.b64encode(b"vdt:anthropic:s").decode()
    assert delta(reasoningContent={"redactedContent": sealed}) == [
        ReasoningDelta("", signature="s", redacted=True, source="anthropic")
    ]


def test_a_calls_signature_comes_with_the_call() -> None:
    reader = StreamReader()
    signed = b'{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"reasoningContent":%s}}}'
    assert reader.read(signed % b'{"signature":"vdt:call:vdt:gemini:s"}') == []
    start = b'{"contentBlockStart":{"contentBlockIndex":1,"start":{"toolUse":%s}}}'
    call = start % b'{"toolUseId":"t","name":"f"}'
    assert reader.read(call) == [ToolStart(0, "t", "f", 0, "s", "gemini")]
    assert reader.read(call) == [ToolStart(1, "t", "f")]


def test_the_sequence_that_ended_it() -> None:
    assert Stop("stop_sequence", sequence="three") in deltas(streamed("thinking"))
    assert read(messageStop={"stopReason": "end_turn"}) == [Stop("end_turn")]


def test_a_picture_has_its_type_from_its_start() -> None:
    assert [d for d in deltas(streamed("picture")) if isinstance(d, MediaDelta)] == [
        MediaDelta("image", 68, mime_type="image/png", data=PNG)
    ]


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


@pytest.mark.parametrize("tape", TAPES)
def test_the_first_output_is_no_preamble(tape: str) -> None:
    first = next(delta for delta in deltas(streamed(tape)) if is_output(delta))
    assert isinstance(first, TextDelta | ReasoningDelta)


@pytest.mark.parametrize(
    ("name", "payload", "expected"),
    [
        ("throttlingException", b'{"message":"slow"}', "slow"),
        ("modelStreamErrorException", b'{"originalMessage":"gone","originalStatusCode":500}',
         "gone"),
        ("novelException", b'{"x":1}', "novelException"),
        ("internalServerException", b"", "internalServerException"),
        ("validationException", b'"no"', "no"),
    ],
)  # fmt: skip
def test_an_exception_ends_the_stream(name: str, payload: bytes, expected: str) -> None:
    stream = frame("messageStart", b'{"role":"assistant"}') + exception_frame(name, payload)
    assert deltas(stream) == [Start(), ErrorDelta(expected, name)]


@pytest.mark.parametrize(
    "event",
    [
        {"contentBlockStart": {"start": {"toolResult": {"toolUseId": "t"}}}},
        {"contentBlockDelta": {"delta": {"toolResult": [{"text": "a"}]}}},
        {"contentBlockDelta": {"delta": {"citation": {"title": "t", "source": "text"}}}},
        {"contentBlockDelta": {}},
        {"contentBlockDelta": {"delta": {"text": None}}},
        {"contentBlockDelta": 5},
        {"novel": {"a": 1}},
        {"a": 1, "b": 2},
        {},
    ],
)
def test_what_means_nothing_is_kept(event: dict[str, Any]) -> None:
    data = msgspec.json.encode(event)
    assert StreamReader().read(data) == [RawDelta(data)]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"contentBlockDelta": {"contentBlockIndex": "x", "delta": {"text": "a"}}},
         [TextDelta("a")]),
        ({"contentBlockDelta": {"delta": {"text": ""}}}, []),
        ({"contentBlockDelta": {"delta": {"text": 5}}}, [TextDelta("5")]),
        ({"contentBlockDelta": {"delta": {"reasoningContent": {"text": None, "signature": "s"}}}},
         [ReasoningDelta("", signature="s", source="bedrock")]),
        ({"contentBlockDelta": {"delta": {"toolUse": {"input": "{}"}}}}, []),
        ({"contentBlockStop": {"contentBlockIndex": 7}}, []),
        ({"messageStop": {"stopReason": None}}, [Stop("")]),
        ({"metadata": {"usage": "x"}}, [End()]),
        ({"metadata": {"metrics": {}}}, [End()]),
    ],
)  # fmt: skip
def test_events_of_unexpected_types(event: dict[str, Any], expected: list[Delta]) -> None:
    assert read(**event) == expected


@given(st.binary(max_size=80) | st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.just("x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(("contentBlockDelta", "contentBlockStart", "delta", "start", "toolUse",
                         "text", "messageStop", "metadata", "usage", "reasoningContent")),
        inner, max_size=3),
    max_leaves=12,
).map(msgspec.json.encode))  # fmt: skip
def test_nothing_that_is_sent_raises(data: bytes) -> None:
    StreamReader().read(data)
