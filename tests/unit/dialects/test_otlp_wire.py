import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.otlp_wire import (
    MAX_FIELDS,
    Malformed,
    TooMany,
    bytes_field,
    encode_varint,
    fields,
    number_field,
    text_field,
    varint,
)

NUMBERS = st.integers(0, 2**64 - 1)


@given(NUMBERS)
def test_a_number_comes_back(number: int) -> None:
    written = encode_varint(number)
    assert varint(written, 0, len(written)) == (number, len(written))


@given(st.lists(st.tuples(st.integers(1, 15), st.binary(max_size=300)), max_size=10))
def test_delimited_fields_come_back(parts: list[tuple[int, bytes]]) -> None:
    body = b"".join(bytes_field(number, content) for number, content in parts)
    found = [(tag >> 3, body[start:end]) for tag, start, end in fields(body, 0, len(body))]
    assert found == parts


@given(st.binary(max_size=200))
def test_any_bytes_are_cut_or_refused(body: bytes) -> None:
    try:
        found = fields(body, 0, len(body))
    except Malformed:
        return
    assert all(0 <= start <= end <= len(body) for tag, start, end in found if tag & 7 == 2)


@pytest.mark.parametrize(
    "body",
    [b"\x0a", b"\x0a\x05ab", b"\x08", b"\x08" + b"\x80" * 10, b"\x09\x00", b"\x0d\x00", b"\x0b"],
    ids=["no length", "too long", "no number", "endless number", "64", "32", "group"],
)
def test_what_reaches_beyond_its_message_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        fields(body, 0, len(body))


def test_a_body_of_nothing_but_fields_is_refused_before_it_fills_the_memory() -> None:
    body = b"\x12\x00" * (MAX_FIELDS + 200_000)
    with pytest.raises(TooMany):
        fields(body, 0, len(body))
    assert len(fields(body, 0, 2 * MAX_FIELDS)) == MAX_FIELDS


def test_empty_fields_are_left_out() -> None:
    assert text_field(1, "") == number_field(1, 0) == b""
