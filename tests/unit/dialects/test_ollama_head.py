"""The facts of an answer, quickly."""

import pytest

from vedette.dialects.ollama_answer import read_chat
from vedette.dialects.ollama_head import peek_answer
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.reading import Unreadable
from vedette.model.usage import Usage


def test_the_usual_answer() -> None:
    body = b'{"model":"m","message":{},"done":true,"done_reason":"length","eval_count":3}'
    assert peek_answer(body) == AnswerHead("", "m", "length", Usage(output_text=3))
    assert peek_answer(b'{"response":"a","done":true}') == AnswerHead("", "", "stop")


@pytest.mark.parametrize(
    "body",
    [
        b'{"error":"boom"}',
        b'{"model":7,"message":{"content":"a"},"done":true,"eval_count":"x"}',
        b'{"model":"m","message":{"content":"a"},"done":true,"prompt_eval_count":2}',
    ],
)
def test_both_ways_of_reading_say_the_same(body: bytes) -> None:
    assert peek_answer(body) == head_of(read_chat(body, ""))


@pytest.mark.parametrize("body", [b"", b"[1]"])
def test_what_is_no_object_cannot_be_read(body: bytes) -> None:
    with pytest.raises(Unreadable):
        peek_answer(body)
