import base64
import json
import math
import struct
from typing import Any

from vedette.sim.embeddings import embed, embeddings_body
from vedette.sim.requests import read_embedding


def vectors(**fields: Any) -> list[Any]:
    body = json.dumps({"model": "embed", **fields}).encode()
    answered = json.loads(embeddings_body(read_embedding(body)[0]))
    return [one["embedding"] for one in answered["data"]]


def near(left: tuple[float, ...], right: tuple[float, ...]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


def test_vectors_have_length_one_and_the_dimensions_asked_for() -> None:
    for dimensions in (1, 2, 7, 256, 4096):
        (vector,) = vectors(input="the quick brown fox", dimensions=dimensions)
        assert len(vector) == dimensions
        assert math.isclose(math.hypot(*vector), 1, abs_tol=1e-5)
    assert len(vectors(input="a")[0]) == 256


def test_equal_texts_are_equal_and_shared_words_are_near() -> None:
    one, same = embed("a red house", 256), embed("A  red house", 256)
    assert one == same
    assert near(one, embed("a red car", 256)) > near(one, embed("my old boat", 256))


def test_base64_carries_the_same_numbers() -> None:
    (floats,) = vectors(input="x y", dimensions=8)
    (encoded,) = vectors(input="x y", dimensions=8, encoding_format="base64")
    assert list(struct.unpack("<8f", base64.b64decode(encoded))) == floats


def test_lists_of_texts_and_tokens_give_one_vector_each() -> None:
    assert len(vectors(input=["a", "b", "c"])) == 3
    assert len(vectors(input=[1, 2, 3])) == 1
    assert len(vectors(input=[[1, 2], [3]])) == 2


def test_usage_counts_words_and_tokens() -> None:
    call, _ = read_embedding(b'{"model":"embed","input":["one two",[7,8,9]]}')
    assert json.loads(embeddings_body(call))["usage"] == {"prompt_tokens": 5, "total_tokens": 5}


def test_a_lone_surrogate_does_not_hurt() -> None:
    assert len(embed("\ud800", 4)) == 4
