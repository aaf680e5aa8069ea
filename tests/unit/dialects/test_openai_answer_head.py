"""Facts of whole answers, with as little reading as possible."""

import json

import pytest

from tests.support.recordings import PAIRS, codec_of, whole
from vedette.dialects.openai_answer_head import AnswerHead, head_of, peek_answer
from vedette.dialects.reading import Unreadable
from vedette.model.chat import Answer
from vedette.model.usage import Usage


@pytest.mark.parametrize("pair", PAIRS)
def test_the_head_says_what_the_whole_reading_says(pair: str) -> None:
    codec = codec_of(pair)
    assert codec.peek_answer(whole(pair)) == head_of(codec.read_answer(whole(pair)))


def test_embeddings_have_no_choices() -> None:
    body = b'{"model":"e","data":[{"embedding":[1,2]}],"usage":{"prompt_tokens":2}}'
    assert peek_answer(body) == AnswerHead(model="e", usage=Usage(input_uncached=2))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"id": 1, "choices": [{"finish_reason": "stop"}]}, AnswerHead("1", "", "stop")),
        ({"id": "a", "choices": "none"}, AnswerHead("a")),
        ({"choices": [7], "usage": []}, AnswerHead()),
        ({"error": {"message": "m", "type": "t"}}, AnswerHead(error="t: m")),
        ({}, AnswerHead()),
    ],
)
def test_odd_answers_say_what_they_can(answer: object, expected: AnswerHead) -> None:
    assert peek_answer(json.dumps(answer).encode()) == expected


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"id":"a"'])
def test_what_is_no_object_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        peek_answer(body)


def test_an_empty_answer_has_an_empty_head() -> None:
    assert head_of(Answer()) == AnswerHead()
