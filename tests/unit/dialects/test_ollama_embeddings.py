"""Vectors, in both of Ollama's forms."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects import ollama_embeddings
from vedette.dialects.contract import Unsupported
from vedette.dialects.embedding_contract import EmbeddingDialect
from vedette.dialects.ollama_embeddings import (
    StreamReader,
    peek_answer,
    read_answer,
    read_embedding_answer,
    read_embedding_request,
    read_request,
    write_embedding_answer,
    write_embedding_request,
)
from vedette.dialects.openai_answer_head import AnswerHead
from vedette.dialects.reading import Unreadable
from vedette.errors import BadRequest
from vedette.model.chat import ErrorDelta, RawPart, TextPart
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest
from vedette.model.usage import Usage

TWO = EmbeddingAnswer(model="m", vectors=((0.5, -1.0), (2.0, 3.0)), usage=Usage(input_uncached=7))


def read(**fields: Any) -> EmbeddingRequest:
    return read_embedding_request(json.dumps(fields).encode())


def test_it_is_a_dialect() -> None:
    dialect: EmbeddingDialect = ollama_embeddings
    assert dialect.NAME == "ollama_embeddings"


def test_a_request_is_read_whole() -> None:
    assert read(
        model="m", input=["a", "b"], dimensions=8, truncate=False, options={}, keep_alive=None
    ) == EmbeddingRequest(
        model="m", inputs=("a", "b"), dimensions=8, extra={"truncate": False},
        dialect="ollama_embeddings",
    )  # fmt: skip
    assert read(model="m", input="a").is_single


@pytest.mark.parametrize(
    "fields",
    [
        {"model": "m", "input": ["a"], "truncate": True, "options": {"num_ctx": 5}},
        {"model": "m", "input": "a", "dimensions": 3},
    ],
)
def test_in_its_own_dialect_nothing_is_lost(fields: dict[str, Any]) -> None:
    written = write_embedding_request(read(**fields))
    assert json.loads(written.body) == fields
    assert written.dropped == ()


@pytest.mark.parametrize(
    "fields",
    [{}, {"input": None}, {"input": [1, 2]}, {"input": ["a", None]}, {"prompt": ["a"]},
     {"input": "a", "dimensions": -1}, {"input": "a", "dimensions": "8"}],
)  # fmt: skip
def test_what_is_no_text_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadRequest):
        read(model="m", **fields)


def test_the_old_form_is_asked_anew_and_answered_as_of_old() -> None:
    request = read(model="m", prompt="a", options={"num_ctx": 5})
    assert json.loads(write_embedding_request(request).body) == {
        "model": "m", "input": "a", "options": {"num_ctx": 5},
    }  # fmt: skip
    one = EmbeddingAnswer(vectors=((0.5, 1.0),))
    assert json.loads(write_embedding_answer(one, request)) == {"embedding": [0.5, 1.0]}


def test_requests_of_others() -> None:
    request = EmbeddingRequest(
        model="m", inputs=("a",), is_single=True, encoding_format="base64", user="ann",
        input_type="query", extra={"x": 1}, dialect="openai_embeddings",
    )  # fmt: skip
    written = write_embedding_request(request)
    assert json.loads(written.body) == {"model": "m", "input": "a"}
    assert written.dropped == ("x", "user", "input_type")


def test_token_ids_are_refused() -> None:
    with pytest.raises(Unsupported, match="token ids"):
        write_embedding_request(EmbeddingRequest(model="m", inputs=((1, 2),)))


def test_answers_come_back() -> None:
    written = write_embedding_answer(TWO, EmbeddingRequest(model="asked"))
    assert json.loads(written) == {
        "model": "m", "embeddings": [[0.5, -1.0], [2.0, 3.0]], "prompt_eval_count": 7,
    }  # fmt: skip
    assert read_embedding_answer(written) == TWO
    nameless = json.loads(
        write_embedding_answer(EmbeddingAnswer(), EmbeddingRequest(model="asked"))
    )
    assert nameless == {"model": "asked", "embeddings": []}


def test_an_old_answer_is_one_vector() -> None:
    assert read_embedding_answer(b'{"embedding": [1, 2.5]}').vectors == ((1.0, 2.5),)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"embeddings": []}', b'{"embeddings": [["a"]]}', b'{"error":"x"}']
)
def test_an_answer_without_vectors_cannot_be_read(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_embedding_answer(body)


def test_the_record_has_the_texts_and_no_vectors() -> None:
    body = {"model": "m", "input": ["a", 1], "dimensions": 3, "options": {"seed": 1}, "x": 2}
    request = read_request(json.dumps(body).encode())
    assert [message.parts for message in request.messages] == [(TextPart(content="a"),)]
    assert request.settings == {"seed": 1, "embedding.dimensions": 3}
    assert request.unknown == {"x": 2}
    answer = read_answer(b'{"model":"m","embeddings":[[1,2],[3,4]],"prompt_eval_count":9}')
    assert answer.messages[0].parts == (RawPart(content={"embeddings": 2, "dimensions": 2}),)
    assert answer.usage == Usage(input_uncached=9)
    assert read_answer(b'{"error":"boom"}').error == "boom"


def test_the_facts_of_an_answer() -> None:
    body = b'{"model":"m","embeddings":[[1,2]],"prompt_eval_count":9}'
    assert peek_answer(body) == AnswerHead("", "m", "", Usage(input_uncached=9))
    assert peek_answer(b'{"error":"boom"}').error == "boom"
    assert peek_answer(b'{"model":7}').model == "7"


def test_a_stream_has_nothing_but_errors() -> None:
    assert StreamReader().read(b'{"error":"boom"}') == [ErrorDelta("boom")]


@given(st.lists(st.lists(st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
def test_any_vectors_come_back(vectors: list[list[float]]) -> None:
    answer = EmbeddingAnswer(model="m", vectors=tuple(map(tuple, vectors)))
    written = write_embedding_answer(answer, EmbeddingRequest(model="m"))
    assert read_embedding_answer(written).vectors == answer.vectors
