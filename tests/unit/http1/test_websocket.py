"""The frames that the `websockets` library writes, and those that nobody should."""

import struct
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import CLIENT, SERVER, Protocol

from vedette.http1.websocket import NO_CODE, BadFrame, FrameReader, close_frame, masked

MOST = 65_536
CONTROLS = (Opcode.PING, Opcode.PONG)


class Heard:
    """A reader and what it has heard."""

    def __init__(self, *, is_masked: bool = False, most_bytes: int = MOST) -> None:
        self.texts: list[bytes] = []
        self.reader = FrameReader(self.texts.append, is_masked=is_masked, most_bytes=most_bytes)

    def feed(self, *pieces: bytes) -> "Heard":
        for piece in pieces:
            self.reader.feed(piece)
        return self


def frame(opcode: Opcode, data: bytes = b"", *, fin: bool = True, mask: bool = False) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=mask)


def message(data: bytes, cuts: list[int], *, mask: bool, opcode: Opcode = Opcode.TEXT) -> bytes:
    """A message in as many frames as there are cuts and one, a ping between any two."""
    places = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    parts = [data[a:b] for a, b in pairwise(places)]
    out = b""
    for index, part in enumerate(parts):
        kind = opcode if index == 0 else Opcode.CONT
        if index:
            out += frame(CONTROLS[index % 2], b"still there?", mask=mask)
        out += frame(kind, part, fin=index == len(parts) - 1, mask=mask)
    return out


MESSAGES = st.lists(
    st.tuples(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=3)), max_size=4
)


@given(MESSAGES, st.booleans())
def test_messages_are_heard_as_they_were_written_wherever_the_bytes_are_cut(
    messages: list[tuple[bytes, list[int]]], mask: bool
) -> None:
    wire = b"".join(message(data, cuts, mask=mask) for data, cuts in messages)
    wire += frame(Opcode.CLOSE, Close(1000, "bye").serialize(), mask=mask)
    for cut in range(len(wire) + 1):
        heard = Heard(is_masked=mask).feed(wire[:cut], wire[cut:])
        assert heard.texts == [data for data, _ in messages]
        assert heard.reader.messages == len(messages)
        assert heard.reader.close_code == 1000


@given(MESSAGES, st.booleans())
def test_one_byte_at_a_time_is_enough(messages: list[tuple[bytes, list[int]]], mask: bool) -> None:
    wire = b"".join(message(data, cuts, mask=mask) for data, cuts in messages)
    heard = Heard(is_masked=mask).feed(*(bytes((byte,)) for byte in wire))
    assert heard.texts == [data for data, _ in messages]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536])
def test_every_form_of_a_length_is_read(size: int) -> None:
    data = b"x" * size
    for mask in (False, True):
        assert Heard(is_masked=mask).feed(frame(Opcode.TEXT, data, mask=mask)).texts == [data]


def test_binary_messages_are_counted_and_not_heard() -> None:
    heard = Heard().feed(message(b"\0\xff" * 50, [20, 60], mask=False, opcode=Opcode.BINARY))
    assert (heard.texts, heard.reader.messages, heard.reader.skipped) == ([], 1, 0)


def test_a_message_that_is_too_long_is_skipped_and_the_next_one_heard() -> None:
    heard = Heard(most_bytes=10)
    for part in (frame(Opcode.TEXT, b"x" * 6, fin=False), frame(Opcode.CONT, b"x" * 6)):
        heard.feed(part)
    heard.feed(frame(Opcode.TEXT, b"y" * 11), frame(Opcode.TEXT, b"z" * 10))
    assert heard.texts == [b"z" * 10]
    assert (heard.reader.messages, heard.reader.skipped) == (3, 2)


def test_parts_without_an_end_hold_no_memory() -> None:
    heard = Heard(most_bytes=100).feed(frame(Opcode.TEXT, b"", fin=False))
    for _ in range(5_000):
        heard.feed(frame(Opcode.CONT, b"x", fin=False))
    reader = heard.reader
    assert len(reader._message) + len(reader._frame) + len(reader._head) <= 200
    assert heard.feed(frame(Opcode.CONT)).reader.skipped == 1


@pytest.mark.parametrize(
    ("wire", "is_masked"),
    [
        pytest.param(frame(Opcode.TEXT, b"hi"), True, id="unmasked-client"),
        pytest.param(frame(Opcode.TEXT, b"hi", mask=True), False, id="masked-server"),
        pytest.param(b"\x81\x7f" + struct.pack(">Q", 1 << 63), False, id="length-of-64-bits"),
        pytest.param(b"\x81\x7f" + b"\xff" * 8, False, id="length-of-ones"),
        pytest.param(b"\xc1\x00", False, id="compressed-without-agreement"),
        pytest.param(b"\x83\x00", False, id="unknown-opcode"),
        pytest.param(b"\x89\x7e\x00\x7e" + b"x" * 126, False, id="control-too-long"),
        pytest.param(b"\x09\x00", False, id="control-in-parts"),
        pytest.param(b"\x80\x00", False, id="continuation-of-nothing"),
        pytest.param(b"\x01\x00\x81\x00", False, id="message-in-a-message"),
        pytest.param(b"GET / HTTP/1.1\r\n\r\n", False, id="no-websocket"),
    ],
)
def test_nonsense_is_refused(wire: bytes, is_masked: bool) -> None:
    heard = Heard(is_masked=is_masked)
    with pytest.raises(BadFrame):
        heard.feed(*(bytes((byte,)) for byte in wire))
    assert heard.texts == []


def test_what_the_library_takes_for_an_error_is_no_message_here_either() -> None:
    wire = b"\x83\x02hi"
    library = Protocol(CLIENT)
    library.receive_data(wire)
    assert library.parser_exc is not None
    with pytest.raises(BadFrame):
        Heard().feed(wire)


def test_a_close_frame_without_a_code_has_the_code_for_none() -> None:
    assert Heard().feed(frame(Opcode.CLOSE)).reader.close_code == NO_CODE


def test_a_frame_may_be_put_between_two_and_nowhere_else() -> None:
    whole = frame(Opcode.TEXT, b"hello")
    heard = Heard()
    assert heard.reader.is_between
    for byte in whole[:-1]:
        heard.feed(bytes((byte,)))
        assert not heard.reader.is_between
    assert heard.feed(whole[-1:]).reader.is_between
    assert heard.feed(frame(Opcode.TEXT, b"", fin=False)).reader.is_between
    assert not heard.feed(frame(Opcode.CLOSE)).reader.is_between


@pytest.mark.parametrize(("side", "mask"), [(CLIENT, b""), (SERVER, b"\x01\x02\x03\x04")])
def test_our_close_frame_is_read_by_the_library(side: object, mask: bytes) -> None:
    library = Protocol(CLIENT if side is CLIENT else SERVER)
    library.receive_data(close_frame(1001, "shutting_down", mask=mask))
    assert library.close_rcvd == Close(1001, "shutting_down")


@given(st.binary(max_size=200), st.binary(min_size=4, max_size=4))
def test_a_mask_comes_off_as_it_went_on(data: bytes, mask: bytes) -> None:
    under = masked(data, mask)
    assert masked(under, mask) == data
    assert under == bytes(byte ^ mask[index % 4] for index, byte in enumerate(data))
