"""Content codings: reading compressed bodies with a bound on what they may become."""

import asyncio
import zlib
from collections.abc import Sequence

import zstandard

from vedette.errors import BadRequest

READABLE = b"gzip, zstd"
"""What we ask a provider for when the client accepts compression; we must read the answer."""

AT_ONCE_BYTES = 65_536
"""To unpack so much takes less than it takes to have somebody else do it."""
AT_A_TIME = 2


class _LargerThan(BadRequest):
    """It comes to more than may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body is larger than {limit} bytes when decompressed.")


def coding_of(headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    """How a body is packed; empty where it is not."""
    for name, value in headers:
        if name == b"content-encoding":
            return value
    return b""


class Unpacking:
    """Unpacks bodies; what is large beside the event loop, a few at a time: what they come to, and
    so the memory they take, is known only at the end."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_A_TIME)

    async def unpacked(self, body: bytes, coding: bytes, *, limit: int) -> bytes:
        """The same as `decoded`."""
        if len(body) <= AT_ONCE_BYTES:
            try:
                return decoded(body, coding, limit=min(limit, AT_ONCE_BYTES))
            except _LargerThan:
                if limit <= AT_ONCE_BYTES:
                    raise
        async with self._turns:
            return await asyncio.to_thread(decoded, body, coding, limit=limit)


def decoded(body: bytes, coding: bytes, *, limit: int) -> bytes:
    """The body without the content coding that its header names.

    Raises BadRequest for a coding we do not know, a damaged body, or more than `limit` bytes.
    """
    match coding.strip().lower():
        case b"" | b"identity":
            return body
        case b"gzip" | b"x-gzip" | b"deflate":
            return _inflate(body, limit)
        case b"zstd":
            return _unzstd(body, limit)
        case other:
            raise BadRequest(f"Content encoding {other[:40]!r} is not read here. Use gzip or zstd.")


def _inflate(body: bytes, limit: int) -> bytes:
    reader = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        out = reader.decompress(body, limit)
    except zlib.error as error:
        raise BadRequest("The compressed body is damaged.") from error
    if reader.unconsumed_tail:
        raise _LargerThan(limit)
    if not reader.eof:
        raise BadRequest("The compressed body ends too early.")
    return out


def _unzstd(body: bytes, limit: int) -> bytes:
    try:
        with zstandard.ZstdDecompressor().stream_reader(body) as reader:
            out = bytes(reader.read(limit + 1))
    except zstandard.ZstdError as error:
        raise BadRequest("The compressed body is damaged.") from error
    if len(out) > limit:
        raise _LargerThan(limit)
    return out
