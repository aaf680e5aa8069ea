"""What the parser makes of bytes; conversations are in `test_connection`."""

import pytest

from vedette.http1.body import Body
from vedette.http1.parser import RequestParser
from vedette.http1.request import Head
from vedette.model.settings import LimitSettings

PLAIN = b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"


class Owner:
    def __init__(self) -> None:
        self.heads: list[Head] = []
        self.bodies: list[Body] = []
        self.complete = 0

    def on_head(
        self, head: Head, length: int | None, *, keep_alive: bool, expects_continue: bool
    ) -> Body:
        self.heads.append(head)
        self.bodies.append(Body(self, length))
        return self.bodies[-1]

    def on_complete(self) -> None:
        self.complete += 1

    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...
    def continue_expected(self) -> None: ...


def parser(**limits: int) -> tuple[RequestParser, Owner]:
    owner = Owner()
    return RequestParser(owner, LimitSettings(**limits)), owner


async def test_a_head_is_told_without_the_length_of_its_body() -> None:
    one, owner = parser()
    assert one.feed(PLAIN + b"hel") == 0
    assert owner.heads[0].headers == [(b"host", b"x")]
    assert (owner.bodies[0].length, one.body) == (5, owner.bodies[0])
    assert one.feed(b"lo") == 0
    assert (owner.complete, one.body) == (1, None)
    assert await owner.bodies[0].read(10) == b"hello"


def test_only_a_plain_head_is_worth_remembering_and_only_once() -> None:
    for more, is_plain in (
        (b"", True),
        (b"X: y\r\n", True),
        (b"Connection: close\r\n", False),
        (b"Expect: 100-continue\r\n", False),
        (b"Connection: upgrade\r\nUpgrade: h2c\r\n", False),
    ):
        one, _ = parser()
        one.feed(PLAIN[:-2] + more + b"\r\nhello")
        plain = one.take_plain()
        assert (plain is not None) == is_plain
        assert one.take_plain() is None
    one, _ = parser()
    one.feed(b"POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    assert one.take_plain() is None


async def test_an_awaited_body_is_counted_and_what_follows_is_parsed() -> None:
    one, owner = parser()
    body = Body(owner, 4)
    one.await_body(body, 4)
    for piece in (b"\r\n", b"\r\n" + PLAIN + b"hello"):
        assert one.feed(piece) == 0
    assert await body.read(10) == b"\r\n\r\n"
    assert (owner.complete, owner.bodies[0].complete) == (2, True)


@pytest.mark.parametrize(
    ("sent", "limits", "status"),
    [
        (b"GARBAGE\r\n\r\n", {}, 400),
        (b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", {}, 405),
        (PLAIN, {"header_count": 1}, 431),
        (PLAIN, {"header_bytes": 20}, 431),
    ],
)
def test_a_refusal_has_its_status(sent: bytes, limits: dict[str, int], status: int) -> None:
    assert parser(**limits)[0].feed(sent) == status
