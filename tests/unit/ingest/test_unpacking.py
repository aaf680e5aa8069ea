import gzip
import zlib
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import BadRequest
from vedette.ingest.unpacking import TooLarge, UnknownEncoding, unpack

PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress, "deflate": zlib.compress,
    "zstd": zstandard.ZstdCompressor().compress, "": bytes,
}  # fmt: skip


@given(st.binary(max_size=5_000), st.sampled_from(sorted(PACKED)))
def test_bodies_come_back(body: bytes, encoding: str) -> None:
    assert unpack(PACKED[encoding](body), encoding.upper(), max_bytes=5_000) == body


@pytest.mark.parametrize("encoding", PACKED)
def test_a_bomb_is_cut_off_at_the_cap(encoding: str) -> None:
    body = PACKED[encoding](bytes(10_000_000))
    with pytest.raises(TooLarge):
        unpack(body, encoding, max_bytes=1_000_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd"])
@pytest.mark.parametrize("body", [b"no", b"\x1f\x8b\x08"])
def test_what_is_not_packed_is_refused(encoding: str, body: bytes) -> None:
    with pytest.raises(BadRequest):
        unpack(body, encoding, max_bytes=100)


def test_a_body_that_is_cut_short_is_refused() -> None:
    with pytest.raises(BadRequest):
        unpack(gzip.compress(b"x" * 1000)[:-9], "gzip", max_bytes=10_000)


def test_an_unknown_encoding_is_said() -> None:
    with pytest.raises(UnknownEncoding, match="br"):
        unpack(b"", "br", max_bytes=1)
