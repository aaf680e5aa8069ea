"""Vectors as base64."""

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.openai_embeddings_vectors import pack_vector, unpack_vector

floats = st.lists(st.floats(width=32, allow_nan=False), max_size=40).map(tuple)


@given(floats)
def test_what_is_packed_is_unpacked(vector: tuple[float, ...]) -> None:
    assert unpack_vector(pack_vector(vector)) == vector


def test_little_endian_32_bits() -> None:
    assert base64.b64decode(pack_vector((1.0, -0.5))) == struct.pack("<2f", 1.0, -0.5)


def test_what_is_too_large_becomes_infinite() -> None:
    assert unpack_vector(pack_vector((1e300, -1e300))) == (float("inf"), float("-inf"))


@pytest.mark.parametrize("encoded", ["AAA", "AAAA", "no base64 !", "AAAAAA==AAAA"])
def test_what_is_no_vector(encoded: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack_vector(encoded)
