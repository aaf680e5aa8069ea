"""What is written anew is what the format's own reader reads."""

import json
from base64 import b64decode
from typing import Any

import pytest

from tests.support.bedrock import context
from vedette.dialects import bedrock_invoke
from vedette.dialects.bedrock_invoke_texts import METRICS
from vedette.dialects.bedrock_invoke_writer import writer_for
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.eventstream import EventStreamReader
from vedette.model.chat import (
    Delta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

MESSAGES = [{"role": "user", "content": "hi"}]
FORMATS: dict[str, dict[str, Any]] = {
    "anthropic": {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 5},
    "nova": {"schemaVersion": "messages-v1"},
    "openai": {},
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_stream_reads_as_it_was_written(name: str) -> None:
    body = json.dumps({"messages": MESSAGES, **FORMATS[name]}).encode()
    make = writer_for(body)
    assert make is not None
    asked = bedrock_invoke.read_request(body)
    writer = make(WriteContext(request=asked, model="m", id="i", created_s=1))
    told: list[Delta] = [
        Start(), TextDelta("Hello "), TextDelta("there"), ToolStart(0, "t1", "look"),
        ToolArguments(0, '{"a":1}'), ToolEnd(0), Stop("tool_use"),
    ]  # fmt: skip
    data = b"".join(map(writer.write, told)) + writer.end()
    reader = bedrock_invoke.StreamReader()
    deltas = [d for event in EventStreamReader().feed(data) for d in reader.read(event.data)]
    assert "".join(d.text for d in deltas if isinstance(d, TextDelta)) == "Hello there"
    assert "".join(d.fragment for d in deltas if isinstance(d, ToolArguments)) == '{"a":1}'
    assert [type(d) for d in deltas].count(Stop) == 1


def test_a_failed_stream_ends_with_an_exception() -> None:
    body = json.dumps({"messages": MESSAGES, **FORMATS["anthropic"]}).encode()
    make = writer_for(body)
    assert make is not None
    asked = bedrock_invoke.read_request(body)
    writer = make(WriteContext(request=asked, model="m", id="i", created_s=1))
    (event,) = EventStreamReader().feed(writer.error(Fault(400, "No.", "invalid", "blocked")))
    assert b"No." in event.data


def test_a_prompt_is_answered_as_its_first_event_tells() -> None:
    make = writer_for(b'{"prompt":"hi"}')
    assert make is not None
    for form in ("generation", "choices"):
        writer = make(context())
        told: list[Delta] = [Start(form=form), TextDelta("hi"), Stop("stop")]
        data = b"".join(map(writer.write, told))
        events = [json.loads(event) for event in said_in(data + writer.end())]
        assert form in events[0]
        assert "hi" in str(events[0])


def test_the_last_event_has_the_figures() -> None:
    make = writer_for(json.dumps({"messages": MESSAGES, **FORMATS["anthropic"]}).encode())
    assert make is not None
    writer = make(context())
    used = UsageDelta(Usage(input_uncached=4, output_text=2))
    told: list[Delta] = [Start(), TextDelta("a"), used, Stop("stop")]
    data = b"".join(map(writer.write, told))
    last = json.loads(said_in(data + writer.end())[-1])
    assert last["type"] == "message_stop"
    assert last[METRICS] == {"inputTokenCount": 4, "outputTokenCount": 2}


@pytest.mark.parametrize("body", [b"[]", b"{", b""])
def test_what_is_no_request_has_no_writer(body: bytes) -> None:
    assert writer_for(body) is None


def said_in(data: bytes) -> list[bytes]:
    """The vendor's events in the frames."""
    frames = (json.loads(event.data) for event in EventStreamReader().feed(data))
    return [b64decode(one["chunk"]["bytes"]) for one in frames]
