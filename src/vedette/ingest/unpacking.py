"""Compressed bodies, undone as far as a cap: a bomb costs no more than what may be sent plainly."""

import zlib
from collections.abc import Callable

import zstandard

from vedette.errors import BadRequest, VedetteError

_CHUNK = 1_048_576


class TooLarge(VedetteError):
    """The body is larger than what is taken at once."""

    code = "body_too_large"
    status = 413


class UnknownEncoding(VedetteError):
    """The body is compressed in a way that we cannot undo."""

    code = "unsupported_encoding"
    status = 415


def unpack(body: bytes, encoding: str, *, max_bytes: int) -> bytes:
    """The body without its content encoding. Raises TooLarge, UnknownEncoding or BadRequest."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
        return body
    undo = _ENCODINGS.get(name)
    if undo is None:
        known = ", ".join(sorted(_ENCODINGS))
        raise UnknownEncoding(f"The content encoding {name[:40]!r} is not known. Known: {known}.")
    try:
        return undo(body, max_bytes)
    except (zlib.error, zstandard.ZstdError) as error:
        raise BadRequest(f"The body is not valid {name}.") from error


def _too_large(max_bytes: int) -> TooLarge:
    return TooLarge(f"The body is larger than {max_bytes} bytes. Send smaller batches.")


def _zlib(window_bits: int) -> Callable[[bytes, int], bytes]:
    def undo(body: bytes, max_bytes: int) -> bytes:
        unzip = zlib.decompressobj(window_bits)
        plain = unzip.decompress(body, max_bytes + 1)
        if len(plain) > max_bytes:
            raise _too_large(max_bytes)
        if not unzip.eof:
            raise zlib.error("cut short")
        return plain

    return undo


def _zstd(body: bytes, max_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(body) as reader:
        while piece := reader.read(_CHUNK):
            size += len(piece)
            if size > max_bytes:
                raise _too_large(max_bytes)
            pieces.append(piece)
    return b"".join(pieces)


_ENCODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _zlib(16 + zlib.MAX_WBITS),
    "x-gzip": _zlib(16 + zlib.MAX_WBITS),
    "deflate": _zlib(zlib.MAX_WBITS),
    "zstd": _zstd,
}
