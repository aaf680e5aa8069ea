"""AWS event stream frames, with botocore as the judge of both directions."""

import struct
from itertools import pairwise
from typing import Any
from zlib import crc32

import pytest
from botocore.eventstream import (  # type: ignore[import-untyped]
    EventStreamBuffer,
    EventStreamMessage,
)
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.eventstream import (
    DamagedStream,
    EventStreamReader,
    Header,
    encode_frame,
    exception_frame,
    frame,
    read_headers,
)
from vedette.dialects.framing import SSEvent

START = frame("messageStart", b'{"role":"assistant"}')
TEXT = frame("contentBlockDelta", b'{"contentBlockIndex":0,"delta":{"text":"Gr\xc3\xbc\xc3\x9fe"}}')
STOP = frame("messageStop", b'{"stopReason":"end_turn"}')
STREAM = START + TEXT + STOP


def read(*pieces: bytes) -> list[SSEvent]:
    reader = EventStreamReader()
    events = [event for piece in pieces for event in reader.feed(piece)] + reader.close()
    assert b"".join(event.raw for event in events) == b"".join(pieces)
    return events


def judged(stream: bytes) -> list[EventStreamMessage]:
    buffer = EventStreamBuffer()
    buffer.add_data(stream)
    return list(buffer)


def message(headers: bytes, payload: bytes) -> bytes:
    """A frame with any headers."""
    lengths = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    body = lengths + struct.pack(">I", crc32(lengths)) + headers + payload
    return body + struct.pack(">I", crc32(body))


def test_an_event_is_the_unions_json() -> None:
    assert read(STREAM) == [
        SSEvent("messageStart", b'{"messageStart":{"role":"assistant"}}', START),
        SSEvent(
            "contentBlockDelta",
            '{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":"Grüße"}}}'.encode(),
            TEXT,
        ),
        SSEvent("messageStop", b'{"messageStop":{"stopReason":"end_turn"}}', STOP),
    ]


def test_any_single_split_gives_the_same_events() -> None:
    whole = read(STREAM)
    for cut in range(len(STREAM)):
        assert read(STREAM[:cut], STREAM[cut:]) == whole
    assert read(*(STREAM[at : at + 1] for at in range(len(STREAM)))) == whole


NAMES = st.from_regex(r"[a-zA-Z]{1,20}", fullmatch=True)


@given(st.lists(st.tuples(NAMES, st.binary(max_size=99))), st.lists(st.integers(0, 2000)))
def test_what_is_written_is_read_by_both(events: list[tuple[str, bytes]], cuts: list[int]) -> None:
    stream = b"".join(frame(name, payload) for name, payload in events)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    pieces = [stream[a:b] for a, b in pairwise(edges)]
    assert [event.raw for event in read(*pieces)] == [frame(*event) for event in events]
    for (name, payload), judge in zip(events, judged(stream), strict=True):
        assert judge.headers[":event-type"] == name
        assert judge.headers[":message-type"] == "event"
        assert judge.payload == payload


def test_an_event_is_there_with_its_last_byte() -> None:
    reader = EventStreamReader()
    assert reader.feed(STREAM[: len(START) - 1]) == []
    assert reader.held == START[:-1]
    assert [event.event for event in reader.feed(START[-1:] + TEXT[:3])] == ["messageStart"]
    assert reader.held == TEXT[:3]


def test_a_stream_that_ends_inside_a_frame_keeps_its_bytes() -> None:
    reader = EventStreamReader()
    reader.feed(STREAM[:-1])
    assert reader.close() == [SSEvent("", b"", STOP[:-1])]
    assert reader.close() == []


@pytest.mark.parametrize("at", range(len(TEXT)))
def test_a_damaged_byte_ends_the_stream(at: int) -> None:
    damaged = bytearray(STREAM)
    damaged[len(START) + at] ^= 0x41
    reader = EventStreamReader(max_event_bytes=1000)
    # What came before the damage counts.
    assert [event.event for event in reader.feed(bytes(damaged))] == ["messageStart"]
    assert reader.held == bytes(damaged[len(START) :])
    with pytest.raises(DamagedStream):
        reader.close()
    with pytest.raises(DamagedStream):
        reader.feed(STOP)
    assert reader.held == bytes(damaged[len(START) :]) + STOP


def test_damage_alone_is_raised_at_once() -> None:
    with pytest.raises(DamagedStream, match="lengths"):
        EventStreamReader().feed(b"HTTP/1.1 200 OK\r\n\r\n")
    with pytest.raises(DamagedStream, match="does not match its checksum"):
        EventStreamReader().feed(START[:-1] + b"\0")


def test_lengths_that_lie_are_refused() -> None:
    short = struct.pack(">II", 15, 0)
    with pytest.raises(DamagedStream, match="shorter"):
        EventStreamReader().feed(short + struct.pack(">I", crc32(short)))
    long = struct.pack(">II", 2**31, 0)
    with pytest.raises(DamagedStream, match="more than 16777216 bytes"):
        EventStreamReader().feed(long + struct.pack(">I", crc32(long)))


def test_a_large_frame_in_small_reads() -> None:
    large = frame("chunk", b'{"bytes":"' + b"A" * 1_048_576 + b'"}')
    events = read(*(large[at : at + 4096] for at in range(0, len(large), 4096)))
    assert [event.raw for event in events] == [large]


def header(name: str, kind: int, value: bytes) -> bytes:
    return bytes([len(name)]) + name.encode() + bytes([kind]) + value


HEADERS: list[tuple[bytes, dict[str, Header]]] = [
    (header("t", 0, b"") + header("f", 1, b""), {"t": True, "f": False}),
    (header("b", 2, b"\xff"), {"b": -1}),
    (header("s", 3, b"\x80\x00"), {"s": -(2**15)}),
    (header("i", 4, b"\x7f\xff\xff\xff"), {"i": 2**31 - 1}),
    (header("l", 5, b"\0" * 7 + b"\x05"), {"l": 5}),
    (header("y", 6, b"\0\x02\xff\xfe"), {"y": b"\xff\xfe"}),
    (header("x", 7, b"\0\x03\xe2\x82\xac"), {"x": "€"}),
    (header("d", 8, struct.pack(">q", 1_700_000_000_000)), {"d": 1_700_000_000_000}),
    (header("u", 9, bytes(range(16))), {"u": bytes(range(16))}),
]


@pytest.mark.parametrize(("packed", "expected"), HEADERS)
def test_headers_of_every_type(packed: bytes, expected: dict[str, Header]) -> None:
    assert dict(read_headers(packed)) == expected
    assert judged(message(packed, b""))[0].headers == expected


@pytest.mark.parametrize(
    "packed",
    [b"\x05ab", b"\x01a", header("a", 10, b""), header("a", 7, b"\0\x05abc"), header("a", 5, b"\0"),
     header("a", 7, b"\0\x01\xff"), header("a", 9, b"\0" * 15), header("a", 6, b"\0")],
)  # fmt: skip
def test_headers_that_cannot_be_read(packed: bytes) -> None:
    with pytest.raises(DamagedStream, match="headers"):
        EventStreamReader().feed(message(packed, b"{}"))


@given(st.binary(max_size=60))
def test_hostile_headers_only_ever_raise_framing_errors(packed: bytes) -> None:
    try:
        dict(read_headers(packed))
    except DamagedStream:
        pass


@given(st.binary(max_size=60), st.integers(0, 60))
def test_hostile_bytes_only_ever_raise_framing_errors(data: bytes, cut: int) -> None:
    reader = EventStreamReader()
    try:
        events = reader.feed(data[:cut]) + reader.feed(data[cut:]) + reader.close()
    except DamagedStream:
        return
    assert b"".join(event.raw for event in events) == data


def only(stream: bytes) -> tuple[str, bytes]:
    (event,) = EventStreamReader().feed(stream)
    assert event.raw == stream
    return event.event, event.data


def test_an_exception_is_read_like_an_event() -> None:
    stream = exception_frame("throttlingException", b'{"message":"slow down"}')
    assert only(stream) == (
        "throttlingException",
        b'{"throttlingException":{"message":"slow down"}}',
    )
    (judge,) = judged(stream)
    response: dict[str, Any] = judge.to_response_dict()
    assert response["status_code"] == 400
    assert response["headers"][":exception-type"] == "throttlingException"


@pytest.mark.parametrize(
    ("code", "name"),
    [("InternalServerError", "InternalServerError"), ("InternalFailure", "error"), ("", "error")],
)
def test_an_error_without_a_model_of_its_own(code: str, name: str) -> None:
    stream = encode_frame(
        ((":message-type", "error"), (":error-code", code), (":error-message", 'no "luck"')), b""
    )
    told = b'{"%b":{"message":"no \\"luck\\"","code":"%b"}}' % (name.encode(), code.encode())
    assert only(stream) == (name, told)


def test_payloads_that_are_no_json() -> None:
    kind = ((":event-type", "chunk"), (":content-type", "text/plain"))
    assert only(encode_frame(kind, b'say "hi"\xff')) == (
        "chunk",
        b'{"chunk":"say \\"hi\\"\xef\xbf\xbd"}',
    )
    assert only(frame("ping", b"")) == ("ping", b'{"ping":{}}')
    assert only(encode_frame(((":event-type", 'a"b'),), b"1")) == ('a"b', b'{"a\\"b":1}')


def test_a_frame_without_a_type_says_nothing() -> None:
    assert only(message(b"", b"{}")) == ("", b"")
