"""What a handler reads of a request's head."""

import pytest

from vedette.http1.body import Body
from vedette.http1.request import Head, Request


class Source:
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...
    def continue_expected(self) -> None: ...


def request(target: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> Request:
    head = Head("GET", target, headers or [])
    return Request(head, peer="127.0.0.1", body=Body(Source(), 0))


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        (b"/", "/", ""),
        (b"/v1/models?limit=1&a=?", "/v1/models", "limit=1&a=?"),
        (b"/a%2Fb", "/a%2Fb", ""),
        (b"http://host:1/v1/x?y=z", "/v1/x", "y=z"),
        (b"HTTP://host", "/", ""),
        (b"*", "*", ""),
        (b"//a/b", "//a/b", ""),
    ],
)
def test_target_forms(target: bytes, path: str, query: str) -> None:
    one = request(target)
    assert (one.target, one.path, one.query) == (target, path, query)


def test_the_first_of_several_headers_counts_and_all_are_kept() -> None:
    headers = [(b"a", b"1"), (b"b", b"2"), (b"a", b"3")]
    one = request(b"/", headers)
    assert one.header(b"a") == b"1"
    assert one.header(b"c") is None
    assert one.headers == headers
