"""Events of a stream, read."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.recordings import OWN, SharedTape, shared_tapes
from vedette.dialects.assemble import assemble
from vedette.dialects.framing import SSEReader
from vedette.dialects.openai_responses_stream import StreamReader
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    RawDelta,
    ReasoningDelta,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolCallPart,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

TAPES = [tape for tape in shared_tapes() if tape.api == "responses" and tape.streamed]


def read(*events: dict[str, Any]) -> list[Delta]:
    reader = StreamReader()
    return [delta for event in events for delta in reader.read(json.dumps(event).encode())]


def piece(kind: str, delta: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"response.{kind}.delta", "delta": delta, "output_index": 0, **fields}


def item(kind: str, **fields: Any) -> dict[str, Any]:
    return {"type": f"response.output_item.{kind}", "output_index": 0, "item": fields}


CALL = {"type": "function_call", "id": "fc", "call_id": "c", "name": "f"}
CUSTOM = {"type": "custom_tool_call", "id": "ctc", "call_id": "c", "name": "p"}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (piece("refusal", "no"), [RefusalDelta("no")]),
        (piece("output_text", "a", logprobs=[], obfuscation="x"), [TextDelta("a")]),
        (piece("output_text", ""), []),
        (piece("reasoning_text", "a", item_id="rs"), [ReasoningDelta("a", id="rs")]),
        (piece("function_call_arguments", "{"), []),
        ({"type": "response.something_new", "x": 1}, []),
        ({"type": "response.output_text.delta", "delta": 5}, []),
        ({"type": "error", "code": "c", "message": "m"}, [ErrorDelta("m", "c", "c")]),
        (
            {"type": "error", "error": {"type": "t", "code": None, "message": "m"}},
            [ErrorDelta("m", "t")],
        ),
        ({"error": {"message": "m", "type": "t"}}, [ErrorDelta("m", "t")]),
        ({"x": 1}, [RawDelta(b'{"x": 1}')]),
    ],
)
def test_events(event: dict[str, Any], expected: list[Delta]) -> None:
    assert read(event) == expected


@pytest.mark.parametrize("first", ["created", "queued", "in_progress"])
def test_a_stream_starts_once(first: str) -> None:
    response = {"id": "r", "model": "m", "status": "queued"}
    kinds = (first, "created", "in_progress")
    events = [{"type": f"response.{kind}", "response": response} for kind in kinds]
    assert read(*events) == [Start("r", "m")]


def test_a_call_in_pieces() -> None:
    assert read(
        item("added", **CALL, arguments=""),
        piece("function_call_arguments", '{"a":'),
        piece("function_call_arguments", "1}"),
        {"type": "response.function_call_arguments.done", "output_index": 0, "arguments": "{}"},
        item("done", **CALL, arguments='{"a":1}'),
    ) == [
        ToolStart(0, "c", "f"),
        ToolArguments(0, '{"a":'),
        ToolArguments(0, "1}"),
        ToolEnd(0),
    ]


def test_a_call_that_comes_whole() -> None:
    whole = [ToolStart(0, "c", "f"), ToolArguments(0, '{"a":1}'), ToolEnd(0)]
    done = {"type": "response.function_call_arguments.done", "output_index": 0}
    added, ended = item("added", **CALL), item("done", **CALL, arguments='{"a":1}')
    assert read(ended) == whole
    assert read(added, ended) == whole
    assert read(added, {**done, "arguments": '{"a":1}'}, ended) == whole
    assert read(added, item("done", **CALL)) == [whole[0], whole[2]]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=5), max_size=5))
def test_the_text_of_a_custom_call_is_told_as_json(pieces: list[str]) -> None:
    text = "".join(pieces)
    added = item("added", **CUSTOM, input="")
    done = item("done", **CUSTOM, input=text)
    told = [piece("custom_tool_call_input", part) for part in pieces]
    for events in ([added, *told, done], [added, done], [done]):
        [message] = assemble(read(*events)).messages
        assert message.parts == (ToolCallPart(id="c", name="p", arguments={"input": text}),)


def test_a_call_that_another_provider_signed() -> None:
    signed = {"google": {"thought_signature": "vdt:gemini:s"}}
    assert read(item("added", **CALL, extra_content=signed)) == [
        ToolStart(0, "c", "f", 0, "s", "gemini")
    ]


def test_a_summary_of_several_parts() -> None:
    def told(text: str, part: int) -> dict[str, Any]:
        return piece("reasoning_summary_text", text, item_id="rs", summary_index=part)

    deltas = read(
        told("a", 0),
        told("b", 0),
        told("c", 1),
        # The same once more, as it was thought.
        piece("reasoning_text", "raw", item_id="rs", content_index=0),
        item("done", type="reasoning", id="rs", summary=[{"text": "ab"}, {"text": "c"}]),
    )
    assert deltas == [
        ReasoningDelta("a", id="rs"),
        ReasoningDelta("b", id="rs"),
        ReasoningDelta("\n\nc", id="rs"),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"summary": [], "encrypted_content": "s"},
            [ReasoningDelta("", 0, "s", True, "openai_responses", "rs")],
        ),
        (
            {"summary": [{"text": "a"}], "encrypted_content": "vdt:anthropic:s"},
            [ReasoningDelta("a", 0, "s", False, "anthropic", "rs")],
        ),
        ({"summary": []}, []),
    ],
)
def test_thoughts_that_come_whole(fields: dict[str, Any], expected: list[Delta]) -> None:
    assert read(item("done", type="reasoning", id="rs", **fields)) == expected


def test_a_picture_and_what_other_tools_did() -> None:
    picture = item("done", type="image_generation_call", result="QUJD", output_format="webp")
    assert read(picture) == [MediaDelta("image", 3, 0, "", "image/webp", "QUJD")]
    [raw] = read(item("done", type="web_search_call", id="ws"))
    assert isinstance(raw, RawDelta)
    assert read(item("done", type="message", id="m")) == []


def test_a_stream_that_failed() -> None:
    failed = {
        "type": "response.failed",
        "response": {
            "status": "failed",
            "error": {"code": "server_error", "message": "m"},
            "usage": {"input_tokens": 1},
        },
    }
    assert read(failed) == [
        Stop("failed"),
        UsageDelta(Usage(input_uncached=1)),
        ErrorDelta("m", "server_error", "server_error"),
        End(),
    ]


@pytest.mark.parametrize(
    ("kind", "details", "reason"),
    [
        ("completed", None, "completed"),
        ("incomplete", {"reason": "max_output_tokens"}, "max_output_tokens"),
        ("cancelled", None, "cancelled"),
    ],
)
def test_how_a_stream_ends(kind: str, details: Any, reason: str) -> None:
    response = {"status": kind, "incomplete_details": details, "usage": None}
    event = {"type": f"response.{kind}", "response": response}
    assert read(event) == [Stop(reason), End()]


@given(st.binary(max_size=40))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(StreamReader().read(data), list)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"type": st.sampled_from(sorted({
                line.removeprefix("event: ")
                for tape in (OWN / "openai_responses").glob("*.sse")
                for line in tape.read_text().splitlines()
                if line.startswith("event: ")
            } | {"error"}))},
            optional={
                "delta": st.sampled_from(["a", "", None, 5]),
                "output_index": st.sampled_from([0, 1, None, "x"]),
                "item": st.sampled_from([None, {}, CALL, CUSTOM, {"type": "reasoning"}, 5]),
                "response": st.sampled_from([None, {}, {"status": 5, "usage": []}]),
                "error": st.sampled_from([None, {}, "x"]),
            },
        ),
        max_size=8,
    )
)  # fmt: skip
def test_no_event_is_too_odd(events: list[dict[str, Any]]) -> None:
    assemble(read(*events))


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.name)
def test_recordings(tape: SharedTape) -> None:
    frames, reader = SSEReader(), StreamReader()
    events = [*frames.feed(tape.response), *frames.close()]
    deltas = [delta for event in events for delta in reader.read(event.data)]
    answer = assemble(deltas)
    assert isinstance(deltas[0], Start)
    assert isinstance(deltas[-1], End)
    assert answer.messages[0].parts
    assert tape.usage is not None
    assert answer.usage is not None
    assert answer.usage.input_total == tape.usage["input_tokens"]
    assert answer.usage.output_total == tape.usage["output_tokens"]
