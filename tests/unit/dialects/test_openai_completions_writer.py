"""Streamed completions, written."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openai.types import Completion

from tests.support.neutral import any_delta, any_error
from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.framing import SSEReader
from vedette.dialects.openai_completions_stream import StreamReader
from vedette.dialects.openai_completions_writer import StreamWriter
from vedette.model.chat import (
    ChatRequest,
    Delta,
    ErrorDelta,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    UsageDelta,
)
from vedette.model.usage import Usage

USAGE = Usage(input_uncached=3, output_text=2)


def writer(*, include_usage: bool = False) -> StreamWriter:
    request = ChatRequest(model="m", include_usage=include_usage)
    return StreamWriter(WriteContext(request=request, model="m", id="1f", created_s=7))


def told(stream: bytes) -> list[dict[str, Any]]:
    """The chunks of a whole stream; the usual fields of each are checked."""
    events = [event.data for event in SSEReader().feed(stream)]
    assert events[-1] == b"[DONE]"
    chunks = [json.loads(data) for data in events[:-1]]
    for chunk in chunks:
        for choice in chunk["choices"]:
            # What the official type demands of whole answers alone.
            choice = {**choice, "finish_reason": choice["finish_reason"] or "stop"}
            Completion.model_validate({**chunk, "choices": [choice]}, strict=True)
    return chunks


def test_a_stream() -> None:
    out = writer()
    written = [
        out.write(delta)
        for delta in (
            Start("c", "n"),
            TextDelta('a"\n'),
            RefusalDelta("b"),
            UsageDelta(USAGE),
            Stop("length"),
        )
    ]
    assert [bool(piece) for piece in written] == [False, True, True, False, False]
    first, second, last = told(b"".join(written) + out.end())
    assert first == {
        "id": "c",
        "object": "text_completion",
        "created": 7,
        "model": "n",
        "choices": [{"text": 'a"\n', "index": 0, "logprobs": None, "finish_reason": None}],
    }
    assert second["choices"][0]["text"] == "b"
    assert last["choices"][0] == {
        "text": "", "index": 0, "logprobs": None, "finish_reason": "length",
    }  # fmt: skip


def test_figures_for_those_who_asked() -> None:
    out = writer(include_usage=True)
    deltas: list[Delta] = [TextDelta("a"), Stop("stop"), UsageDelta(USAGE)]
    chunks = told(b"".join(map(out.write, deltas)) + out.end())
    assert [chunk["usage"] is None for chunk in chunks] == [True, True, False]
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"]["total_tokens"] == 5


def test_an_empty_stream_has_a_choice() -> None:
    [chunk] = told(writer().end())
    assert chunk["id"] == "cmpl-1f"
    assert chunk["choices"][0]["finish_reason"] == "stop"


def test_choices() -> None:
    out = writer()
    deltas: list[Delta] = [Start("c", "n"), TextDelta("a", 1), TextDelta("b", 0), Stop("length", 1)]
    stream = b"".join(map(out.write, deltas)) + out.end()
    told(stream)
    reader = StreamReader()
    answer = assemble(d for event in SSEReader().feed(stream) for d in reader.read(event.data))
    assert answer.finish_reasons == ("stop", "length")


def test_an_error_is_the_last_event() -> None:
    fault = Fault(429, "m", "rate_limit_error", "c")
    [event] = SSEReader().feed(writer().error(fault))
    assert StreamReader().read(event.data) == [ErrorDelta("m", "rate_limit_error", "c")]


@given(st.lists(any_delta, max_size=10), st.booleans())
def test_any_deltas_make_a_valid_stream(deltas: list[Delta], include_usage: bool) -> None:
    out = writer(include_usage=include_usage)
    stream = b"".join(map(out.write, deltas)) + out.end()
    told(stream)
    reader = StreamReader()
    answer = assemble(d for event in SSEReader().feed(stream) for d in reader.read(event.data))
    texts: dict[int, str] = {}
    for delta in deltas:
        if isinstance(delta, TextDelta | RefusalDelta):
            texts[delta.choice] = texts.get(delta.choice, "") + delta.text
    read = [getattr(part, "content", "") for m in answer.messages for part in m.parts]
    assert read == [texts[choice] for choice in sorted(texts) if texts[choice]]


@given(st.lists(any_delta, max_size=5), any_error)
def test_a_stream_that_fails_does_not_end(deltas: list[Delta], error: Delta) -> None:
    out = writer()
    stream = b"".join(map(out.write, [*deltas, error])) + out.end()
    assert b"[DONE]" not in stream
    assert "error" in json.loads(SSEReader().feed(stream)[-1].data)
