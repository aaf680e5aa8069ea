"""Sketches of meaning from files of vectors."""

import importlib.util
import json
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from vedette.drift.semantic import Embedder, cosine, find_embedder, read_vectors, unpack
from vedette.errors import StoreError


class Words:
    """Each word is one token, known or not."""

    known = ("rain", "water", "cat")

    def ids(self, text: str) -> Sequence[int]:
        return [self.known.index(word) if word in self.known else 99 for word in text.split()]


def write_vectors(path: Path, dtype: str = "F16") -> Path:
    """Rain and water are alike, a cat is something else."""
    numbers = np.array([[1, 0.1], [0.9, 0.3], [0, 1]], "<f2").tobytes()
    tensor = {"dtype": dtype, "shape": [3, 2], "data_offsets": [0, len(numbers)]}
    header = json.dumps({"__metadata__": {}, "embedding.weight": tensor}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header + numbers)
    return path


def test_like_words_have_like_sketches(tmp_path: Path) -> None:
    embedder = Embedder(read_vectors(write_vectors(tmp_path / "v")), Words())
    rain, water, cat = (embedder.sketch(word) for word in ("rain", "water", "cat unknown"))
    near, far = cosine(rain, water), cosine(rain, cat)
    assert near is not None
    assert far is not None
    assert near > 0.95 > 0.3 > far
    assert unpack(rain).tolist() == [127, 13]


def test_nothing_has_no_sketch_and_no_cosine(tmp_path: Path) -> None:
    embedder = Embedder(read_vectors(write_vectors(tmp_path / "v")), Words())
    assert embedder.sketch("") == b""
    assert embedder.sketch("unknown words") == b""
    assert cosine(b"", b"") is None
    assert cosine(bytes([1]), bytes([1, 2])) is None
    assert cosine(bytes([0]), bytes([1])) is None


@pytest.mark.parametrize("data", [b"", b"\x05" + b"\0" * 7 + b"nope!", b"\x02" + b"\0" * 7 + b"{}"])
def test_what_is_no_file_of_vectors_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken"
    path.write_bytes(data)
    with pytest.raises(StoreError, match="no file of vectors"):
        read_vectors(path)
    with pytest.raises(StoreError, match="F32"):
        read_vectors(write_vectors(path, "F32"))


def test_the_extra_is_used_where_it_is_installed() -> None:
    embedder = find_embedder()
    if importlib.util.find_spec("wordllama") is None:
        assert embedder is None
        return
    assert embedder is not None
    near = cosine(embedder.sketch("It rains."), embedder.sketch("The rain falls."))
    far = cosine(embedder.sketch("It rains."), embedder.sketch("def main(): return 1"))
    assert near is not None
    assert far is not None
    assert near > far
