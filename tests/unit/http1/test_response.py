"""Bytes that a handler's calls turn into."""

import pytest

from vedette.http1.response import Response


class Sink:
    def __init__(self, *, keeps_open: bool = True) -> None:
        self.written: list[bytes] = []
        self.kept: list[bool] = []
        self.cuts: list[bool] = []
        self.keeps_open = keeps_open

    def send(self, data: bytes) -> None:
        self.written.append(data)

    def response_ended(self, *, keep_alive: bool) -> None:
        self.kept.append(keep_alive)

    def cut(self, *, reset: bool = False) -> None:
        self.cuts.append(reset)


def response(sink: Sink, method: str = "GET", minor: int = 1) -> Response:
    return Response(sink, method=method, minor=minor, keep_alive=True)


def test_a_whole_answer_is_one_write() -> None:
    sink = Sink()
    one = response(sink)
    one.send(200, [(b"a", b"b")], b"hello")
    assert sink.written == [b"HTTP/1.1 200 OK\r\na: b\r\ncontent-length: 5\r\n\r\nhello"]
    assert (sink.kept, one.ended, one.bytes_sent) == ([True], True, 5)


def test_a_streamed_chunk_is_one_write_with_its_framing() -> None:
    sink = Sink()
    one = response(sink)
    one.start(200, [])
    one.write(b"x" * 26)
    one.write(b"")
    one.end()
    one.end()
    one.write(b"late")
    assert sink.written[0].endswith(b"\r\ntransfer-encoding: chunked\r\n\r\n")
    assert sink.written[1:] == [b"1a\r\n" + b"x" * 26 + b"\r\n", b"0\r\n\r\n"]
    assert sink.kept == [True]


def test_an_announced_length_is_kept_to() -> None:
    for pieces, cuts in (([b"ab", b"c"], []), ([b"ab"], [False]), ([b"abcd"], [False])):
        sink = Sink()
        one = response(sink)
        one.start(200, [], length=3)
        for piece in pieces:
            one.write(piece)
        one.end()
        assert sink.cuts == cuts
        assert b"abcd" not in sink.written


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204), ("GET", 304)])
def test_answers_without_a_body_send_none(method: str, status: int) -> None:
    for way in ("send", "stream"):
        sink = Sink()
        one = response(sink, method)
        if way == "send":
            one.send(status, [], b"body")
        else:
            one.start(status, [], length=4 if method == "HEAD" else None)
            one.write(b"body")
            one.end()
        assert b"".join(sink.written).endswith(b"\r\n\r\n")
        assert (sink.kept, sink.cuts) == ([True], [])
        if method == "HEAD":
            assert b"content-length: 4\r\n" in sink.written[0]


def test_http_1_0_gets_no_chunks_and_a_reset_when_it_breaks() -> None:
    sink = Sink()
    one = response(sink, minor=0)
    one.start(200, [])
    one.write(b"data")
    one.abort()
    assert b"chunked" not in sink.written[0]
    assert b"connection: close" in sink.written[0]
    assert sink.written[1] == b"data"
    assert sink.cuts == [True]


def test_an_abort_of_framed_answers_needs_no_reset() -> None:
    for length in (None, 9):
        sink = Sink()
        one = response(sink)
        one.start(200, [], length=length)
        one.abort()
        assert sink.cuts == [False]
        assert sink.written[1:] == []


def test_a_connection_about_to_close_is_announced() -> None:
    sink = Sink(keeps_open=False)
    response(sink).send(200, [], b"")
    assert b"\r\nconnection: close\r\n" in sink.written[0]
    assert sink.kept == [False]


def test_an_answer_starts_once() -> None:
    one = response(Sink())
    one.start(200, [])
    with pytest.raises(RuntimeError):
        one.start(200, [])
    with pytest.raises(RuntimeError):
        one.send(500, [], b"")


def test_after_a_switch_bytes_go_out_as_they_are_until_the_connection_ends() -> None:
    sink = Sink()
    one = response(sink)
    one.switch([(b"upgrade", b"x")], more=b"a: b\r\n")
    one.write(b"hello")
    one.end()
    head = b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\na: b\r\n\r\n"
    assert sink.written == [head, b"hello"]
    assert (sink.kept, one.status, one.bytes_sent) == ([False], 101, 5)
    with pytest.raises(RuntimeError):
        one.switch([])


def test_what_breaks_off_after_a_switch_is_reset() -> None:
    sink = Sink()
    one = response(sink)
    one.switch([])
    one.abort()
    assert sink.cuts == [True]
