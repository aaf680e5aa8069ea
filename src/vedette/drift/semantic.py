"""Meaning as an optional extra: the mean of static token vectors, read from an installed package.

`pip install wordllama` brings the vectors (256 numbers for each of 32,000 tokens) and the tokenizer
as files; only these are read, nothing is downloaded. About 0.2 ms for an answer: cheap, but for the
background all the same. Cosines tell topic and style: a flipped yes has nearly the same vector, so
the verdict of `comparison` is asked first.
"""

import struct
from collections.abc import Sequence
from importlib import import_module, util
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from vedette.drift.betting import Floats
from vedette.errors import StoreError

_PACKAGE = "wordllama"
_VECTORS = "weights/l2_supercat_256.safetensors"
_TOKENS = "tokenizers/l2_supercat_tokenizer_config.json"
_LEVELS = 127
_LONGEST = 20_000


class Tokenizer(Protocol):
    """What is needed of a tokenizer."""

    def ids(self, text: str) -> Sequence[int]: ...


class Embedder:
    """Turns texts into sketches of their meaning: one signed byte a dimension."""

    def __init__(self, vectors: NDArray[np.float16], tokenizer: Tokenizer) -> None:
        self._vectors = vectors
        self._tokenizer = tokenizer

    def sketch(self, text: str) -> bytes:
        """Empty for a text without tokens."""
        ids = [each for each in self._tokenizer.ids(text[:_LONGEST]) if each < len(self._vectors)]
        if not ids:
            return b""
        mean = self._vectors[ids].astype(np.float32).mean(axis=0)
        largest = float(np.abs(mean).max())
        if not largest:
            return b""
        return bytes(np.rint(mean / largest * _LEVELS).astype(np.int8).tobytes())


def cosine(one: bytes, other: bytes) -> float | None:
    """Of two sketches, in [-1, 1]; None where one is missing or they do not fit."""
    if not one or len(one) != len(other):
        return None
    a, b = unpack(one), unpack(other)
    length = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / length if length else None


def unpack(sketch: bytes) -> Floats:
    """The numbers of a sketch, for kernels and distances."""
    return np.frombuffer(sketch, np.int8).astype(np.float64)


def find_embedder() -> Embedder | None:
    """None where the extra is not installed; raises StoreError where its files are damaged."""
    spec = util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations or util.find_spec("tokenizers") is None:
        return None
    folder = Path(spec.submodule_search_locations[0])
    vectors, tokens = folder / _VECTORS, folder / _TOKENS
    if not vectors.is_file() or not tokens.is_file():
        return None
    library: Any = import_module("tokenizers")
    return Embedder(read_vectors(vectors), _Tokens(library.Tokenizer.from_file(str(tokens))))


class _Tokens:
    """The tokenizers library behind our protocol."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def ids(self, text: str) -> Sequence[int]:
        found: Sequence[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return found


def read_vectors(path: Path) -> NDArray[np.float16]:
    """The only tensor of a safetensors file (header length, JSON header, numbers)."""
    data = path.read_bytes()
    try:
        (size,) = struct.unpack_from("<Q", data)
        header = msgspec.json.decode(data[8 : 8 + size])
        (tensor,) = (each for name, each in header.items() if name != "__metadata__")
        start, end = tensor["data_offsets"]
        if tensor["dtype"] != "F16":
            raise ValueError(tensor["dtype"])
        numbers = np.frombuffer(data[8 + size + start : 8 + size + end], "<f2")
        return numbers.reshape(tensor["shape"])
    except (struct.error, msgspec.DecodeError, ValueError, KeyError, AttributeError) as error:
        raise StoreError(f"{path.name} is no file of vectors: {error}") from None
