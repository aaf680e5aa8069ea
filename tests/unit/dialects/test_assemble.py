"""A streamed answer, put together, is the answer as it would have been whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.recordings import (
    CODECS,
    PAIRS,
    SharedTape,
    codec_of,
    shared_tapes,
    streamed,
    whole,
)
from vedette.dialects.assemble import assemble, join_base64
from vedette.dialects.framing import SSEReader
from vedette.model.chat import (
    Answer,
    Delta,
    ErrorDelta,
    MediaDelta,
    MediaPart,
    Part,
    RawDelta,
    RawPart,
    ReasoningDelta,
    ReasoningPart,
    RefusalPart,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


def read_stream(dialect: str, *pieces: bytes) -> list[Delta]:
    frames, stream = SSEReader(), CODECS[dialect].StreamReader()
    events = [event for piece in pieces for event in frames.feed(piece)] + frames.close()
    return [delta for event in events for delta in stream.read(event.data)]


def without_extras(answer: Answer) -> Answer:
    """Annotations, filter results, the time: these come only with whole answers."""
    messages = tuple(
        replace(message, extra={}, parts=tuple(map(plain, message.parts)))
        for message in answer.messages
    )
    return replace(answer, messages=messages, extra={}, created_s=0, dialect="")


def plain(part: Part) -> Part:
    return part if isinstance(part, RawPart | RefusalPart) else replace(part, extra={})


@pytest.mark.parametrize("pair", PAIRS)
def test_streamed_and_whole_are_the_same(pair: str) -> None:
    answer = assemble(read_stream(pair.partition("/")[0], streamed(pair)))
    assert answer == without_extras(codec_of(pair).read_answer(whole(pair)))
    assert answer.messages
    assert answer.usage is not None


@given(pair=st.sampled_from(PAIRS), cuts=st.lists(st.integers(0, 6000), max_size=30))
def test_any_split_gives_the_same_deltas(pair: str, cuts: list[int]) -> None:
    stream, dialect = streamed(pair), pair.partition("/")[0]
    bounds = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    pieces = [stream[start:end] for start, end in pairwise(bounds)]
    assert read_stream(dialect, *pieces) == read_stream(dialect, stream)


def test_a_cut_answer_has_what_came() -> None:
    answer = assemble(
        [
            Start("id", "m"),
            TextDelta("Hel"),
            TextDelta("lo"),
            ToolStart(0, "c1", "f"),
            ToolArguments(0, '{"a": 1, "b'),
            ErrorDelta("gone", "server_error"),
        ]
    )
    assert (answer.id, answer.model, answer.error) == ("id", "m", "server_error: gone")
    assert answer.messages[0].parts == (
        TextPart(content="Hello"),
        ToolCallPart(name="f", id="c1", arguments='{"a": 1, "b'),
    )
    assert answer.finish_reasons == ("",)


def test_parts_keep_their_order_and_the_last_figures_count() -> None:
    answer = assemble(
        [
            ReasoningDelta("a", signature="s1"),
            TextDelta("b"),
            ReasoningDelta("", signature="enc", redacted=True),
            MediaDelta("audio", 1, 0, "f1", "", "QQ=="),
            MediaDelta("audio", 2, data="QkM="),
            MediaDelta("image", 3, mime_type="image/png", data="AAAA"),
            TextDelta("c"),
            ToolStart(0, "", "g"),
            RawDelta(b"?"),
            Stop("stop"),
            UsageDelta(Usage(output_text=1)),
            UsageDelta(Usage(output_text=2)),
        ]
    )
    assert answer.messages[0].parts == (
        ReasoningPart(content="a", signature="s1"),
        TextPart(content="b"),
        ReasoningPart(content="", signature="enc", redacted=True),
        MediaPart(modality="image", mime_type="image/png", size_bytes=3, data="AAAA"),
        TextPart(content="c"),
        MediaPart(modality="audio", file_id="f1", size_bytes=3, data="QUJD"),
        ToolCallPart(name="g", arguments={}),
    )
    assert answer.usage == Usage(output_text=2)
    assert answer.finish_reasons == ("stop",)


def test_a_signature_ends_a_thought() -> None:
    answer = assemble(
        [
            ReasoningDelta("a"),
            ReasoningDelta("b", signature="s1", source="anthropic"),
            ReasoningDelta("", signature="s2", source="anthropic"),
            ReasoningDelta("c", id="r1"),
            ReasoningDelta("d", id="r1"),
            ReasoningDelta("e", id="r2"),
            ReasoningDelta("", signature="enc", redacted=True, source="anthropic"),
            ReasoningDelta("f"),
            ToolStart(0, "c1", "f", 0, "s3", "gemini"),
            Stop("stop_sequence", 0, "END"),
        ]
    )
    assert answer.messages[0].parts == (
        ReasoningPart(content="ab", signature="s1", source="anthropic"),
        ReasoningPart(content="", signature="s2", source="anthropic"),
        ReasoningPart(content="cd", id="r1"),
        ReasoningPart(content="e", id="r2"),
        ReasoningPart(content="", signature="enc", redacted=True, source="anthropic"),
        ReasoningPart(content="f"),
        ToolCallPart(name="f", id="c1", arguments={}, signature="s3", source="gemini"),
    )
    assert answer.stop_sequence == "END"


def test_blocks_that_come_whole_are_kept() -> None:
    block = b'{"type":"content_block_start","content_block":{"type":"web_search_tool_result"}}'
    answer = assemble([RawDelta(block), RawDelta(b'{"type":"other"}'), RawDelta(b"?")])
    assert answer.messages[0].parts == (
        RawPart(content={"type": "web_search_tool_result"}, dialect="anthropic"),
    )


def test_pieces_of_base64_are_joined_as_what_they_mean() -> None:
    assert join_base64(["QQ==", "QkM="]) == "QUJD"
    assert join_base64(["anything"]) == "anything"
    assert join_base64(["A", "é"]) == ""


def test_nothing_makes_an_empty_answer() -> None:
    assert assemble([]) == Answer()


SHARED_DIALECTS = {
    "chat": "openai_chat",
    "completions": "openai_completions",
    "embeddings": "openai_embeddings",
    "responses": "openai_responses",
    "messages": "anthropic",
}
OTHER_FORMATS = ("bedrock", "cohere", "gemini", "ollama", "voyage")


def ours() -> list[SharedTape]:
    return [
        tape
        for tape in shared_tapes()
        if tape.api in SHARED_DIALECTS and tape.provider not in OTHER_FORMATS
    ]


@pytest.mark.parametrize("tape", ours(), ids=lambda tape: tape.name)
def test_shared_recordings_read_without_surprises(tape: SharedTape) -> None:
    dialect = SHARED_DIALECTS[tape.api]
    codec = CODECS[dialect]
    if tape.request:
        assert codec.read_request(tape.request).model
    deltas = read_stream(dialect, tape.response) if tape.streamed else []
    # Writer's old completions stream has a format of its own.
    assert tape.provider == "writer" or not [d for d in deltas if isinstance(d, RawDelta)]
    answer = assemble(deltas) if tape.streamed else codec.read_answer(tape.response)
    assert bool(answer.error) == (tape.status >= 400)
    if tape.usage is None or tape.status >= 400:
        assert answer.usage is None
        return
    assert answer.usage is not None
    figures = tape.usage
    cached = figures.get("cache_creation_input_tokens", 0) + figures.get(
        "cache_read_input_tokens", 0
    )
    prompt = figures.get("prompt_tokens", figures.get("input_tokens", 0) + cached)
    completion = figures.get("completion_tokens", figures.get("output_tokens", 0))
    assert (answer.usage.input_total, answer.usage.output_total) == (prompt, completion)
