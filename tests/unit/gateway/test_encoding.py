import asyncio
import gzip
import secrets
import zlib
from collections.abc import Callable

import pytest
import zstandard

from vedette.errors import BadRequest
from vedette.gateway.encoding import AT_ONCE_BYTES, Unpacking, coding_of, decoded
from vedette.tasks import Tasks

TEXT = b'{"model":"m"}' * 100


def test_headers_say_how_a_body_is_packed() -> None:
    assert coding_of([(b"etag", b"1"), (b"content-encoding", b"gzip")]) == b"gzip"
    assert coding_of([(b"etag", b"1")]) == b""


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        (b"gzip", gzip.compress(TEXT)),
        (b"deflate", zlib.compress(TEXT)),
        (b"zstd", zstandard.compress(TEXT)),
        (b"identity", TEXT),
        (b" GZIP ", gzip.compress(TEXT)),
    ],
    ids=["gzip", "deflate", "zstd", "identity", "odd case"],
)
def test_reads_the_codings_that_clients_use(coding: bytes, body: bytes) -> None:
    assert decoded(body, coding, limit=10_000) == TEXT


def test_a_body_without_coding_is_left_alone() -> None:
    assert decoded(TEXT, b"", limit=1) is TEXT


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_bomb_is_refused(pack: object) -> None:
    bomb = pack(bytes(1_000_000))  # type: ignore[operator]
    coding = b"gzip" if pack is gzip.compress else b"zstd"
    with pytest.raises(BadRequest, match="larger than 1000"):
        decoded(bomb, coding, limit=1000)


@pytest.mark.parametrize("coding", [b"gzip", b"zstd", b"br"])
def test_damage_and_unknown_codings_are_said(coding: bytes) -> None:
    with pytest.raises(BadRequest):
        decoded(b"\x00nonsense", coding, limit=1000)


def test_a_cut_body_is_not_taken_for_whole() -> None:
    with pytest.raises(BadRequest, match="too early"):
        decoded(gzip.compress(TEXT)[:-12], b"gzip", limit=10_000)


@pytest.mark.anyio
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
@pytest.mark.parametrize("size", [100, 10_000_000], ids=["small", "large"])
async def test_bodies_of_any_size_are_unpacked(pack: Callable[[bytes], bytes], size: int) -> None:
    coding = b"gzip" if pack is gzip.compress else b"zstd"
    unpacked = Unpacking().unpacked
    assert await unpacked(pack(bytes(size)), coding, limit=size) == bytes(size)
    with pytest.raises(BadRequest, match=f"larger than {size} bytes"):
        await unpacked(pack(bytes(size + 1)), coding, limit=size)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "body",
    [gzip.compress(bytes(AT_ONCE_BYTES + 1)), gzip.compress(secrets.token_bytes(AT_ONCE_BYTES))],
    ids=["comes to much", "is much"],
)
async def test_others_go_on_while_a_large_body_is_unpacked(body: bytes) -> None:
    unpacking = Tasks().spawn(Unpacking().unpacked(body, b"gzip", limit=10**6), name="unpacking")
    await asyncio.sleep(0)
    assert not unpacking.done()
    await unpacking


@pytest.mark.anyio
async def test_a_small_body_waits_for_nobody() -> None:
    unpacking = Tasks().spawn(
        Unpacking().unpacked(gzip.compress(TEXT), b"gzip", limit=10**6), name="small"
    )
    await asyncio.sleep(0)
    assert unpacking.done()
