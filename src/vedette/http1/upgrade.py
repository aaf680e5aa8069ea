"""Requests that offer an upgrade (RFC 9110, section 7.8).

Those that offer a WebSocket may get it: whatever follows their head is a body without an end, for
whoever answers with 101. All others are served as if they had offered nothing: Java's HttpClient
and `curl --http2` offer h2c on plain requests, bodies included. llhttp stops after such a head and
takes what follows for another protocol. So the body is read by a second parser that is told of its
framing and of nothing else.
"""

import sys
from typing import Final, Protocol

import httptools

from vedette.http1.framing import Refused
from vedette.http1.request import Headers

ENDLESS: Final = sys.maxsize
"""Bytes of what follows the head of a request that opens a WebSocket."""


def offers_websocket(method: str, version: str, headers: Headers) -> bool:
    """Whether the request, which offers some upgrade and has no body, opens a WebSocket."""
    offered = [value.strip().lower() for name, value in headers if name == b"upgrade"]
    return method == "GET" and version == "1.1" and offered == [b"websocket"]


class BodyOwner(Protocol):
    """The connection whose request has the body."""

    def on_body(self, data: bytes) -> None: ...

    def on_message_complete(self) -> None: ...

    def renew_parser(self) -> None:
        """The next message gets a parser of its own."""
        ...


def body_parser(owner: BodyOwner, length: int | None) -> httptools.HttpRequestParser:
    """A parser that stands right before a body of this length (None: chunked)."""
    parser = httptools.HttpRequestParser(_BodyOnly(owner))
    framing = b"transfer-encoding: chunked" if length is None else b"content-length: %d" % length
    parser.feed_data(b"POST / HTTP/1.1\r\n%b\r\n\r\n" % framing)
    return parser


class _BodyOnly:
    """Hears the body and its end, once."""

    def __init__(self, owner: BodyOwner) -> None:
        self._owner = owner
        self._begun = False
        self.on_body = owner.on_body

    def on_message_begin(self) -> None:
        if self._begun:
            # A request right behind this body, in the same read: its head is half gone here.
            raise Refused(400)
        self._begun = True

    def on_message_complete(self) -> None:
        self._owner.on_message_complete()
        self._owner.renew_parser()
