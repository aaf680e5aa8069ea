"""The events of single items."""

import json
from typing import Any

import pytest

from vedette.dialects.openai_responses_writer_items import (
    CallItem,
    Events,
    ImageItem,
    MessageItem,
    ThoughtItem,
)
from vedette.model.chat import MediaDelta, ReasoningDelta, ToolStart


def told(*written: bytes) -> list[dict[str, Any]]:
    """The data of all events, whose names must agree with it."""
    events = []
    for block in b"".join(written).split(b"\n\n")[:-1]:
        name, data = block.split(b"\n")
        event = json.loads(data.removeprefix(b"data: "))
        assert name == b"event: " + event["type"].encode()
        events.append(event)
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    return events


def kinds(*written: bytes) -> list[str]:
    return [event["type"].removeprefix("response.") for event in told(*written)]


def test_a_message_of_a_text_and_a_refusal() -> None:
    item = MessageItem(Events(), 3, "msg")
    begun = [item.begin(), item.text("a"), item.text("b\n"), item.refusal("no")]
    ended, whole = item.end("completed")
    events = told(*begun, ended)
    assert kinds(*begun, ended) == [
        "output_item.added",
        "content_part.added",
        "output_text.delta",
        "output_text.delta",
        "output_text.done",
        "content_part.done",
        "content_part.added",
        "refusal.delta",
        "refusal.done",
        "content_part.done",
        "output_item.done",
    ]
    assert events[3] == {
        "type": "response.output_text.delta",
        "sequence_number": 3,
        "item_id": "msg",
        "output_index": 3,
        "content_index": 0,
        "delta": "b\n",
        "logprobs": [],
    }
    assert events[4]["text"] == "ab\n"
    assert events[6]["content_index"] == events[7]["content_index"] == 1
    assert events[-1]["item"] == whole
    assert [part["type"] for part in whole["content"]] == ["output_text", "refusal"]


def test_a_thought() -> None:
    item = ThoughtItem(Events(), 0, "rs")
    begun = [
        item.begin(),
        item.piece(ReasoningDelta("a", id="x")),
        item.piece(ReasoningDelta("b")),
        item.piece(ReasoningDelta("", signature="s", source="anthropic")),
    ]
    ended, whole = item.end("completed")
    assert kinds(*begun, ended) == [
        "output_item.added",
        "reasoning_summary_part.added",
        "reasoning_summary_text.delta",
        "reasoning_summary_text.delta",
        "reasoning_summary_text.done",
        "reasoning_summary_part.done",
        "output_item.done",
    ]
    assert whole == {
        "id": "rs",
        "type": "reasoning",
        "summary": [{"type": "summary_text", "text": "ab"}],
        "encrypted_content": "vdt:anthropic:s",
    }


def test_where_a_thought_ends() -> None:
    item = ThoughtItem(Events(), 0, "rs")
    item.piece(ReasoningDelta("a", id="x"))
    assert item.continues(ReasoningDelta("b"))
    assert item.continues(ReasoningDelta("b", id="x"))
    assert item.continues(ReasoningDelta("", signature="s"))
    assert not item.continues(ReasoningDelta("b", id="y"))
    assert not item.continues(ReasoningDelta("", signature="s", redacted=True))
    item.piece(ReasoningDelta("", signature="s"))
    assert not item.continues(ReasoningDelta("b"))


def test_a_redacted_thought_has_no_summary() -> None:
    item = ThoughtItem(Events(), 0, "rs")
    written = item.piece(ReasoningDelta("", signature="s", redacted=True, source="anthropic"))
    ended, whole = item.end("completed")
    assert kinds(written, ended) == ["output_item.done"]
    assert whole["summary"] == []


def test_a_call() -> None:
    item = CallItem(Events(), 1, "fc", ToolStart(0, "c", "f"), custom=False)
    begun = [item.begin(), item.piece('{"a":'), item.piece("1}")]
    ended, whole = item.end("completed")
    assert kinds(*begun, ended) == [
        "output_item.added",
        "function_call_arguments.delta",
        "function_call_arguments.delta",
        "function_call_arguments.done",
        "output_item.done",
    ]
    assert whole == {
        "id": "fc",
        "status": "completed",
        "type": "function_call",
        "call_id": "c",
        "name": "f",
        "arguments": '{"a":1}',
    }


def test_a_call_without_arguments_has_an_empty_object() -> None:
    item = CallItem(Events(), 1, "fc", ToolStart(0, "c", "f"), custom=False)
    ended, whole = item.end("completed")
    assert kinds(ended)[0] == "function_call_arguments.delta"
    assert whole["arguments"] == "{}"


@pytest.mark.parametrize(
    ("text", "status"), [('{"a":1}', "completed"), ('{"a":', "incomplete"), ("", "incomplete")]
)
def test_a_call_that_was_cut_off_is_told_as_it_is(text: str, status: str) -> None:
    item = CallItem(Events(), 1, "fc", ToolStart(0, "c", "f"), custom=False)
    item.piece(text)
    whole = item.end("incomplete")[1]
    assert (whole["status"], whole["arguments"]) == (status, text)


def test_a_custom_call_is_told_in_one_piece() -> None:
    item = CallItem(Events(), 1, "ctc", ToolStart(0, "c", "p"), custom=True)
    begun = [item.begin(), item.piece('{"input": "x'), item.piece('\\ny"}')]
    ended, whole = item.end("completed")
    assert kinds(*begun, ended) == [
        "output_item.added",
        "custom_tool_call_input.delta",
        "custom_tool_call_input.done",
        "output_item.done",
    ]
    assert whole["input"] == "x\ny"


def test_the_text_of_a_custom_call_is_never_lost() -> None:
    for text, expected in (("no json", "no json"), ('{"text": "x"}', '{"text": "x"}'), ("", "")):
        item = CallItem(Events(), 1, "ctc", ToolStart(0, "c", "p"), custom=True)
        item.piece(text)
        assert item.end("completed")[1]["input"] == expected


def test_a_picture() -> None:
    item = ImageItem(Events(), 2, "ig")
    written, whole = item.write(MediaDelta("image", 3, mime_type="image/png", data="QUJD"))
    events = told(written)
    assert [event["type"] for event in events] == [
        "response.output_item.added",
        "response.image_generation_call.completed",
        "response.output_item.done",
    ]
    assert events[0]["item"]["result"] is None
    assert whole["result"] == "QUJD"
