"""Embeddings: what went in, and the shape of what came out."""

import base64
import json

import pytest

from vedette.dialects import openai_embeddings
from vedette.dialects.contract import Fault
from vedette.dialects.embedding_contract import EmbeddingDialect
from vedette.dialects.openai_embeddings import StreamReader, read_answer, read_request
from vedette.model.chat import Answer, ErrorDelta, Message, RawPart, TextPart
from vedette.model.usage import Usage

PACKED = base64.b64encode(bytes(4 * 1536)).decode()


def test_a_request_is_read_whole() -> None:
    request = read_request(
        b'{"model":"e","input":["a",[1,2]],"dimensions":8,"encoding_format":"base64","x":1}'
    )
    assert request.messages == (
        Message(role="user", parts=(TextPart(content="a"),)),
        Message(role="user", parts=(RawPart(content={"tokens": 2}),)),
    )
    assert request.settings == {"embedding.dimensions": 8, "encoding_formats": ["base64"]}
    assert request.unknown == {"x": 1}


@pytest.mark.parametrize(
    ("vector", "dimensions"), [([0.1, 0.2, 0.3], 3), (PACKED, 1536), (None, 0)]
)
def test_vectors_are_counted_and_not_kept(vector: object, dimensions: int) -> None:
    data = [{"object": "embedding", "index": n, "embedding": vector} for n in range(2)]
    body = {"model": "e", "data": data, "usage": {"prompt_tokens": 5, "total_tokens": 5}}
    shape = RawPart(content={"embeddings": 2, "dimensions": dimensions})
    assert read_answer(json.dumps(body).encode()) == Answer(
        model="e",
        messages=(Message(role="assistant", parts=(shape,)),),
        usage=Usage(input_uncached=5),
    )


def test_the_module_is_a_dialect_of_embeddings() -> None:
    dialect: EmbeddingDialect = openai_embeddings
    assert dialect.NAME == "openai_embeddings"
    fault = Fault(429, "m", "rate_limit_error", "c")
    assert dialect.read_error(429, dialect.write_error(fault)) == fault


def test_errors() -> None:
    body = b'{"error":{"message":"m","type":"t"}}'
    assert read_answer(body) == Answer(error="t: m")
    assert StreamReader().read(body) == [ErrorDelta("m", "t")]
