"""Whatever comes, a value of the wanted type comes out, and it can be stored."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.reading import (
    MAX_DEPTH,
    as_count,
    as_list,
    as_mapping,
    as_text,
    decode,
    decode_text,
    first_text,
)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b'"\xff', b"[" * 200_000, b'"\\ud800', b"NaN", b"1" * 5000],
)
def test_what_is_no_json_is_none(body: bytes) -> None:
    assert decode(body) is None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'"a\xffb"', "a\ufffdb"),
        (b'"\\ud83d there"', "\ufffd there"),
        (b'"\\uDE00 there"', "\ufffd there"),
        (b'"\\ud83d\\ude00 \\ud83d"', "😀 \ufffd"),
        (b'"\\ud83d\\ud83d\\ude00"', "\ufffd😀"),
        (b'"\\\\ud83d \\ud83d"', "\\ud83d \ufffd"),
        (b'"\\\\\\ud83d"', "\\\ufffd"),
        (b'"\xed\xa0\xbd there"', "\ufffd\ufffd\ufffd there"),
    ],
    ids=["no utf-8", "high", "low", "after a pair", "before a pair", "escaped", "behind", "raw"],
)
def test_characters_that_are_none_are_replaced_and_the_rest_is_read(body: bytes, text: str) -> None:
    assert decode(b'{"text": %b}' % body) == {"text": text}


def test_deep_values_are_cut_off() -> None:
    deepest = MAX_DEPTH - 1
    value = decode(b"[" * 200 + b"1" + b"]" * 200)
    for _ in range(deepest):
        value = value[0]
    assert value == ["[nested too deeply]"]
    fitting = b'{"a":' * MAX_DEPTH + b"1" + b"}" * MAX_DEPTH
    assert msgspec.json.encode(decode(fitting)) == fitting


def test_large_integers_become_text() -> None:
    assert decode(b'{"a":[9223372036854775808,9223372036854775807]}') == {
        "a": ["9223372036854775808", 2**63 - 1]
    }


@given(st.recursive(st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_what_was_read_can_be_stored(value: Any) -> None:
    try:
        body = msgspec.json.encode(value)
    except (UnicodeEncodeError, OverflowError):
        return
    msgspec.msgpack.encode(decode(body))


def test_texts_that_may_be_json() -> None:
    assert decode_text('{"a":1}') == {"a": 1}
    assert decode_text("null") is None
    assert decode_text('{"cut') == '{"cut'
    assert decode_text("") == ""


@pytest.mark.parametrize(
    ("value", "text", "count"),
    [("a", "a", 0), (5, "5", 5), (5.0, "5.0", 5), (5.5, "5.5", 0), (-1, "-1", 0), (True, "", 0),
     (None, "", 0), ([1], "", 0), ({}, "", 0), (2**70, str(2**70), 2**53),
     (float("inf"), "inf", 0), (float("nan"), "nan", 0)],
)  # fmt: skip
def test_values_of_any_type(value: Any, text: str, count: int) -> None:
    assert as_text(value) == text
    assert as_count(value) == count
    assert as_list(value) == (value if isinstance(value, list) else [])
    assert as_mapping(value) == {}


def test_the_first_that_says_something() -> None:
    assert first_text(None, "", 7, "x") == "7"
    assert first_text() == ""
