"""From bytes to heads and bodies: llhttp, and the limits and refusals it does not have."""

from typing import Protocol

import httptools

from vedette.http1.body import Body
from vedette.http1.framing import Refused, head_size, read_framing
from vedette.http1.request import Head, Headers, OpeningHead
from vedette.http1.upgrade import ENDLESS, body_parser, offers_websocket
from vedette.model.settings import LimitSettings


class Owner(Protocol):
    """The connection whose bytes are parsed. What `on_head` raises refuses the request."""

    def on_head(
        self, head: Head, length: int | None, *, keep_alive: bool, expects_continue: bool
    ) -> Body:
        """A head is whole; returns what takes the body."""
        ...

    def on_complete(self) -> None:
        """The body is whole."""
        ...


class RequestParser:
    """Parses what one client sends."""

    __slots__ = (
        "_counted", "_fields", "_limits", "_llhttp", "_opens_websocket", "_owner", "_plain",
        "_upgrading", "_url", "body", "head_bytes", "in_head",
    )  # fmt: skip

    def __init__(self, owner: Owner, limits: LimitSettings) -> None:
        self.in_head = False
        self.head_bytes = 0
        """Fed since the last byte of a body, or of a head that has none."""
        self.body: Body | None = None
        """What is being received."""
        self._owner = owner
        self._limits = limits
        self._llhttp = httptools.HttpRequestParser(self)
        self._counted = 0
        self._url = b""
        self._fields: Headers = []
        self._plain: Head | None = None
        self._upgrading = self._opens_websocket = False

    def close(self) -> None:
        """The connection has closed: hold on to nothing that holds on to it."""
        del self._llhttp, self._owner
        self.body = None

    def feed(self, data: bytes) -> int:
        """Parse; 0, or the status with which the request is refused."""
        if self._counted and not (data := self._count(data)):
            return 0
        body = self.body
        size = body.size if body is not None else 0
        self.head_bytes += len(data)
        if status := self._feed(data):
            return status
        if body is not None and (self.body is not body or body.size > size):
            # What counts as head is what brings no body: trailers, the sizes of chunks.
            self.head_bytes = 0
        elif self.head_bytes > self._limits.header_bytes and (self.in_head or body is not None):
            return 431
        return 0

    def await_body(self, body: Body, size: int) -> None:
        """The next `size` bytes are of this body, whose head came another way."""
        self.body, self._counted = body, size

    def take_plain(self) -> Head | None:
        """The head that was read last, if `heads` may remember it. Once."""
        plain, self._plain = self._plain, None
        return plain

    # llhttp calls these.

    def on_message_begin(self) -> None:
        self.in_head = True
        self._url = b""
        self._fields = []

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        fields = self._fields
        fields.append((name.lower(), value))
        if len(fields) > self._limits.header_count:
            raise Refused(431)

    def on_headers_complete(self) -> None:
        self.in_head = False
        llhttp = self._llhttp
        # Trailers come through `on_header` too: they must not reach this request's headers.
        fields, self._fields = self._fields, []
        limit = self._limits.header_bytes
        # 0: sent ahead, behind another request; its size is not known yet.
        if not 0 < self.head_bytes <= limit and head_size(self._url, fields) > limit:
            raise Refused(431)
        method = llhttp.get_method().decode("latin-1")
        if method == "CONNECT" or not self._url:
            raise Refused(405)
        version = llhttp.get_http_version()
        length, expects_continue, offers_upgrade = read_framing(fields, version)
        self._upgrading = offers_upgrade and llhttp.should_upgrade()
        self.head_bytes = 0
        keep_alive = llhttp.should_keep_alive()
        if length is not None:
            fields = [field for field in fields if field[0] != b"content-length"]
        head = Head(method, self._url, fields, version)
        if self._upgrading and length == 0 and offers_websocket(method, version, fields):
            head, length = OpeningHead(method, self._url, fields, version), None
            self._opens_websocket = True
        if length and keep_alive and not (expects_continue or offers_upgrade):
            self._plain = head
        self.body = self._owner.on_head(
            head, length, keep_alive=keep_alive, expects_continue=expects_continue
        )

    def on_body(self, data: bytes) -> None:
        if self.body is not None:
            self.body.feed(data)

    def on_message_complete(self) -> None:
        body = self.body
        if self._upgrading and body is not None and not body.complete:
            # llhttp takes the body for another protocol; see `upgrade`.
            return
        self.body = None
        self.head_bytes = 0
        if body is not None:
            body.end()
            self._owner.on_complete()

    def renew_parser(self) -> None:
        """The next message gets a parser of its own."""
        self._llhttp = httptools.HttpRequestParser(self)

    def _count(self, data: bytes) -> bytes:
        """Take what belongs to the awaited body; returns the rest."""
        size, body = self._counted, self.body
        left = self._counted = max(0, size - len(data))
        if body is not None:
            body.feed(data if left else data[:size])
        if not left:
            self.on_message_complete()
        return data[size:]

    def _feed(self, data: bytes) -> int:
        try:
            self._llhttp.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            return self._after_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError as error:
            refused = error.__context__
            return refused.status if isinstance(refused, Refused) else 400
        return 0

    def _after_upgrade(self, rest: bytes) -> int:
        body, self._upgrading = self.body, False
        if body is None:
            self.renew_parser()
        elif self._opens_websocket:
            self.await_body(body, ENDLESS)
            return self.feed(rest)
        else:
            self._llhttp = body_parser(self, body.length)
        return self._feed(rest) if rest else 0
