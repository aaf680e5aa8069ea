"""Every row of the SSE parse list, and the promise that no byte is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.recordings import PAIRS, streamed
from vedette.dialects.framing import FramingError, NDJSONReader, SSEReader, SSEvent


def read(*pieces: bytes) -> list[tuple[str, bytes]]:
    """Name and data of all events that have data or a name."""
    reader = SSEReader()
    events = [event for piece in pieces for event in reader.feed(piece)] + reader.close()
    assert b"".join(event.raw for event in events) == b"".join(pieces)
    return [(event.event, event.data) for event in events if event.data or event.event]


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"data: a\n\n", [("", b"a")]),
        (b"data: a\r\n\r\n", [("", b"a")]),
        (b"data: a\r\rdata: b\r\r", [("", b"a"), ("", b"b")]),
        (b"data: a\n\ndata: b\r\n\r\n", [("", b"a"), ("", b"b")]),
        (b": ping\n\ndata: a\n\n", [("", b"a")]),
        (b"data: a\n: note\ndata: b\n\n", [("", b"a\nb")]),
        (b"data: a\ndata\ndata: b\n\n", [("", b"a\n\nb")]),
        (b"event: error\ndata: a\nid: 7\nretry: 10\n\n", [("error", b"a")]),
        (b"data:a\n\n", [("", b"a")]),
        (b"data:  a \n\n", [("", b" a ")]),
        (b"\xef\xbb\xbfdata: a\n\n", [("", b"a")]),
        (b"\n\n\ndata: a\n\n\n\ndata: b\n\n", [("", b"a"), ("", b"b")]),
        (b"data: a\n\ndata: b", [("", b"a"), ("", b"b")]),
        (b"data: a\n", [("", b"a")]),
        (b"data: [DONE] \n\ndata: {}\n\n", [("", b"[DONE] "), ("", b"{}")]),
        (b"datax: a\n\ndata: b\n\n", [("", b"b")]),
        (b'data: {"error":{"message":"no"}}\n\n', [("", b'{"error":{"message":"no"}}')]),
        (b"event:\xff\ndata: a\n\n", [("�", b"a")]),
    ],
)
def test_shapes_of_events(stream: bytes, expected: list[tuple[str, bytes]]) -> None:
    assert read(stream) == expected
    assert read(*(stream[at : at + 1] for at in range(len(stream)))) == expected


def test_crlf_may_be_split_over_reads() -> None:
    stream = b"data: a\r\n\r\ndata: b\r\n\r\n"
    for cut in range(len(stream)):
        assert read(stream[:cut], stream[cut:]) == [("", b"a"), ("", b"b")]


def test_a_character_may_be_split_over_reads() -> None:
    stream = "data: Zürich 東京 🗼\n\n".encode()
    for cut in range(len(stream)):
        assert read(stream[:cut], stream[cut:]) == [("", "Zürich 東京 🗼".encode())]


def test_an_event_is_there_with_its_last_byte() -> None:
    reader = SSEReader()
    assert reader.feed(b"data: a\n") == []
    assert reader.held == b"data: a\n"
    assert reader.feed(b"\nda") == [SSEvent("", b"a", b"data: a\n\n")]
    assert reader.held == b"da"
    assert SSEReader().feed(b"data: a\r\r") == [SSEvent("", b"a", b"data: a\r\r")]


def test_a_heartbeat_is_not_held_back() -> None:
    reader = SSEReader()
    assert reader.feed(b": ping\n\n") == [SSEvent("", b"", b": ping\n\n")]
    assert reader.feed(b"\n") == [SSEvent("", b"", b"\n")]
    assert reader.feed(b"data: a\n\n\n") == [SSEvent("", b"a", b"data: a\n\n\n")]


def test_a_megabyte_in_small_reads() -> None:
    stream = b"data: " + b"x" * 1_048_576 + b"\n\n"
    assert read(*(stream[at : at + 4096] for at in range(0, len(stream), 4096))) == [
        ("", stream[6:-2])
    ]


def test_an_endless_event_is_refused_and_its_bytes_are_kept() -> None:
    reader = SSEReader(max_event_bytes=100)
    assert reader.feed(b"data: " + b"x" * 94) == []
    with pytest.raises(FramingError, match="more than 100 bytes"):
        reader.feed(b"y")
    assert reader.held == b"data: " + b"x" * 94 + b"y"


@given(
    pair=st.sampled_from(PAIRS),
    ending=st.sampled_from([b"\n", b"\r\n", b"\r"]),
    cuts=st.lists(st.integers(0, 6000), max_size=40),
)
def test_any_split_gives_the_same_events(pair: str, ending: bytes, cuts: list[int]) -> None:
    stream = streamed(pair).replace(b"\n", ending)
    bounds = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    assert read(*(stream[start:end] for start, end in pairwise(bounds))) == read(stream)


@given(
    pieces=st.lists(
        st.one_of(
            st.binary(max_size=20),
            st.sampled_from([b"\n", b"\r", b"\r\n", b"\n\n", b"data:", b"data: x", b"event: y"]),
        ),
        max_size=30,
    )
)
def test_no_byte_is_lost_and_none_comes_twice(pieces: list[bytes]) -> None:
    reader = SSEReader()
    seen = b""
    for piece in pieces:
        seen += b"".join(event.raw for event in reader.feed(piece))
        assert seen + reader.held == b"".join(pieces)[: len(seen) + len(reader.held)]
    assert seen + b"".join(event.raw for event in reader.close()) == b"".join(pieces)
    assert reader.held == b""


@given(lines=st.lists(st.binary(max_size=30), max_size=8), size=st.integers(1, 9))
def test_ndjson_gives_a_line_at_a_time(lines: list[bytes], size: int) -> None:
    lines = [line.replace(b"\n", b"").rstrip(b"\r") for line in lines]
    stream = b"\n".join(lines)
    reader = NDJSONReader()
    events = [
        event
        for start in range(0, len(stream), size)
        for event in reader.feed(stream[start : start + size])
    ]
    events += reader.close()
    assert b"".join(event.raw for event in events) == stream
    assert [event.data for event in events] == (lines[:-1] if lines and not lines[-1] else lines)


def test_ndjson_refuses_an_endless_line() -> None:
    reader = NDJSONReader(max_event_bytes=10)
    with pytest.raises(FramingError, match="line of more than 10 bytes"):
        reader.feed(b"x" * 11)
    assert reader.held == b"x" * 11
