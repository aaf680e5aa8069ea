"""Deterministic embeddings: texts that share words are near each other.

Feature hashing (Weinberger et al. 2009): each word adds +1 or -1 to four coordinates that its
hash picks; the sum is scaled to length 1.
"""

import base64
import math
import struct
from hashlib import blake2b
from typing import Final

import msgspec

from vedette.sim.answers import count_words
from vedette.sim.requests import EmbeddingCall

DEFAULT_DIMENSIONS: Final = 256
_FEATURES: Final = struct.Struct("<4I")


def embeddings_body(call: EmbeddingCall) -> bytes:
    """The answer to an embeddings request."""
    inputs = call.inputs()
    dimensions = call.dimensions or DEFAULT_DIMENSIONS
    tokens = sum(count_words(one) if isinstance(one, str) else len(one) for one in inputs)
    return msgspec.json.encode(
        {
            "object": "list",
            "data": [
                {
                    "object": "embedding",
                    "index": index,
                    "embedding": _encoded(embed(one, dimensions), call.encoding_format),
                }
                for index, one in enumerate(inputs)
            ],
            "model": call.model,
            "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
        }
    )


def embed(text: str | list[int], dimensions: int) -> tuple[float, ...]:
    """A unit vector of 32-bit floats."""
    words = text.lower().split() if isinstance(text, str) else [str(token) for token in text]
    sums = [0.0] * dimensions
    for word in words or [""]:
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        for feature in _FEATURES.unpack(digest):
            sums[(feature >> 1) % dimensions] += 1.0 if feature & 1 else -1.0
    if not any(sums):
        sums[0] = 1.0
    length = math.sqrt(sum(value * value for value in sums))
    # Through 32 bits, so that both encodings carry the same numbers.
    floats = struct.Struct(f"<{dimensions}f")
    return floats.unpack(floats.pack(*(value / length for value in sums)))


def _encoded(vector: tuple[float, ...], encoding: str | None) -> tuple[float, ...] | str:
    if encoding == "base64":
        return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
    return vector
