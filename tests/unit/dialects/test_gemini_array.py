"""The list form of a stream, cut anywhere."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.recordings import OWN
from vedette.dialects.framing import FramingError, SSEvent
from vedette.dialects.gemini_array import ArrayReader

STREAM = (OWN / "gemini" / "array.json").read_bytes()
ELEMENTS = json.loads(STREAM)


def read(*pieces: bytes) -> list[SSEvent]:
    reader = ArrayReader()
    return [event for piece in pieces for event in reader.feed(piece)] + reader.close()


def values(events: list[SSEvent]) -> list[object]:
    return [json.loads(event.data) for event in events if event.data]


def cut(stream: bytes, cuts: list[int]) -> list[bytes]:
    bounds = sorted({0, len(stream), *(at for at in cuts if at < len(stream))})
    return [stream[start:end] for start, end in pairwise(bounds)]


def test_every_element_is_an_event_as_soon_as_it_is_whole() -> None:
    reader = ArrayReader()
    assert reader.feed(b'[{"a":') == []
    assert [event.data for event in reader.feed(b'1}\n,\r\n{"b":2}')] == [b'{"a":1}', b'{"b":2}']
    assert reader.feed(b"\n]\n") == []
    assert reader.held == b"\n]\n"
    assert reader.close() == [SSEvent("", b"", b"\n]\n")]
    assert reader.close() == []


@given(cuts=st.lists(st.integers(0, len(STREAM)), max_size=30))
def test_any_split_gives_the_same_elements_and_keeps_every_byte(cuts: list[int]) -> None:
    events = read(*cut(STREAM, cuts))
    assert values(events) == ELEMENTS
    assert b"".join(event.raw for event in events) == STREAM


def test_byte_by_byte() -> None:
    assert values(read(*(bytes((byte,)) for byte in STREAM))) == ELEMENTS


objects = st.dictionaries(
    st.text(max_size=4), st.text(max_size=6) | st.lists(st.text(max_size=3), max_size=2), max_size=3
)


@given(st.lists(objects, max_size=5), st.lists(st.integers(0, 200), max_size=10), st.booleans())
def test_brackets_and_quotes_in_texts_are_no_structure(
    elements: list[dict[str, object]], cuts: list[int], ascii: bool
) -> None:
    stream = json.dumps(elements, ensure_ascii=ascii).encode("utf-8", "surrogatepass")
    events = read(*cut(stream, cuts))
    assert values(events) == elements
    assert b"".join(event.raw for event in events) == stream


def test_a_body_that_is_no_list_is_one_event() -> None:
    assert read(b'{"error": {"code": 1}}') == [
        SSEvent("", b'{"error": {"code": 1}}', b'{"error": {"code": 1}}')
    ]


def test_a_stream_that_was_cut_ends_with_what_there_is() -> None:
    assert read(b'[{"a":1},{"b":')[-1] == SSEvent("", b'{"b":', b',{"b":')


def test_an_element_without_end_is_refused() -> None:
    reader = ArrayReader(max_event_bytes=10)
    with pytest.raises(FramingError):
        reader.feed(b'[{"a":"' + b"x" * 20)


@given(st.lists(st.binary(max_size=12), max_size=8))
def test_no_byte_is_lost_whatever_comes(pieces: list[bytes]) -> None:
    assert b"".join(event.raw for event in read(*pieces)) == b"".join(pieces)
