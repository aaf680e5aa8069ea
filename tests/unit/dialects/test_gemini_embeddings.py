"""Embeddings as far as their record needs."""

import json
from typing import Any

import pytest

from vedette.dialects.gemini_embeddings import peek_answer, read_answer, read_request
from vedette.dialects.reading import Unreadable
from vedette.errors import BadRequest
from vedette.model.chat import MediaPart, Message, RawPart, TextPart
from vedette.model.usage import Usage


def read(value: Any) -> Any:
    return read_request(json.dumps(value).encode())


def test_every_text_is_a_message() -> None:
    one = {"model": "models/m", "content": {"parts": [{"text": "a"}]}, "outputDimensionality": 2}
    blob = {"mimeType": "image/png", "data": "AAAA"}
    other = {"content": {"parts": [{"inline_data": blob}]}}
    request = read({"requests": [one, other]})
    assert (request.model, request.settings) == ("m", {"embedding.dimensions": 2})
    picture = MediaPart(modality="image", mime_type="image/png", size_bytes=3, data="AAAA")
    assert request.messages == (
        Message(role="user", parts=(TextPart(content="a"),)),
        Message(role="user", parts=(picture,)),
    )
    assert read({**one, "taskType": "CLUSTERING"}).unknown == {"taskType": "CLUSTERING"}
    with pytest.raises(BadRequest):
        read([])


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ({"embedding": {"values": [1.0, 2.0]}}, 1),
        ({"embeddings": [{"values": [1.0, 2.0]}, {}], "usageMetadata": {"promptTokenCount": 3}}, 2),
    ],
)
def test_vectors_are_recorded_by_their_number_and_length(answer: Any, count: int) -> None:
    read = read_answer(json.dumps(answer).encode())
    shape = {"embeddings": count, "dimensions": 2}
    assert read.messages == (Message(role="assistant", parts=(RawPart(content=shape),)),)
    assert read.usage == (Usage(input_uncached=3) if count == 2 else None)


def test_an_error_and_what_is_no_answer() -> None:
    error = b'{"error": {"status": "NOT_FOUND", "message": "no such model"}}'
    assert peek_answer(error).error == "NOT_FOUND: no such model"
    with pytest.raises(Unreadable):
        peek_answer(b"[]")
