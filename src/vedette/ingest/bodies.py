"""Captured bodies, made readable: decompressed within a cap, cut JSON mended, bytes to text."""

import re
import zlib

import zstandard

TEXT_BYTES = 8_388_608
"""How far a compressed body is unpacked: a bomb costs this much and no more."""

_MAX_DEPTH = 64
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*("|\\?\Z)|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
_CUT_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*(\\(?:u[0-9a-fA-F]{0,3})?)$")
_CUT_SURROGATE = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}$")


def unpack(body: bytes, encoding: str, *, limit: int = TEXT_BYTES) -> bytes | None:
    """The body without its content encoding, as far as it goes, at most `limit` bytes.

    A body that was cut gives what its bytes hold. None for an encoding we do not know (`br`) or
    bytes that are not what the encoding says.
    """
    for name in reversed([name.strip().lower() for name in encoding.split(",") if name.strip()]):
        if name == "identity":
            continue
        try:
            unpacked = _unpack_one(body, name, max(limit, TEXT_BYTES))
        except (zlib.error, zstandard.ZstdError):
            return None
        if unpacked is None:
            return None
        body = unpacked
    return body[:limit]


def _unpack_one(body: bytes, name: str, limit: int) -> bytes | None:
    if name in ("gzip", "x-gzip"):
        return zlib.decompressobj(wbits=31).decompress(body, limit)
    if name == "deflate":
        # Half of the servers send the raw format that the name does not mean.
        wrapped = body[:1] == b"\x78"
        return zlib.decompressobj(wbits=15 if wrapped else -15).decompress(body, limit)
    if name == "zstd":
        decompressor = zstandard.ZstdDecompressor(max_window_size=2**23)
        with decompressor.stream_reader(body, read_across_frames=True) as reader:
            return reader.read(limit)
    return None


def is_text(content_type: str) -> bool:
    """Whether a body of this type reads as text; one without a type is taken to be JSON."""
    kind = content_type.partition(";")[0].strip().lower()
    return (
        not kind
        or kind.startswith("text/")
        or kind.endswith(("json", "+json", "xml", "x-www-form-urlencoded", "ndjson"))
    )


def to_text(body: bytes) -> str:
    """The body as text; what is no UTF-8 is replaced."""
    return body.decode("utf-8", "replace")


def drop_cut_word(body: bytes) -> bytes:
    """A body that was cut without the word in which it was: half a key is a secret too."""
    return body[: max(map(body.rfind, (b" ", b'"', b"\n"))) + 1]


def mend_json(body: bytes) -> bytes:
    """JSON that was cut somewhere, closed so that it can be read.

    A text that was cut is kept as far as it goes; a member whose value is missing is left out.
    Bytes that were no JSON stay none.
    """
    kept = 0
    stack = bytearray()
    closers = b""
    is_key = False
    for token in _TOKEN.finditer(body):
        kind = body[token.start()]
        if kind in _CLOSER:
            stack.append(_CLOSER[kind])
            is_key = kind == _BRACE
        elif kind in _CLOSER.values():
            if not stack or stack.pop() != kind:
                break
            is_key = False
        elif kind == _COMMA:
            is_key = stack.endswith(b"}")
            continue
        elif kind == _COLON or (is_key and kind == _QUOTE):
            is_key = False
            continue
        elif kind == _QUOTE and not token[1].endswith(b'"'):
            return body[:kept] + _cut_text(body[kept:]) + closers
        elif token.end() == len(body) and kind != _QUOTE:
            break
        if len(stack) > _MAX_DEPTH:
            break
        kept, closers = token.end(), bytes(reversed(stack))
    return body[:kept] + closers


_QUOTE, _COLON, _COMMA, _BRACE = b'":,{'
_CLOSER = {_BRACE: ord("}"), ord("["): ord("]")}


def _cut_text(rest: bytes) -> bytes:
    """What stands before a text and the text that was cut in it, with its end quote."""
    if (escape := _CUT_ESCAPE.search(rest)) is not None:
        rest = rest[: escape.start(1)]
    rest = _CUT_SURROGATE.sub(b"", rest)
    try:
        rest.decode()
    except UnicodeDecodeError as error:
        if error.end == len(rest):
            rest = rest[: error.start]
    return rest + b'"'
