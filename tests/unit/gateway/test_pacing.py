"""Streams are cut where clients read them."""

from hypothesis import given
from hypothesis import strategies as st

from vedette.gateway.pacing import events

SSE = b"text/event-stream; charset=utf-8"


def test_events_and_lines_stay_whole() -> None:
    assert events(b"data: 1\n\ndata: 2\r\n\r\ndata: [DONE]\n\n", SSE) == [
        b"data: 1\n\n", b"data: 2\r\n\r\n", b"data: [DONE]\n\n",
    ]  # fmt: skip
    assert events(b'{"a":1}\n{"b":2}\n', b"application/x-ndjson") == [b'{"a":1}\n', b'{"b":2}\n']
    assert events(b"\x00\n\n\x01", b"application/vnd.amazon.eventstream") == [b"\x00\n\n\x01"]


@given(st.binary(max_size=200), st.sampled_from([SSE, b"application/x-ndjson", b""]))
def test_nothing_is_lost(body: bytes, kind: bytes) -> None:
    assert b"".join(events(body, kind)) == body
