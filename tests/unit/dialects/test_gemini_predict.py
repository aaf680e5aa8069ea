import json
from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.gemini_predict import (
    peek_answer,
    read_answer,
    read_embedding_answer,
    read_embedding_request,
    read_request,
    write_embedding_answer,
    write_embedding_request,
)
from vedette.dialects.reading import Unreadable
from vedette.errors import BadRequest
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest
from vedette.model.usage import Usage

REQUEST = {
    "instances": [
        {"content": "a", "task_type": "RETRIEVAL_QUERY"},
        {"content": "b", "task_type": "RETRIEVAL_QUERY"},
    ],
    "parameters": {"autoTruncate": False, "outputDimensionality": 2},
}


def body(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_a_request_read_and_written() -> None:
    request = read_embedding_request(body(REQUEST))
    assert request == EmbeddingRequest(
        model="",
        inputs=("a", "b"),
        dimensions=2,
        input_type="query",
        extra={"autoTruncate": False},
        dialect="gemini_predict",
    )
    assert json.loads(write_embedding_request(request).body) == REQUEST


def test_a_request_of_another_client() -> None:
    request = EmbeddingRequest(
        model="text-embedding-005", inputs=("a",), user="ann", extra={"x": 1},
        dialect="openai_embeddings",
    )  # fmt: skip
    written = write_embedding_request(request)
    assert json.loads(written.body) == {"instances": [{"content": "a"}]}
    assert written.dropped == ("x", "user")


def test_what_cannot_be_read_or_told_is_refused() -> None:
    odd: tuple[Any, ...] = ({}, {"instances": []}, {"instances": [{"image": {}}]})
    for value in odd:
        with pytest.raises(BadRequest):
            read_embedding_request(body(value))
    mixed = {"instances": [{"content": "a", "task_type": "CLUSTERING"}, {"content": "b"}]}
    with pytest.raises(Unsupported):
        read_embedding_request(body(mixed))


def test_vectors_read_and_written() -> None:
    answer = EmbeddingAnswer(vectors=((0.5,), (1.0,)), usage=Usage(input_uncached=7))
    written = write_embedding_answer(answer, read_embedding_request(body(REQUEST)))
    assert read_embedding_answer(written) == answer
    assert read_embedding_answer(b'{"predictions":[{"embeddings":{"values":[1]}}]}').usage is None
    with pytest.raises(Unreadable):
        read_embedding_answer(b'{"predictions":[]}')


def test_the_record_of_a_call() -> None:
    request = read_request(body(REQUEST))
    assert [message.parts[0] for message in request.messages] == list(
        read_request(body({"instances": [{"content": "a"}, {"content": "b"}]})).messages[i].parts[0]
        for i in (0, 1)
    )
    assert request.unknown == {"parameters": REQUEST["parameters"]}
    answer = EmbeddingAnswer(vectors=((0.5, 1.0),), usage=Usage(input_uncached=7))
    written = write_embedding_answer(answer, read_embedding_request(body(REQUEST)))
    assert read_answer(written).usage == Usage(input_uncached=7)
    assert peek_answer(b'{"error": {"status": "NOT_FOUND"}}').error == "NOT_FOUND"
    with pytest.raises(Unreadable):
        read_answer(b"[]")
