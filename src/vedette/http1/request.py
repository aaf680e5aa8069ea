"""The head of a request, and the request that a handler gets."""

from collections.abc import Callable

from vedette.http1.body import Body

Headers = list[tuple[bytes, bytes]]

TRACE = b"traceparent"
"""The one field that may differ between requests of a known head (W3C Trace Context)."""


class Head:
    """What a client sent before the body. May be shared by many requests: nobody changes it."""

    __slots__ = (
        "first",
        "headers",
        "http_version",
        "is_known",
        "method",
        "path",
        "query",
        "target",
    )

    opens_websocket = False
    """Whether what follows the head is for whoever answers with 101 (RFC 6455, section 4.1)."""

    def __init__(
        self, method: str, target: bytes, headers: Headers, http_version: str = "1.1"
    ) -> None:
        self.method = method
        self.target = target
        """As sent."""
        self.headers = headers
        """Names in lower case; order and repetitions kept. Without `content-length`: that is the
        body's `length`."""
        self.first = dict(reversed(headers))
        self.http_version = http_version
        self.is_known = False
        """True where all requests with these bytes share this very object (`heads`)."""
        path, _, query = target.partition(b"?")
        if not path.startswith(b"/"):
            path = _absolute_path(path)
        self.path = path.decode("latin-1")
        """Still percent-encoded."""
        self.query = query.decode("latin-1")


class OpeningHead(Head):
    """The head of a request that opens a WebSocket."""

    __slots__ = ()
    opens_websocket = True


class Request:
    """One request; the fields of its head stand here as well."""

    __slots__ = ("_first", "body", "head", "header", "headers", "method", "path", "peer")

    def __init__(self, head: Head, peer: str, body: Body, trace: bytes | None = None) -> None:
        """`trace` is the value of TRACE where the head is one that leaves it out."""
        self.head = head
        self.method = head.method
        self.path = head.path
        self.headers = head.headers
        self._first = head.first
        if trace is not None:
            self.headers = [*head.headers, (TRACE, trace)]
            self._first = {**head.first, TRACE: trace}
        self.header: Callable[[bytes], bytes | None] = self._first.get
        """The first value of a header; its name in lower case."""
        self.peer = peer
        """Address of the client, without port."""
        self.body = body

    @property
    def target(self) -> bytes:
        return self.head.target

    @property
    def query(self) -> str:
        return self.head.query

    @property
    def http_version(self) -> str:
        return self.head.http_version

    def lacks(self, names: frozenset[bytes]) -> bool:
        """Whether none of these headers, in lower case, was sent."""
        return names.isdisjoint(self._first)


def _absolute_path(path: bytes) -> bytes:
    """The path of an absolute-form target (`http://host/path`); `*` stays as it is."""
    scheme, mark, rest = path.partition(b"://")
    if not mark or scheme.lower() not in (b"http", b"https"):
        return path
    return b"/" + rest.partition(b"/")[2]
