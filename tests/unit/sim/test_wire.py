import json
from typing import Any

import pytest

from vedette.sim import wire
from vedette.sim.answers import Answer, Choice, ToolCall

WORDS = Choice(words=["Simulated", " one", " two"])
CALLS = Choice(
    tool_calls=(
        ToolCall(id="c1", name="weather", arguments='{"city":"' + "Z" * 60 + '"}'),
        ToolCall(id="c2", name="time", arguments="{}"),
    ),
    finish_reason="tool_calls",
)
REFUSED = Choice(words=["No", " thanks"], refused=True)


def of(*choices: Choice) -> Answer:
    return Answer(id="x", model="chat", choices=choices, prompt_tokens=2)


def data(events: list[bytes]) -> list[dict[str, Any]]:
    assert events[-1] == b"data: [DONE]\n\n"
    for event in events:
        assert event.startswith(b"data: ")
        assert event.endswith(b"\n\n")
        assert event.count(b"\n") == 2
    return [json.loads(event[6:]) for event in events[:-1]]


def joined(chunks: list[dict[str, Any]], index: int) -> dict[str, Any]:
    """The message that a client puts together from the deltas."""
    message: dict[str, Any] = {"content": "", "refusal": "", "calls": {}, "finish": None}
    for chunk in chunks:
        for choice in chunk["choices"]:
            if choice["index"] != index:
                continue
            delta = choice["delta"]
            message["content"] += delta.get("content") or ""
            message["refusal"] += delta.get("refusal") or ""
            message["finish"] = choice["finish_reason"]
            for part in delta.get("tool_calls", []):
                call = message["calls"].setdefault(part["index"], {"arguments": ""})
                call["arguments"] += part["function"]["arguments"]
                call["id"] = part.get("id", call.get("id"))
                call["name"] = part["function"].get("name", call.get("name"))
    return message


@pytest.mark.parametrize("chunk_tokens", [1, 2, 100])
@pytest.mark.parametrize("usage", [True, False])
def test_the_stream_says_the_same_as_the_whole_answer(chunk_tokens: int, usage: bool) -> None:
    answer = of(WORDS, CALLS, REFUSED)
    whole = json.loads(wire.chat_body(answer))
    chunks = data(list(wire.chat_events(answer, chunk_tokens, usage=usage)))
    for choice in whole["choices"]:
        streamed = joined(chunks, choice["index"])
        message = choice["message"]
        assert streamed["finish"] == choice["finish_reason"]
        assert streamed["content"] == (message["content"] or "")
        assert streamed["refusal"] == (message["refusal"] or "")
        assert [
            (call["id"], call["name"], call["arguments"]) for call in streamed["calls"].values()
        ] == [
            (call["id"], call["function"]["name"], call["function"]["arguments"])
            for call in message.get("tool_calls", [])
        ]
    assert {chunk["system_fingerprint"] for chunk in chunks} == {"sim"}


def test_usage_comes_last_with_empty_choices_and_only_when_asked_for() -> None:
    with_usage = data(list(wire.chat_events(of(WORDS), 1, usage=True)))
    assert with_usage[-1]["choices"] == []
    assert with_usage[-1]["usage"]["completion_tokens"] == 3
    assert all(chunk["usage"] is None for chunk in with_usage[:-1])
    without = data(list(wire.chat_events(of(WORDS), 1, usage=False)))
    assert not any("usage" in chunk for chunk in without)


def test_a_chunk_holds_as_many_tokens_as_asked_for() -> None:
    chunks = data(list(wire.chat_events(of(WORDS), 2, usage=False)))
    assert [chunk["choices"][0]["delta"].get("content") for chunk in chunks] == [
        "",
        "Simulated one",
        " two",
        None,
    ]


def test_a_text_completion_streams_its_words() -> None:
    answer = of(WORDS, WORDS)
    whole = json.loads(wire.text_body(answer))
    chunks = data(list(wire.text_events(answer, 2, usage=True)))
    for choice in whole["choices"]:
        parts = [one for chunk in chunks for one in chunk["choices"]]
        text = "".join(part["text"] for part in parts if part["index"] == choice["index"])
        assert text == choice["text"] == "Simulated one two"
    assert chunks[-1]["usage"] == whole["usage"]


def test_the_models_are_chat_and_embed() -> None:
    assert [card["id"] for card in json.loads(wire.models_body())["data"]] == ["chat", "embed"]


def test_an_error_event_is_one_event() -> None:
    event = wire.error_event("Broken.")
    assert json.loads(event[6:])["error"]["message"] == "Broken."
