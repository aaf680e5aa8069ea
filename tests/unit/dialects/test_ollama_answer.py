"""Whole answers, and times."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.contract import WriteContext
from vedette.dialects.ollama_answer import (
    read_chat,
    read_generate,
    read_time,
    read_usage,
    write_chat,
    write_generate,
    write_time,
)
from vedette.dialects.reading import Unreadable
from vedette.model.chat import (
    Answer,
    ChatRequest,
    MediaPart,
    Message,
    Part,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
)
from vedette.model.usage import Usage

CONTEXT = WriteContext(
    request=ChatRequest(model="asked"), model="asked", id="0" * 16, created_s=1_700_000_000
)


def answer(*parts: Part, reason: str = "stop", **fields: Any) -> Answer:
    message = Message("assistant", parts, finish_reason=reason)
    return Answer(messages=(message,), finish_reasons=(reason,), **fields)


def chat(written: Answer) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(write_chat(written, CONTEXT, "ollama_chat"))
    return read


def test_an_answer_is_written_as_ollama_does() -> None:
    usage = Usage(input_uncached=4, cache_read=3, output_text=5, reasoning=2)
    written = chat(answer(TextPart(content="a"), RefusalPart(content="b"), usage=usage, model="m"))
    assert written == {
        "model": "m", "created_at": "2023-11-14T22:13:20Z",
        "message": {"role": "assistant", "content": "ab"},
        "done": True, "done_reason": "stop", "prompt_eval_count": 7, "eval_count": 7,
    }  # fmt: skip


def test_the_model_asked_for_stands_in() -> None:
    assert chat(Answer())["model"] == "asked"
    assert chat(Answer())["message"] == {"role": "assistant", "content": ""}


@pytest.mark.parametrize(
    ("reason", "written"),
    [
        ("stop", "stop"), ("tool_call", "stop"), ("stop_sequence", "stop"), ("pause", "stop"),
        ("length", "length"), ("content_filter", "content_filter"), ("error", "error"),
        ("", "stop"),
    ],
)  # fmt: skip
def test_why_it_ended(reason: str, written: str) -> None:
    assert chat(answer(reason=reason))["done_reason"] == written


def test_calls_thoughts_and_pictures_come_back() -> None:
    parts: tuple[Part, ...] = (
        ReasoningPart(content="hm", signature="s", source="anthropic"),
        TextPart(content="a"),
        MediaPart(modality="image", mime_type="image/png", size_bytes=8, data="iVBORw0KGgo="),
        ToolCallPart(name="f", id="x", arguments={"a": 1}, signature="t", source="gemini"),
        ToolCallPart(name="g", arguments="{oops"),
    )
    written = write_chat(answer(*parts), CONTEXT, "ollama_chat")
    assert read_chat(written, "ollama_chat").messages[0].parts == parts


def test_a_completion_comes_back() -> None:
    parts: tuple[Part, ...] = (
        ReasoningPart(content="hm"),
        TextPart(content="a"),
        MediaPart(modality="image", mime_type="image/png", size_bytes=8, data="iVBORw0KGgo="),
        ToolCallPart(name="g", arguments={}),
    )
    written = write_generate(answer(*parts), CONTEXT, "ollama_generate")
    assert json.loads(written)["response"] == "a"
    assert read_generate(written, "ollama_generate").messages[0].parts == parts


def test_what_ollama_says_beside_comes_back() -> None:
    extra = {"total_duration": 9, "context": [1], "logprobs": [{"token": "a", "logprob": -1.0}]}
    body = json.dumps({"message": {"content": "a"}, "done": True, "novel": 1, **extra}).encode()
    read = read_chat(body, "ollama_chat")
    assert read.extra == extra
    assert chat(read)["total_duration"] == 9
    assert "novel" not in chat(Answer(extra={"novel": 1}))


def test_an_error_is_an_error() -> None:
    read = read_chat(b'{"error": "model not found"}', "ollama_chat")
    assert (read.error, read.messages) == ("model not found", ())
    assert chat(read) == {"error": "model not found"}


def test_an_answer_of_before_reasons_has_one() -> None:
    read = read_chat(b'{"message": {"content": "a"}, "done": true}', "ollama_chat")
    assert read.finish_reasons == ("stop",)


@pytest.mark.parametrize("body", [b"", b"[]", b"{"])
def test_what_is_no_object_cannot_be_read(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_chat(body, "ollama_chat")


@pytest.mark.parametrize(
    ("prompt", "output", "usage"),
    [
        (None, None, None),
        (None, 3, Usage(output_text=3)),
        (4, None, Usage(input_uncached=4)),
        (-1, "x", Usage()),
    ],
)
def test_counts(prompt: Any, output: Any, usage: Usage | None) -> None:
    assert read_usage(prompt, output) == usage


@pytest.mark.parametrize(
    ("text", "unix_s"),
    [
        ("2024-05-24T20:57:43.314639Z", 1_716_584_263),
        ("2024-05-24T20:57:43.314639123Z", 1_716_584_263),
        ("2024-05-24T22:57:43+02:00", 1_716_584_263),
        ("2024-05-24T20:57:43", 1_716_584_263),
        ("0001-01-01T00:00:00Z", 0),
        ("yesterday", 0),
        (None, 0),
        (7, 0),
    ],
)
def test_times_are_read(text: Any, unix_s: int) -> None:
    assert read_time(text) == unix_s


@given(st.integers(0, 2**60))
def test_any_time_can_be_written(unix_s: int) -> None:
    assert read_time(write_time(unix_s)) == min(unix_s, 253_402_300_799)
