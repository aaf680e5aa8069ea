import json
from typing import Any

import pytest
from google import genai
from google.genai import types

from tests.support import answers
from tests.support.upstream import Upstream
from vedette.dialects import openai_embeddings
from vedette.dialects.contract import Unsupported
from vedette.dialects.gemini_embeddings_codec import (
    read_embedding_answer,
    read_embedding_request,
    write_embedding_answer,
    write_embedding_request,
)
from vedette.dialects.reading import Unreadable
from vedette.errors import BadRequest
from vedette.model.embedding import EmbeddingAnswer, EmbeddingRequest
from vedette.model.usage import Usage

SINGLE = {
    "model": "models/gemini-embedding-001",
    "content": {"parts": [{"text": "a"}]},
    "taskType": "RETRIEVAL_QUERY",
    "outputDimensionality": 2,
}


def read(value: Any) -> EmbeddingRequest:
    return read_embedding_request(json.dumps(value).encode())


def ask(*texts: str, **fields: Any) -> dict[str, Any]:
    return {
        "requests": [
            {"model": "models/m", "content": {"parts": [{"text": text}]}, **fields}
            for text in texts
        ]
    }


def test_one_text() -> None:
    assert read(SINGLE) == EmbeddingRequest(
        model="gemini-embedding-001",
        inputs=("a",),
        is_single=True,
        dimensions=2,
        input_type="query",
        dialect="gemini_embeddings",
    )
    assert json.loads(write_embedding_request(read(SINGLE)).body) == {"requests": [SINGLE]}


@pytest.mark.parametrize(
    "value",
    [
        ask("a", "b"),
        ask("a", "b", taskType="CLUSTERING", outputDimensionality=3, title="t", autoTruncate=True),
        ask("a", taskType="NOVEL_TASK"),
        {"requests": [*ask("a", title="x")["requests"], *ask("b", title="y")["requests"]]},
    ],
)
def test_a_list_of_texts_read_and_written(value: Any) -> None:
    written = write_embedding_request(read(value))
    assert (json.loads(written.body), written.dropped) == (value, ())


def test_the_newer_settings_and_snake_case_are_read() -> None:
    newer = {
        "requests": [
            {
                "content": {"parts": [{"text": "a"}, {"text": "b"}]},
                "embed_content_config": {"task_type": "CLUSTERING", "output_dimensionality": 3},
            }
        ]
    }
    request = read(newer)
    assert (request.inputs, request.dimensions, request.input_type) == (("a\nb",), 3, "clustering")


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {"requests": []},
        {"requests": [{"content": {"parts": []}}]},
        {**SINGLE, "outputDimensionality": -1},
        {**SINGLE, "outputDimensionality": "2"},
    ],
)
def test_what_is_no_request_is_refused(value: Any) -> None:
    with pytest.raises(BadRequest):
        read(value)


def test_what_only_gemini_can_do_is_refused() -> None:
    mixed = [*ask("a", taskType="CLUSTERING")["requests"], *ask("b")["requests"]]
    for value in (
        {"requests": mixed},
        {"content": {"parts": [{"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]}},
    ):
        with pytest.raises(Unsupported):
            read(value)


def test_a_request_of_an_openai_client() -> None:
    asked = {"model": "m", "input": ["a", "b"], "dimensions": 2, "user": "ann", "encoding_format":
             "base64", "truncate": "END"}  # fmt: skip
    request = openai_embeddings.read_embedding_request(json.dumps(asked).encode())
    written = write_embedding_request(request)
    assert json.loads(written.body) == ask("a", "b", outputDimensionality=2)
    assert written.dropped == ("truncate", "user")


@pytest.mark.parametrize(
    "fields", [{"inputs": ((1, 2),)}, {"inputs": ("a",), "input_type": "passage"}]
)
def test_what_gemini_cannot_do_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(Unsupported):
        write_embedding_request(EmbeddingRequest(model="m", dialect="openai_embeddings", **fields))


def test_vectors_read_and_written() -> None:
    answer = EmbeddingAnswer(vectors=((0.5, -1.0), (0.25, 1e-9)), usage=Usage(input_uncached=4))
    assert read_embedding_answer(write_embedding_answer(answer, read(ask("a", "b")))) == answer
    one = EmbeddingAnswer(vectors=((0.5, 1.0),))
    written = write_embedding_answer(one, read(SINGLE))
    assert json.loads(written) == {"embedding": {"values": [0.5, 1.0]}}
    assert read_embedding_answer(written) == one


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"embeddings": []}', b'{"embeddings": [{}]}', b'{"embedding": null}']
)
def test_an_answer_without_vectors_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_embedding_answer(body)


async def test_googles_client_gets_its_vectors() -> None:
    answer = EmbeddingAnswer(vectors=((0.5, 1.0), (0.0, 2.0)), usage=Usage(input_uncached=4))
    async with Upstream() as upstream:
        upstream.respond = lambda request: answers.answer(
            write_embedding_answer(answer, read_embedding_request(request.body))
        )
        options = types.HttpOptions(base_url=upstream.url.removesuffix("/v1"))
        config = types.EmbedContentConfig(task_type="RETRIEVAL_QUERY", output_dimensionality=2)
        texts: Any = ["a", "b"]
        async with genai.Client(api_key="k", http_options=options).aio as google:
            response = await google.models.embed_content(
                model="gemini-embedding-001", contents=texts, config=config
            )
        request = read_embedding_request(upstream.requests[0].body)
    assert [one.values for one in response.embeddings or []] == [[0.5, 1.0], [0.0, 2.0]]
    assert request.inputs == ("a", "b")
    assert (request.input_type, request.dimensions) == ("query", 2)
