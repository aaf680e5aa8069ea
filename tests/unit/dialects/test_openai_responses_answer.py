"""Whole answers, read."""

import json
from typing import Any

import pytest

from tests.support.recordings import SharedTape, shared_tapes
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.openai_responses_answer import peek_answer, read_answer
from vedette.dialects.reading import Unreadable
from vedette.model.chat import Answer, Message, TextPart
from vedette.model.usage import Usage

TAPES = [tape for tape in shared_tapes() if tape.api == "responses" and not tape.streamed]


def read(**fields: Any) -> Answer:
    return read_answer(json.dumps({"id": "r", "model": "m", **fields}).encode())


def test_an_answer_is_read_whole() -> None:
    said = {"type": "message", "content": [{"type": "output_text", "text": "a"}]}
    answer = read(
        status="completed",
        created_at=12.0,
        output=[said],
        usage={"input_tokens": 3, "output_tokens": 2},
        service_tier="flex",
        instructions="long",
    )
    assert answer == Answer(
        id="r",
        model="m",
        messages=(
            Message(role="assistant", parts=(TextPart(content="a"),), finish_reason="completed"),
        ),
        finish_reasons=("completed",),
        usage=Usage(input_uncached=3, output_text=2),
        created_s=12,
        extra={"service_tier": "flex"},
        dialect="openai_responses",
    )


def test_why_an_answer_is_incomplete() -> None:
    answer = read(status="incomplete", incomplete_details={"reason": "max_output_tokens"})
    assert answer.finish_reasons == ("max_output_tokens",)
    assert read(status="incomplete").finish_reasons == ("incomplete",)
    assert read(status="in_progress").messages == ()


def test_an_answer_that_failed() -> None:
    answer = read(status="failed", error={"code": "server_error", "message": "m"})
    assert answer.error == "server_error: m"


@pytest.mark.parametrize(
    "body",
    [
        {"id": "r", "model": "m", "status": "completed", "usage": {"input_tokens": 3}},
        {"status": "incomplete", "incomplete_details": {"reason": "content_filter"}},
        {"id": None, "status": "in_progress", "usage": None},
        {"status": "failed", "error": {"code": "c", "message": "m"}},
        {"id": 5, "model": ["x"], "status": "completed"},
    ],
)
def test_a_peek_sees_what_a_reader_sees(body: dict[str, Any]) -> None:
    encoded = json.dumps(body).encode()
    assert peek_answer(encoded) == head_of(read_answer(encoded))


@pytest.mark.parametrize("read", [read_answer, peek_answer])
def test_what_is_no_object_is_unreadable(read: Any) -> None:
    for body in (b"", b"[]", b"<html>"):
        with pytest.raises(Unreadable):
            read(body)


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.name)
def test_recordings(tape: SharedTape) -> None:
    answer = read_answer(tape.response)
    head = peek_answer(tape.response)
    assert isinstance(head, AnswerHead)
    assert head == head_of(answer)
    assert answer.messages[0].parts
    assert tape.usage is not None
    assert answer.usage is not None
    assert answer.usage.input_total == tape.usage["input_tokens"]
    assert answer.usage.output_total == tape.usage["output_tokens"]
