"""Embeddings on Bedrock, as far as their record needs."""

import json
from typing import Any

import pytest

from vedette.dialects import bedrock_embeddings, bedrock_invoke
from vedette.dialects.bedrock_embeddings import peek_answer, read_answer, read_request
from vedette.dialects.openai_answer_head import AnswerHead
from vedette.dialects.reading import Unreadable
from vedette.errors import BadRequest
from vedette.model.chat import Answer, ChatRequest, Message, RawPart, TextPart
from vedette.model.usage import Usage


def test_a_request_has_a_message_for_each_text() -> None:
    body = {"texts": ["a", "b"], "output_dimension": 256, "truncate": "END"}
    read = read_request(json.dumps(body).encode())
    assert read == ChatRequest(
        model="",
        messages=(
            Message("user", (TextPart(content="a"),)),
            Message("user", (TextPart(content="b"),)),
        ),
        settings={"embedding.dimensions": 256},
        unknown={"truncate": "END"},
        dialect="bedrock_embeddings",
    )
    assert bedrock_invoke.read_request(json.dumps(body).encode()).messages == read.messages
    assert read_request(b'{"inputImage":"AAAA"}').unknown == {"inputImage": "AAAA"}
    with pytest.raises(BadRequest):
        read_request(b"[]")


@pytest.mark.parametrize("reader", [bedrock_embeddings, bedrock_invoke])
def test_an_answer_is_its_shape(reader: Any) -> None:
    body = json.dumps({"embedding": [0.5, 1], "inputTextTokenCount": 3}).encode()
    usage = Usage(input_uncached=3)
    shape = RawPart(content={"embeddings": 1, "dimensions": 2})
    assert reader.read_answer(body) == Answer(
        messages=(Message("assistant", (shape,)),), usage=usage, dialect="bedrock_embeddings"
    )
    assert reader.peek_answer(body) == AnswerHead(usage=usage)


def test_an_error_in_an_answers_place() -> None:
    assert read_answer(b'{"message":"no"}').error == "no"
    assert peek_answer(b'{"message":"no"}') == AnswerHead(error="no")
    with pytest.raises(Unreadable):
        read_answer(b"")
