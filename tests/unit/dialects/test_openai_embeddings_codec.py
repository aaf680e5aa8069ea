"""Requests for embeddings and their answers, both directions."""

import base64
import json
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai import AsyncOpenAI
from openai.types import CreateEmbeddingResponse

from tests.support import answers
from tests.support.answers import Script
from tests.support.recordings import SharedTape, shared_tapes
from tests.support.upstream import Received, Upstream
from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_embeddings_codec import (
    read_embedding_answer,
    read_embedding_request,
    write_embedding_answer,
    write_embedding_request,
)
from vedette.dialects.reading import Unreadable
from vedette.errors import BadRequest
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest, Input
from vedette.model.usage import Usage

PACKED = base64.b64encode(struct.pack("<2f", 0.25, -2.0)).decode()
TAPES = [tape for tape in shared_tapes() if tape.api == "embeddings" and tape.status == 200]
OPENAI_SHAPED = ("azure", "mistral", "openai", "vllm", "voyage")


def read(**fields: Any) -> EmbeddingRequest:
    return read_embedding_request(json.dumps({"model": "e", **fields}).encode())


def written(request: EmbeddingRequest) -> tuple[dict[str, Any], tuple[str, ...]]:
    result = write_embedding_request(request)
    body: dict[str, Any] = json.loads(result.body)
    return body, result.dropped


@pytest.mark.parametrize(
    ("value", "inputs", "is_single"),
    [
        ("a", ("a",), True),
        (["a"], ("a",), False),
        (["a", "b"], ("a", "b"), False),
        ([1, 2], ((1, 2),), True),
        ([[1, 2], [3]], ((1, 2), (3,)), False),
        (["a", [3]], ("a", (3,)), False),
    ],
)
def test_inputs_of_all_kinds(value: Any, inputs: tuple[Input, ...], is_single: bool) -> None:
    request = read(input=value)
    assert (request.inputs, request.is_single) == (inputs, is_single)
    assert written(request) == ({"model": "e", "input": value}, ())


def test_no_field_is_lost_in_the_same_dialect() -> None:
    fields = {
        "input": ["a"],
        "dimensions": 8,
        "encoding_format": "base64",
        "input_type": "passage",
        "user": "u",
        "output_dtype": "int8",
        "truncate": None,
    }
    request = read(**fields)
    assert (request.dimensions, request.encoding_format, request.user) == (8, "base64", "u")
    assert request.input_type == "document"
    assert written(request) == ({"model": "e", **fields}, ())


def test_what_has_no_place_is_named() -> None:
    request = EmbeddingRequest(
        model="e",
        inputs=("a",),
        dimensions=8,
        encoding_format="base64",
        input_type="query",
        extra={"autoTruncate": True},
        dialect="gemini",
    )
    assert written(request) == (
        {"model": "e", "input": ["a"], "dimensions": 8},
        ("autoTruncate", "taskType"),
    )


def test_token_ids_of_another_dialect_are_refused() -> None:
    with pytest.raises(Unsupported, match="'input'"):
        write_embedding_request(EmbeddingRequest(model="e", inputs=((1, 2),), dialect="cohere"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "'input' must be"),
        ({"input": []}, "'input' must be"),
        ({"input": {"a": 1}}, "'input' must be"),
        ({"input": ["a", {"image": "x"}]}, r"'input\[1\]'"),
        ({"input": ["a", []]}, r"'input\[1\]'"),
        ({"input": [1, True]}, r"'input\[0\]'"),
        ({"input": "a", "dimensions": 0}, "'dimensions'"),
        ({"input": "a", "encoding_format": "hex"}, "'encoding_format'"),
    ],
)
def test_a_request_that_cannot_be_read_is_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        read(**fields)


def test_answers_are_read_in_the_order_of_their_indexes() -> None:
    body = {
        "id": "x",
        "object": "list",
        "model": "m",
        "data": [
            {"object": "embedding", "index": 1, "embedding": [3, 4.5]},
            {"object": "embedding", "index": 0, "embedding": PACKED},
        ],
        "usage": {"prompt_tokens": 7, "total_tokens": 7},
    }
    assert read_embedding_answer(json.dumps(body).encode()) == EmbeddingAnswer(
        id="x", model="m", vectors=((0.25, -2.0), (3.0, 4.5)), usage=Usage(input_uncached=7)
    )


def test_without_indexes_the_order_stands() -> None:
    body = b'{"data":[{"embedding":[2.0]},{"embedding":[1.0]}]}'
    assert read_embedding_answer(body).vectors == ((2.0,), (1.0,))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"error":{"message":"m"}}',
        b'{"data":[]}',
        b'{"data":[{"embedding":null}]}',
        b'{"data":[{"embedding":[1,null]}]}',
        b'{"data":[{"embedding":"no base64"}]}',
        b'{"data":[{"embedding":"AAA="}]}',
    ],
)
def test_an_answer_without_its_vectors_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_embedding_answer(body)


numbers = st.floats(width=32, allow_nan=False, allow_infinity=False)
whole_answers = st.builds(
    EmbeddingAnswer,
    id=st.text(max_size=3),
    model=st.just("m"),
    vectors=st.lists(st.lists(numbers, max_size=4).map(tuple), min_size=1, max_size=4).map(tuple),
    usage=st.builds(Usage, input_uncached=st.integers(0, 2**40)),
)


@given(whole_answers, st.sampled_from(["", "float", "base64"]))
def test_an_answer_is_read_as_it_was_written(answer: EmbeddingAnswer, encoding: str) -> None:
    request = EmbeddingRequest(model="e", encoding_format=encoding)
    body = write_embedding_answer(answer, request)
    assert read_embedding_answer(body) == answer
    if encoding != "base64":
        CreateEmbeddingResponse.model_validate_json(body, strict=True)


async def test_the_official_client_reads_what_it_asked_for() -> None:
    answer = EmbeddingAnswer(model="m", vectors=((0.25, -2.0), (1.0, 0.5)))

    def respond(received: Received) -> Script:
        request = read_embedding_request(received.body)
        # What the client asks for by default.
        assert request.encoding_format == "base64"
        return answers.answer(write_embedding_answer(answer, request))

    async with Upstream() as upstream, AsyncOpenAI(api_key="k", base_url=upstream.url) as client:
        upstream.respond = respond
        read = await client.embeddings.create(model="e", input=["a", "b"])
        assert [tuple(item.embedding) for item in read.data] == list(answer.vectors)


def test_the_encoding_is_the_one_asked_for() -> None:
    answer = EmbeddingAnswer(vectors=((0.25, -2.0),))
    for encoding, expected in (("base64", PACKED), ("float", [0.25, -2.0]), ("", [0.25, -2.0])):
        request = EmbeddingRequest(model="e", encoding_format=encoding)
        body = json.loads(write_embedding_answer(answer, request))
        assert body == {
            "object": "list",
            "data": [{"object": "embedding", "index": 0, "embedding": expected}],
            "model": "e",
            "usage": {"prompt_tokens": 0, "total_tokens": 0},
        }


@pytest.mark.parametrize(
    "tape", [t for t in TAPES if t.provider in OPENAI_SHAPED], ids=lambda tape: tape.name
)
def test_recordings(tape: SharedTape) -> None:
    request = read_embedding_request(tape.request)
    answer = read_embedding_answer(tape.response)
    assert len(answer.vectors) == len(request.inputs)
    assert len({len(vector) for vector in answer.vectors}) == 1
    again = read_embedding_answer(write_embedding_answer(answer, request))
    assert again.usage == answer.usage
    assert again.vectors == answer.vectors
