"""Streams for Bedrock's clients, with botocore as the judge of every frame."""

from typing import Any

import pytest
from botocore.exceptions import EventStreamError  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import aws
from tests.support.bedrock import TAPES, context, deltas, plain, streamed
from vedette.dialects.assemble import assemble
from vedette.dialects.bedrock import CONTENT_TYPE, FRAMING, StreamWriter
from vedette.dialects.contract import Fault
from vedette.dialects.replay import replay
from vedette.dialects.stops import neutral_stop
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    Message,
    RawDelta,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

PNG = "iVBORw0KGgo="
START = {"messageStart": {"role": "assistant"}}
NO_USAGE = {"inputTokens": 0, "outputTokens": 0, "totalTokens": 0}


def write(*said: Delta, request: ChatRequest | None = None) -> bytes:
    writer = StreamWriter(context(request))
    return b"".join(map(writer.write, said)) + writer.end()


def heard(*said: Delta, request: ChatRequest | None = None) -> list[dict[str, Any]]:
    """The events between the start and the figures, as boto3 yields them."""
    events = aws.events(write(*said, request=request))
    check_order(events)
    assert events[0] == START
    return events[1:-1]


def check_order(events: list[dict[str, Any]]) -> None:
    """Blocks begin with the next index, end before the next one, and all before the message."""
    index, is_open = 0, False
    names = [next(iter(event)) for event in events]
    assert names[0] == "messageStart"
    assert names[-2:] == ["messageStop", "metadata"]
    for event in events[1:-2]:
        ((name, content),) = event.items()
        assert content["contentBlockIndex"] == index
        if name == "contentBlockStart":
            assert not is_open
        is_open = name != "contentBlockStop"
        index += name == "contentBlockStop"
    assert not is_open


def delta(index: int, **piece: Any) -> dict[str, Any]:
    return {"contentBlockDelta": {"contentBlockIndex": index, "delta": piece}}


def start(index: int, id: str, name: str) -> dict[str, Any]:
    tool = {"toolUse": {"toolUseId": id, "name": name}}
    return {"contentBlockStart": {"contentBlockIndex": index, "start": tool}}


def stop(index: int) -> dict[str, Any]:
    return {"contentBlockStop": {"contentBlockIndex": index}}


def ended(reason: str = "end_turn", **more: Any) -> dict[str, Any]:
    return {"messageStop": {"stopReason": reason, **more}}


def test_the_frames_are_named_for_what_they_are() -> None:
    assert (FRAMING, CONTENT_TYPE) == ("eventstream", b"application/vnd.amazon.eventstream")


def test_text_has_no_start() -> None:
    assert heard(Start("id", "m"), TextDelta("Grü"), TextDelta("ße"), Stop("stop")) == [
        delta(0, text="Grü"),
        delta(0, text="ße"),
        stop(0),
        ended(),
    ]


def test_each_delta_is_told_at_once() -> None:
    writer = StreamWriter(context())
    for said in (Start(), TextDelta("a"), ReasoningDelta("b"), ToolStart(0, "t", "f"),
                 ToolArguments(0, '{"a'), ToolArguments(0, '":1}'), TextDelta("c")):  # fmt: skip
        assert writer.write(said)


def test_calls_one_after_the_other() -> None:
    assert heard(
        Start(),
        TextDelta("Let me see."),
        ToolStart(0, "c0", "f"),
        ToolArguments(0, '{"a"'),
        ToolArguments(0, ":1}"),
        ToolStart(1, "", "g"),
        ToolEnd(1),
        Stop("tool_call"),
    ) == [
        delta(0, text="Let me see."),
        stop(0),
        start(1, "c0", "f"),
        delta(1, toolUse={"input": '{"a"'}),
        delta(1, toolUse={"input": ":1}"}),
        stop(1),
        start(2, "tooluse_0123456789abcdef_1", "g"),
        delta(2, toolUse={"input": "{}"}),
        stop(2),
        ended("tool_use"),
    ]


def test_interleaved_calls_come_one_after_the_other() -> None:
    events = heard(
        ToolStart(0, "c0", "f"),
        ToolArguments(0, '{"a"'),
        ToolStart(1, "c1", "g"),
        ToolArguments(1, '{"b"'),
        ToolArguments(0, ":1}"),
        TextDelta("so"),
        ToolArguments(1, ":2}"),
        TextDelta(" be it"),
    )
    assert events == [
        start(0, "c0", "f"),
        delta(0, toolUse={"input": '{"a"'}),
        delta(0, toolUse={"input": ":1}"}),
        stop(0),
        start(1, "c1", "g"),
        delta(1, toolUse={"input": '{"b"'}),
        delta(1, toolUse={"input": ":2}"}),
        stop(1),
        delta(2, text="so"),
        delta(2, text=" be it"),
        stop(2),
        ended("tool_use"),
    ]


def test_what_waits_is_written_when_the_message_ends() -> None:
    events = heard(
        ToolStart(0, "c0", "f"),
        ToolArguments(0, "{not json"),
        ToolStart(1, "c1", "g"),
        ToolStart(2, "c2", "h"),
        ToolArguments(2, "{"),
        TextDelta("end"),
    )
    assert [event for event in events if "contentBlockStart" in event] == [
        start(0, "c0", "f"),
        start(1, "c1", "g"),
        start(2, "c2", "h"),
    ]
    assert events[-3:] == [delta(3, text="end"), stop(3), ended("tool_use")]


def test_thoughts_end_with_their_signatures() -> None:
    assert heard(
        ReasoningDelta("a"),
        ReasoningDelta("b"),
        ReasoningDelta("", signature="s1", source="anthropic"),
        ReasoningDelta("c", signature="s2", source="bedrock"),
        ReasoningDelta("", signature="red", redacted=True, source="anthropic"),
        TextDelta("d"),
    ) == [
        delta(0, reasoningContent={"text": "a"}),
        delta(0, reasoningContent={"text": "b"}),
        delta(0, reasoningContent={"signature": "vdt:anthropic:s1"}),
        stop(0),
        delta(1, reasoningContent={"text": "c"}),
        delta(1, reasoningContent={"signature": "s2"}),
        stop(1),
        delta(2, reasoningContent={"redactedContent": b"vdt:anthropic:red"}),
        stop(2),
        delta(3, text="d"),
        stop(3),
        ended(),
    ]


def test_a_foreign_thought_without_signature_is_marked() -> None:
    assert heard(ReasoningDelta("a", source="gemini"))[:3] == [
        delta(0, reasoningContent={"text": "a"}),
        delta(0, reasoningContent={"signature": "vdt:gemini:"}),
        stop(0),
    ]
    assert stop(0) == heard(ReasoningDelta("a"))[1]


def test_a_picture_is_a_block_and_a_sound_is_none() -> None:
    events = heard(
        MediaDelta("image", 8, mime_type="image/png", data=PNG),
        MediaDelta("audio", 8, mime_type="audio/wav", data="AAAA"),
        MediaDelta("image", 8, file_id="elsewhere"),
    )
    picture = {"contentBlockIndex": 0, "start": {"image": {"format": "png"}}}
    assert events == [
        {"contentBlockStart": picture},
        delta(0, image={"source": {"bytes": b"\x89PNG\r\n\x1a\n"}}),
        stop(0),
        ended(),
    ]


def test_the_figures_come_last() -> None:
    stream = write(UsageDelta(Usage(input_uncached=1)), UsageDelta(Usage(
        input_uncached=10, cache_read=5, cache_write=3, cache_write_1h=2, audio_input=1,
        output_text=4, reasoning=6)), Stop("length"))  # fmt: skip
    assert aws.events(stream) == [
        START,
        ended("max_tokens"),
        {
            "metadata": {
                "usage": {
                    "inputTokens": 11,
                    "outputTokens": 10,
                    "totalTokens": 31,
                    "cacheReadInputTokens": 5,
                    "cacheWriteInputTokens": 5,
                    "cacheDetails": [
                        {"ttl": "1h", "inputTokens": 2},
                        {"ttl": "5m", "inputTokens": 3},
                    ],
                },
                "metrics": {"latencyMs": 0},
            }
        },
    ]


def test_an_empty_answer_is_a_whole_stream() -> None:
    metadata = {"metadata": {"usage": NO_USAGE, "metrics": {"latencyMs": 0}}}
    assert aws.events(write()) == [START, ended(), metadata]


def test_the_stop_sequence_is_told_to_those_who_asked() -> None:
    said = (TextDelta("a"), Stop("stop_sequence", sequence="END"))
    asking = ChatRequest(
        model="m", unknown={"additionalModelResponseFieldPaths": ["/stop_sequence"]}
    )
    told = {"additionalModelResponseFields": {"stop_sequence": "END"}}
    assert heard(*said, request=asking)[-1] == ended("stop_sequence", **told)
    assert heard(*said)[-1] == ended("stop_sequence")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(429, "slow down", "rate_limit_error"), "throttlingException"),
        (Fault(400, "no", "invalid_request_error"), "validationException"),
        (Fault(502, "broke off", "upstream_error"), "modelStreamErrorException"),
        (Fault(500, "no", "ModelStreamErrorException"), "modelStreamErrorException"),
    ],
)
def test_an_error_is_raised_by_the_client(fault: Fault, code: str) -> None:
    writer = StreamWriter(context())
    stream = writer.write(Start()) + writer.write(TextDelta("a")) + writer.error(fault)
    with pytest.raises(EventStreamError) as raised:
        aws.events(stream)
    assert raised.value.response["Error"]["Code"] == code
    assert raised.value.response["Error"]["Message"] == fault.message
    assert StreamWriter(context()).error(fault)


def neutral(answer: Answer) -> Answer:
    calls = any(isinstance(part, ToolCallPart) for part in answer.messages[0].parts)
    reason = neutral_stop("bedrock", answer.finish_reasons[0], calls=calls)
    message = replace(answer.messages[0], finish_reason=reason)
    return replace(answer, messages=(message,), finish_reasons=(reason,))


@pytest.mark.parametrize("tape", TAPES)
def test_what_was_read_and_written_again_is_the_same(tape: str) -> None:
    read = neutral(assemble(deltas(streamed(tape))))
    asking = ChatRequest(
        model="m", unknown={"additionalModelResponseFieldPaths": ["/stop_sequence"]}
    )
    again = assemble(deltas(write(*replay(read), request=asking)))
    assert neutral(again) == plain(read)


TEXTS = st.text(min_size=1, max_size=5)
SOURCES = st.sampled_from(("bedrock", "anthropic", "gemini", "openai_responses"))
SIGNED = st.builds(
    lambda text, source: ReasoningPart(content=text, signature="sig", source=source), TEXTS, SOURCES
)
REDACTED = st.builds(
    lambda source: ReasoningPart(content="", signature="cmVk", redacted=True, source=source),
    SOURCES,
)
CALLS = st.builds(
    lambda id, a, signature: ToolCallPart(
        id=id, name="f", arguments=a, signature=signature, source="gemini" if signature else ""
    ),
    st.uuids().map(str),
    st.dictionaries(TEXTS, st.integers(-9, 9) | TEXTS, max_size=2),
    st.sampled_from(("", "sig")),
)
PARTS = st.lists(TEXTS.map(lambda text: TextPart(content=text)) | SIGNED | REDACTED | CALLS)


@given(PARTS)
def test_every_answer_survives(parts: list[Any]) -> None:
    joined = [
        part
        for at, part in enumerate(parts)
        if not (at and isinstance(part, TextPart) and isinstance(parts[at - 1], TextPart))
    ]
    message = Message("assistant", tuple(joined), finish_reason="length")
    answer = Answer(messages=(message,), finish_reasons=("length",), usage=Usage(output_text=1))
    stream = write(*replay(answer))
    check_order(aws.events(stream))
    read = assemble(deltas(stream))
    assert read.messages[0].parts == message.parts
    assert (read.finish_reasons, read.usage) == (("max_tokens",), answer.usage)


INDEXES = st.integers(0, 2)
ODD = st.lists(
    st.one_of(
        st.builds(TextDelta, st.text(max_size=3), st.integers(0, 1)),
        st.builds(RefusalDelta, st.text(max_size=3)),
        st.builds(ReasoningDelta, st.text(max_size=3), st.just(0), st.sampled_from(("", "s")),
                  st.booleans(), st.sampled_from(("", "gemini", "bedrock"))),
        st.builds(ToolStart, INDEXES, st.sampled_from(("", "t")), st.just("f")),
        st.builds(ToolArguments, INDEXES, st.sampled_from(("", "{", "}", "{}", '"a":1', "x"))),
        st.builds(ToolEnd, INDEXES),
        st.just(MediaDelta("image", 8, mime_type="image/png", data=PNG)),
        st.sampled_from((Start(), Start("a", "b"), End(), ErrorDelta("e"), RawDelta(b"{}"))),
        st.builds(Stop, st.sampled_from(("stop", "tool_call", "novel", ""))),
        st.just(UsageDelta(Usage(output_text=3))),
    ),
    max_size=12,
)  # fmt: skip


@given(ODD)
def test_any_sequence_gives_a_valid_stream(said: list[Delta]) -> None:
    stream = write(*said)
    check_order(aws.events(stream))
    texts = "".join(
        d.text for d in said if isinstance(d, TextDelta | RefusalDelta) and not d.choice
    )
    read = assemble(deltas(stream))
    parts = read.messages[0].parts
    assert "".join(part.content for part in parts if isinstance(part, TextPart)) == texts
    starts = {d.index for d in said if isinstance(d, ToolStart)}
    assert sum(isinstance(part, ToolCallPart) for part in parts) == len(starts)
