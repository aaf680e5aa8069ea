"""Streams for clients of Ollama, from deltas in any order."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.framing import NDJSONReader
from vedette.dialects.ollama_stream import StreamReader
from vedette.dialects.ollama_writer import StreamWriter
from vedette.dialects.replay import replay
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

CONTEXT = WriteContext(
    request=ChatRequest(model="asked"), model="asked", id="0" * 16, created_s=1_700_000_000
)
DONE = {"done": True, "done_reason": "stop"}


def written(deltas: list[Delta], *, of_chat: bool = True, end: bool = True) -> bytes:
    writer = StreamWriter(CONTEXT, "ollama_chat", of_chat=of_chat)
    return b"".join([*map(writer.write, deltas), writer.end() if end else b""])


def lines(*deltas: Delta, of_chat: bool = True) -> list[dict[str, Any]]:
    """The lines without what all of them begin with."""
    read = [json.loads(line) for line in written(list(deltas), of_chat=of_chat).splitlines()]
    assert {line.pop("model") for line in read} == {"m" if Start("id", "m") in deltas else "asked"}
    assert {line.pop("created_at") for line in read} == {"2023-11-14T22:13:20Z"}
    return read


def said(**message: Any) -> dict[str, Any]:
    return {"message": {"role": "assistant", "content": "", **message}, "done": False}


def test_text_goes_out_as_it_comes() -> None:
    assert lines(Start("id", "m"), TextDelta("a"), RefusalDelta("b"), Stop("length")) == [
        said(content="a"),
        said(content="b"),
        {**said(), "done": True, "done_reason": "length"},
    ]


def test_an_empty_answer_has_its_last_line() -> None:
    assert lines() == [{**said(), **DONE}]
    assert lines(of_chat=False) == [{"response": "", **DONE}]


def test_a_call_waits_until_it_is_whole() -> None:
    writer = StreamWriter(CONTEXT, "ollama_chat", of_chat=True)
    assert writer.write(ToolStart(0, "x", "f")) == b""
    assert writer.write(ToolArguments(0, '{"a"')) == b""
    assert writer.write(ToolArguments(0, ":1}")) == b""
    line = json.loads(writer.write(ToolEnd(0)))
    assert line["message"]["tool_calls"] == [
        {"id": "x", "function": {"index": 0, "name": "f", "arguments": {"a": 1}}}
    ]


def test_calls_that_never_end_go_out_with_the_answer() -> None:
    call = ToolStart(1, "", "g")
    first, second, last = lines(
        ToolStart(0, "", "f"),
        call,
        ToolArguments(1, ""),
        ToolArguments(0, "{oops"),
        Stop("tool_call"),
    )
    assert first["message"]["tool_calls"] == [
        {"function": {"index": 0, "name": "f", "arguments": {"_raw": "{oops"}}}
    ]
    assert second["message"]["tool_calls"] == [
        {"function": {"index": 1, "name": "g", "arguments": {}}}
    ]
    assert last["done_reason"] == "stop"


def test_figures_stand_in_the_last_line_whenever_they_come() -> None:
    usage = UsageDelta(Usage(input_uncached=1, cache_read=2, output_text=3, reasoning=4))
    last = lines(TextDelta("a"), Stop("stop"), usage, End())[-1]
    assert (last["prompt_eval_count"], last["eval_count"]) == (3, 7)


def test_proofs_stand_beside_the_thoughts() -> None:
    thought, proof, redacted, _ = lines(
        ReasoningDelta("hm"),
        ReasoningDelta("", signature="s", source="anthropic"),
        ReasoningDelta("", signature="e", source="anthropic", redacted=True),
    )
    assert thought == said(thinking="hm")
    assert proof["message"]["reasoning_details"] == [
        {"type": "reasoning.text", "text": "", "signature": "vdt:anthropic:s", "index": 0}
    ]
    assert redacted["message"]["reasoning_details"] == [
        {"type": "reasoning.encrypted", "data": "vdt:anthropic:e", "index": 1}
    ]


def test_pictures_have_a_place_and_sounds_have_none() -> None:
    picture, sound = MediaDelta("image", 3, data="AAAA"), MediaDelta("audio", 3, data="AAAA")
    assert lines(picture, sound)[:-1] == [said(images=["AAAA"])]
    assert lines(picture, of_chat=False)[:-1] == [{"response": "", "image": "AAAA", "done": False}]


def test_a_second_choice_is_left_out() -> None:
    assert lines(TextDelta("a"), TextDelta("b", 1), Stop("length", 1))[:-1] == [said(content="a")]


def test_an_error_is_the_last_line() -> None:
    writer = StreamWriter(CONTEXT, "ollama_chat", of_chat=True)
    assert json.loads(writer.error(Fault(500, "boom"))) == {"error": "boom"}
    assert writer.write(TextDelta("a")) + writer.end() + writer.error(Fault(500, "b")) == b""
    assert written([TextDelta("a"), ErrorDelta("boom"), TextDelta("b")]).endswith(
        b'"done":false}\n{"error":"boom"}\n'
    )


def deltas_of() -> st.SearchStrategy[Delta]:
    small, texts = st.integers(0, 2), st.text(max_size=3)
    return st.one_of(
        st.builds(Start, texts, texts),
        st.builds(TextDelta, texts, small),
        st.builds(RefusalDelta, texts),
        st.builds(ReasoningDelta, texts, st.just(0), texts, st.booleans(), texts, texts),
        st.builds(ToolStart, small, texts, texts, st.just(0), texts, texts),
        st.builds(ToolArguments, small, st.sampled_from(["{", '"a":1', "}", "[", ""])),
        st.builds(ToolEnd, small),
        st.builds(MediaDelta, st.sampled_from(["image", "audio"]), small, data=texts),
        st.builds(UsageDelta, st.builds(Usage, small, small)),
        st.builds(Stop, texts, small),
        st.builds(RawDelta, st.binary(max_size=3)),
        st.just(End()),
    )


@pytest.mark.parametrize("of_chat", [True, False])
@given(deltas=st.lists(deltas_of(), max_size=12))
def test_any_deltas_make_a_stream(of_chat: bool, deltas: list[Delta]) -> None:
    stream = written(deltas, of_chat=of_chat)
    read = [json.loads(line) for line in stream.splitlines()]
    assert [line["done"] for line in read] == [False] * (len(read) - 1) + [True]
    assert stream.endswith(b"\n")
    reader = StreamReader("ollama_chat")
    again = [delta for line in stream.splitlines() for delta in reader.read(line)]
    text = "".join(
        d.text for d in deltas if isinstance(d, TextDelta | RefusalDelta) and d.choice == 0
    )
    assert "".join(d.text for d in again if isinstance(d, TextDelta)) == text
    assert not [delta for delta in again if isinstance(delta, RawDelta | ErrorDelta)]


ARGUMENTS = st.dictionaries(
    st.text(max_size=3), st.integers(0, 9) | st.text(max_size=3), max_size=2
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """What Ollama can express: thoughts, then a text, then calls."""
    parts: list[Any] = draw(
        st.lists(
            st.builds(
                ReasoningPart, content=st.text(min_size=1), signature=st.just("s"),
                source=st.sampled_from(["anthropic", "gemini"]),
            ),
            max_size=2,
        )
    )  # fmt: skip
    parts += [TextPart(content=t) for t in draw(st.lists(st.text(min_size=1), max_size=1))]
    parts += draw(
        st.lists(
            st.builds(
                ToolCallPart, name=st.text(), id=st.text(max_size=3), arguments=ARGUMENTS,
            ),
            max_size=3,
        )
    )  # fmt: skip
    message = Message("assistant", tuple(parts), finish_reason="length")
    usage = Usage(input_uncached=3, output_text=4)
    return Answer(model="m", messages=(message,), finish_reasons=("length",), usage=usage)


@given(answers(), st.data())
def test_streamed_and_whole_say_the_same(answer: Answer, data: st.DataObject) -> None:
    stream = written(list(replay(answer)))
    framing, reader = NDJSONReader(), StreamReader("ollama_chat")
    cut = data.draw(st.integers(0, len(stream)))
    events = [*framing.feed(stream[:cut]), *framing.feed(stream[cut:]), *framing.close()]
    assert assemble(d for event in events for d in reader.read(event.data)) == answer
