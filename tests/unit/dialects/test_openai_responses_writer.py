"""Answers in the responses format."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openai import omit
from openai.lib.streaming.responses._responses import ResponseStreamState
from openai.types.responses import Response, ResponseStreamEvent

from tests.support.neutral import TEXT, any_delta, any_error
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.framing import SSEReader
from vedette.dialects.openai_responses_answer import read_answer
from vedette.dialects.openai_responses_request import read_request
from vedette.dialects.openai_responses_stream import StreamReader
from vedette.dialects.openai_responses_writer import StreamWriter, write_answer
from vedette.dialects.replay import replay
from vedette.model.chat import (
    Answer,
    Delta,
    ErrorDelta,
    Message,
    Part,
    ReasoningPart,
    RefusalPart,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolEnd,
    ToolStart,
)
from vedette.model.usage import Usage

EVENTS: dict[str, Any] = {
    get_args(model.model_fields["type"].annotation)[0]: model
    for model in get_args(get_args(ResponseStreamEvent)[0])
}
"""The official client's types of all events, by name."""

REQUEST = {
    "model": "m",
    "input": "hi",
    "instructions": "be kind",
    "tools": [
        {"type": "function", "name": "f", "parameters": {"type": "object"}, "strict": False},
        {"type": "custom", "name": "p"},
        {"type": "web_search"},
    ],
    "tool_choice": {"type": "function", "name": "f"},
    "temperature": 0.5,
}
CONTEXT = WriteContext(
    request=read_request(json.dumps(REQUEST).encode()), model="m", id="0f" * 8, created_s=7
)


def told(stream: bytes) -> list[dict[str, Any]]:
    """The events of a stream, each as the official client's types want it."""
    reader = SSEReader()
    events = []
    for event in reader.feed(stream):
        data = json.loads(event.data)
        assert event.event == data["type"]
        EVENTS[event.event].model_validate(data, strict=True)
        events.append(data)
    assert not reader.held
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    return events


def accumulated(events: list[dict[str, Any]]) -> Any:
    """What the official client makes of the events."""
    state: ResponseStreamState[Any] = ResponseStreamState(text_format=omit, input_tools=omit)
    for event in events:
        state.handle_event(EVENTS[event["type"]].model_validate(event))
    return state._completed_response


def read(stream: bytes) -> list[Delta]:
    reader = StreamReader()
    return [delta for event in SSEReader().feed(stream) for delta in reader.read(event.data)]


@settings(max_examples=50)
@given(st.lists(any_delta, max_size=12))
def test_any_deltas_make_a_valid_stream(deltas: list[Delta]) -> None:
    writer = StreamWriter(CONTEXT)
    events = told(b"".join(map(writer.write, deltas)) + writer.end())
    assert [event["type"] for event in events[:2]] == ["response.created", "response.in_progress"]
    last = events[-1]
    assert last["type"] in ("response.completed", "response.incomplete")
    done = [e["item"] for e in events if e["type"] == "response.output_item.done"]
    added = [e for e in events if e["type"] == "response.output_item.added"]
    assert len(done) == len(added)
    assert sorted(item["id"] for item in done) == sorted(
        i["id"] for i in last["response"]["output"]
    )
    response = accumulated(events)
    assert (response is not None) == (last["type"] == "response.completed")


@given(st.lists(any_delta, max_size=8), any_error)
def test_any_stream_that_fails_is_valid_to_its_end(deltas: list[Delta], error: Delta) -> None:
    writer = StreamWriter(CONTEXT)
    events = told(b"".join(map(writer.write, [*deltas, error])) + writer.end())
    kinds = [event["type"] for event in events if event["type"] in ("error", "response.failed")]
    assert kinds in (["error"], ["error", "response.failed"])
    assert not {"response.completed", "response.incomplete"} & {e["type"] for e in events}


def test_an_empty_stream() -> None:
    events = told(StreamWriter(CONTEXT).end())
    assert [event["type"] for event in events] == [
        "response.created", "response.in_progress", "response.completed",
    ]  # fmt: skip
    assert events[-1]["response"]["output"] == []


def test_an_error_before_anything_was_written() -> None:
    [event] = told(StreamWriter(CONTEXT).error(Fault(529, "m", "overloaded_error")))
    assert event["error"]["message"] == event["message"] == "m"


def test_an_error_in_the_middle() -> None:
    writer = StreamWriter(CONTEXT)
    begun = writer.write(Start("r", "n")) + writer.write(TextDelta("a"))
    events = told(begun + writer.error(Fault(429, "m", "rate_limit_error", "c")))
    assert [event["type"] for event in events[-2:]] == ["error", "response.failed"]
    assert events[-1]["response"]["error"] == {"code": "rate_limit_exceeded", "message": "m"}
    assert [type(d) for d in read(begun)] == [Start, TextDelta]


def test_an_error_that_was_written_is_read() -> None:
    writer = StreamWriter(CONTEXT)
    stream = writer.write(Start("r", "n")) + writer.error(Fault(429, "m", "rate_limit_error", "c"))
    errors = [delta for delta in read(stream) if isinstance(delta, ErrorDelta)]
    assert errors[0] == ErrorDelta("m", "rate_limit_error", "c")


def test_calls_may_be_told_at_the_same_time() -> None:
    writer = StreamWriter(CONTEXT)
    deltas: list[Delta] = [
        Start("r", "n"),
        ToolStart(0, "c0", "f"),
        ToolStart(1, "c1", "f"),
        ToolArguments(1, '{"b":'),
        ToolArguments(0, '{"a":1}'),
        ToolArguments(1, "2}"),
        ToolEnd(1),
        # Too late: it has ended.
        ToolArguments(1, "x"),
        TextDelta("so"),
        Stop("tool_call"),
    ]
    stream = b"".join(map(writer.write, deltas)) + writer.end()
    assert assemble(read(stream)).messages[0].parts == (
        ToolCallPart(name="f", id="c0", arguments={"a": 1}),
        ToolCallPart(name="f", id="c1", arguments={"b": 2}),
        TextPart(content="so"),
    )
    output = accumulated(told(stream)).output
    assert [item.type for item in output] == ["function_call", "function_call", "message"]


NONEMPTY = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)
JSON = st.dictionaries(TEXT, st.integers(0, 9), max_size=2)
SOURCE = st.sampled_from(["anthropic", "gemini", "openai_responses"])
parts: st.SearchStrategy[Part] = st.one_of(
    st.builds(TextPart, content=NONEMPTY),
    st.builds(RefusalPart, content=NONEMPTY),
    st.builds(ReasoningPart, content=TEXT, signature=NONEMPTY, source=SOURCE),
    st.builds(
        ReasoningPart, content=st.just(""), signature=NONEMPTY, source=SOURCE,
        redacted=st.just(True),
    ),
    st.builds(ToolCallPart, name=st.just("f"), id=st.uuids().map(str), arguments=JSON),
    st.builds(
        ToolCallPart, name=st.just("p"), id=st.uuids().map(str),
        arguments=st.fixed_dictionaries({"input": TEXT}),
    ),
    st.builds(
        ToolCallPart, name=st.just("g"), id=st.uuids().map(str), arguments=JSON,
        signature=NONEMPTY, source=st.just("gemini"),
    ),
)  # fmt: skip


def without_neighbours(parts: list[Part]) -> tuple[Part, ...]:
    """Of texts that stand together only the first: a stream would join them."""
    kept: list[Part] = []
    for part in parts:
        if (
            not kept
            or type(part) is not type(kept[-1])
            or not isinstance(part, TextPart | RefusalPart)
        ):
            kept.append(part)
    return tuple(kept)


def answer_of(parts: tuple[Part, ...], word: str) -> Answer:
    message = Message(role="assistant", parts=parts, finish_reason=word)
    return Answer(
        id="r",
        model="n",
        messages=(message,),
        finish_reasons=(word,),
        usage=Usage(input_uncached=3, output_text=2),
    )


def plain(answer: Answer) -> tuple[Part, ...]:
    """What the client sees, its ids aside: they are made here."""
    return tuple(
        replace(part, id="") if isinstance(part, ReasoningPart) else part
        for part in answer.messages[0].parts
    )


@settings(max_examples=50)
@given(
    st.lists(parts, min_size=1, max_size=5).map(without_neighbours),
    st.sampled_from(["stop", "length", "content_filter"]),
)
def test_streamed_and_whole_are_the_same_and_nothing_is_lost(
    parts: tuple[Part, ...], word: str
) -> None:
    answer = answer_of(parts, word)
    body = write_answer(answer, CONTEXT)
    Response.model_validate_json(body, strict=True)
    whole = read_answer(body)
    writer = StreamWriter(CONTEXT)
    stream = b"".join(map(writer.write, replay(answer))) + writer.end()
    assert plain(whole) == parts
    assert plain(assemble(read(stream))) == parts
    told(stream)
    final = json.loads(SSEReader().feed(stream)[-1].data)["response"]
    assert final["output"] == json.loads(body)["output"]
    assert final.keys() == json.loads(body).keys()
    assert whole.usage == answer.usage


def test_what_the_dialect_itself_says_is_written_again() -> None:
    annotation = {
        "type": "url_citation", "start_index": 0, "end_index": 1, "title": "t", "url": "u",
    }  # fmt: skip
    said = TextPart(content="a", extra={"annotations": [annotation]})
    answer = replace(
        answer_of((said,), "stop"), extra={"service_tier": "flex"}, dialect="openai_responses"
    )
    written = json.loads(write_answer(answer, CONTEXT))
    assert written["service_tier"] == "flex"
    assert written["output"][0]["content"][0]["annotations"] == [annotation]
    foreign = json.loads(write_answer(replace(answer, dialect="anthropic"), CONTEXT))
    assert "service_tier" not in foreign
    assert foreign["output"][0]["content"][0]["annotations"] == []


def test_an_answer_that_failed() -> None:
    answer = Answer(id="r", error="api_error: m")
    written = json.loads(write_answer(answer, CONTEXT))
    assert written["status"] == "failed"
    assert written["error"] == {"code": "server_error", "message": "api_error: m"}


@pytest.mark.parametrize("created_s", [0, 99])
def test_an_empty_answer_is_complete(created_s: int) -> None:
    body = write_answer(Answer(created_s=created_s), CONTEXT)
    response = Response.model_validate_json(body, strict=True)
    assert response.created_at == (created_s or 7)
    assert (response.status, response.output) == ("completed", [])
    assert response.id == f"resp_{CONTEXT.id}"
