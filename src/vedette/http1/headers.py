"""Heads of messages: filtering and writing.

We never relay the bytes of a head: every message is parsed, its hop-by-hop fields are dropped and
it is written anew with our own framing, which is what keeps two parsers from disagreeing.
"""

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from vedette.errors import VedetteError

Headers = list[tuple[bytes, bytes]]

HOP_BY_HOP = frozenset(
    {
        b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization",
        b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade",
    }
)  # fmt: skip
"""RFC 9110, section 7.6.1; and what older agents send."""

_FRAMING = HOP_BY_HOP | {b"host", b"content-length"}
_BAD_TARGET = re.compile(rb"[\x00-\x20\x7f]")

_STATUS_LINES = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus
}


class HeaderInjection(VedetteError):
    """A header or target would break out of its line."""

    code = "bad_header"


def forwardable(headers: Sequence[tuple[bytes, bytes]]) -> Headers:
    """What may go on to the next hop: no hop-by-hop field, no `host`, no `content-length`.

    Names listed in `Connection` are hop-by-hop too (RFC 9110, section 7.6.1).
    """
    named = named_in_connection(headers)
    dropped = _FRAMING | named if named else _FRAMING
    return [header for header in headers if header[0] not in dropped]


def named_in_connection(headers: Iterable[tuple[bytes, bytes]]) -> frozenset[bytes]:
    """Names that a `Connection` header declares hop-by-hop."""
    named = _NOTHING
    for name, value in headers:
        if name == b"connection" and value.lower() not in _PLAIN_CONNECTION:
            named |= {token.strip().lower() for token in value.split(b",")}
    return named


_NOTHING: frozenset[bytes] = frozenset()
_PLAIN_CONNECTION = frozenset({b"keep-alive", b"close"})


def request_head(
    method: str, target: bytes, headers: Sequence[tuple[bytes, bytes]], *, more: bytes = b""
) -> bytes:
    """The head of a request; `more` are lines that `header_lines` wrote before.

    Raises HeaderInjection for what would break out of its line.
    """
    if not target or _BAD_TARGET.search(target):
        raise HeaderInjection("The request target has a blank or control character in it.")
    return b"%b %b HTTP/1.1\r\n%b%b\r\n" % (method.encode(), target, header_lines(headers), more)


def response_head(
    status: int, headers: Sequence[tuple[bytes, bytes]], *, more: bytes = b""
) -> bytes:
    """The head of a response; `more` are lines that `header_lines` wrote before.

    Raises HeaderInjection for what would break out of its line.
    """
    line = _STATUS_LINES.get(status) or b"HTTP/1.1 %d Status\r\n" % status
    return b"%b%b%b\r\n" % (line, header_lines(headers), more)


def header_lines(headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Header lines. Names and values come from a strict parser or from checked settings, so one
    look at the whole block is enough: as many line ends as there are headers, and no NUL.
    Raises HeaderInjection."""
    if not headers:
        return b""
    block = b"%b\r\n" % b"\r\n".join(map(_joined, headers))
    count = len(headers)
    if block.count(b"\n") != count or block.count(b"\r") != count or 0 in block:
        raise HeaderInjection("A header has a line break or a NUL in it.")
    return block


_joined = b": ".join
