"""The head of a request."""

from vedette.http1.body import Body

Headers = list[tuple[bytes, bytes]]


class Request:
    """What the client sent, before its body."""

    __slots__ = ("_first", "body", "headers", "http_version", "method", "path", "peer", "query",
                 "target")  # fmt: skip

    def __init__(
        self, *, method: str, target: bytes, headers: Headers, http_version: str, peer: str,
        body: Body,
    ) -> None:  # fmt: skip
        self.method = method
        self.target = target
        """As sent."""
        self.headers = headers
        """Names in lower case; order and repetitions kept."""
        self._first = dict(reversed(headers))
        self.http_version = http_version
        self.peer = peer
        """Address of the client, without port."""
        self.body = body
        path, _, query = target.partition(b"?")
        if not path.startswith(b"/"):
            path = _absolute_path(path)
        self.path = path.decode("latin-1")
        """Still percent-encoded."""
        self.query = query.decode("latin-1")

    def header(self, name: bytes) -> bytes | None:
        """The first value of a header; `name` in lower case."""
        return self._first.get(name)


def _absolute_path(path: bytes) -> bytes:
    """The path of an absolute-form target (`http://host/path`); `*` stays as it is."""
    scheme, mark, rest = path.partition(b"://")
    if not mark or scheme.lower() not in (b"http", b"https"):
        return path
    return b"/" + rest.partition(b"/")[2]
