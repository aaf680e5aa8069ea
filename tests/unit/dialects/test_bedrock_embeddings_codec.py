"""Embeddings of three vendors, translated."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vedette.dialects import bedrock_embeddings
from vedette.dialects.bedrock_embeddings_codec import (
    read_embedding_answer,
    read_embedding_request,
    write_embedding_answer,
    write_embedding_request,
)
from vedette.dialects.contract import Unsupported
from vedette.dialects.embedding_contract import EmbeddingDialect
from vedette.dialects.reading import Unreadable
from vedette.errors import BadRequest
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest
from vedette.model.usage import Usage

DIALECT: EmbeddingDialect = bedrock_embeddings
"""For the type checker: the module keeps the whole contract."""

TITAN = "amazon.titan-embed-text-v2:0"
COHERE = "cohere.embed-v4:0"
NOVA = "amazon.nova-2-multimodal-embeddings-v1:0"


def asked(model: str, *texts: str, **more: Any) -> EmbeddingRequest:
    return EmbeddingRequest(
        model=model, inputs=texts or ("hi",), dialect="openai_embeddings", **more
    )


def write(request: EmbeddingRequest) -> tuple[Any, tuple[str, ...]]:
    written = write_embedding_request(request)
    return json.loads(written.body), written.dropped


@pytest.mark.parametrize(
    ("request_", "body", "dropped"),
    [
        (asked(TITAN, user="u", input_type="query"), {"inputText": "hi"}, ("input_type", "user")),
        (asked(TITAN, dimensions=256), {"inputText": "hi", "dimensions": 256}, ()),
        (asked("amazon.titan-embed-image-v1", dimensions=384),
         {"inputText": "hi", "embeddingConfig": {"outputEmbeddingLength": 384}}, ()),
        (asked(COHERE, "a", "b"), {"texts": ["a", "b"], "input_type": "search_document"}, ()),
        (asked(f"eu.{COHERE}", dimensions=512, input_type="query", extra={"x": 1}),
         {"texts": ["hi"], "input_type": "search_query", "output_dimension": 512}, ("x",)),
        (asked(NOVA, dimensions=256, input_type="clustering"),
         {"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": {
             "embeddingPurpose": "CLUSTERING", "embeddingDimension": 256,
             "text": {"truncationMode": "NONE", "value": "hi"}}}, ()),
    ],
)  # fmt: skip
def test_each_vendor_is_asked_in_its_format(
    request_: EmbeddingRequest, body: Any, dropped: tuple[str, ...]
) -> None:
    assert write(request_) == (body, dropped)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (asked(TITAN, "a", "b"), "input"),
        (asked(NOVA, "a", "b"), "input"),
        (asked("amazon.titan-embed-text-v1", dimensions=5), "dimensions"),
        (asked("cohere.embed-english-v3", dimensions=5), "dimensions"),
        (asked(COHERE, input_type="fact_verification"), "input_type"),
        (asked("arn:aws:bedrock:eu-west-1:1:application-inference-profile/x"), "model"),
        (replace(asked(COHERE), inputs=((1, 2),)), "input"),
    ],
)
def test_what_a_vendor_cannot_do_is_refused(request_: EmbeddingRequest, field: str) -> None:
    with pytest.raises(Unsupported) as raised:
        write(request_)
    assert raised.value.param == field


BODIES: list[tuple[str, dict[str, Any]]] = [
    (TITAN, {"inputText": "hi", "dimensions": 256, "normalize": True, "embeddingTypes": ["float"]}),
    ("amazon.titan-embed-image-v1",
     {"inputText": "hi", "embeddingConfig": {"outputEmbeddingLength": 384}}),
    (COHERE, {"texts": ["a", "b"], "input_type": "search_query", "output_dimension": 256,
              "truncate": "END", "embedding_types": ["float"]}),
    (COHERE, {"texts": ["a"], "input_type": "novel"}),
    (NOVA, {"schemaVersion": "nova-multimodal-embed-v1", "taskType": "SINGLE_EMBEDDING",
            "singleEmbeddingParams": {
                "embeddingPurpose": "TEXT_RETRIEVAL", "embeddingDimension": 384, "novel": 1,
                "text": {"truncationMode": "END", "value": "hi"}}}),
]  # fmt: skip


@pytest.mark.parametrize(("model", "body"), BODIES)
def test_what_was_read_is_written_as_it_was(model: str, body: dict[str, Any]) -> None:
    read = read_embedding_request(json.dumps(body).encode())
    assert write(replace(read, model=model)) == (body, ())


def test_purposes_are_read_in_neutral_words() -> None:
    read = [read_embedding_request(json.dumps(body).encode()) for _, body in BODIES]
    assert [one.input_type for one in read] == ["", "", "query", "novel", "TEXT_RETRIEVAL"]
    assert [one.is_single for one in read] == [True, True, False, False, True]


@pytest.mark.parametrize(
    "body",
    [
        b"{}", b"[]", b'{"inputText":5}', b'{"texts":[]}', b'{"texts":["a",1]}',
        b'{"inputText":"a","dimensions":"x"}', b'{"singleEmbeddingParams":{"image":{}}}',
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_embedding_request(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"embedding": [0.5, 1], "inputTextTokenCount": 3,
          "embeddingsByType": {"float": [0.5, 1]}},
         EmbeddingAnswer(vectors=((0.5, 1.0),), usage=Usage(input_uncached=3))),
        ({"embeddings": [[0.5], [1]], "id": "x", "response_type": "embeddings_floats"},
         EmbeddingAnswer(id="x", vectors=((0.5,), (1.0,)))),
        ({"embeddings": {"float": [[0.5]], "int8": [[1]]}},
         EmbeddingAnswer(vectors=((0.5,),))),
        ({"embeddings": [{"embeddingType": "TEXT", "embedding": [0.5]}]},
         EmbeddingAnswer(vectors=((0.5,),))),
    ],
)  # fmt: skip
def test_vectors_are_read(body: Any, expected: EmbeddingAnswer) -> None:
    assert read_embedding_answer(json.dumps(body).encode()) == expected


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"embedding":"x"}', b'{"embeddings":[]}', b'{"embeddings":{"int8":[]}}',
     b'{"embeddings":"x"}', b'{"message":"no"}'],
)  # fmt: skip
def test_what_is_no_answer_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_embedding_answer(body)


VECTORS = st.lists(st.lists(st.floats(-1, 1), min_size=1, max_size=3).map(tuple), min_size=1,
                   max_size=3)  # fmt: skip


@given(VECTORS, st.sampled_from(BODIES))
def test_answers_come_in_the_format_that_was_asked(
    vectors: list[tuple[float, ...]], asked: tuple[str, dict[str, Any]]
) -> None:
    request = read_embedding_request(json.dumps(asked[1]).encode())
    given = vectors[:1] if request.is_single else vectors
    answer = EmbeddingAnswer(vectors=tuple(given), usage=Usage(input_uncached=4))
    body = write_embedding_answer(answer, request)
    assert read_embedding_answer(body).vectors == answer.vectors
    if asked[0] == TITAN:
        assert read_embedding_answer(body).usage == answer.usage
